#include "checks/drawing.hpp"

#include <algorithm>
#include <array>
#include <cmath>

#include "checks/scoring.hpp"

namespace mlpath::checks {

std::string draw_spread(const std::vector<double>& values, double margin, std::string_view mark_means) {
    constexpr std::size_t width = 33;
    if (values.empty() || !std::ranges::all_of(values, [](double value) { return std::isfinite(value); })) {
        return {};
    }
    const double low = std::min(*std::ranges::min_element(values), margin);
    const double high = std::max(*std::ranges::max_element(values), margin);
    const auto place = [&](double value) {
        return high > low ? static_cast<std::size_t>(std::lround((value - low) / (high - low) * (width - 1))) : 0;
    };
    std::array<std::size_t, width> counts{};
    for (const double value : values) {
        ++counts.at(place(value));
    }
    std::string marks;
    for (std::size_t i = 0; i < width; ++i) {
        const auto count = counts.at(i);
        marks += i == place(margin) ? '|' : count == 0 ? '-' : count == 1 ? 'o' : count == 2 ? '8' : '@';
    }
    return three_decimals(low) + " [" + marks + "] " + three_decimals(high) + ", " + std::string(mark_means) + " | " +
           three_decimals(margin);
}

}  // namespace mlpath::checks
