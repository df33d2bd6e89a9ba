#include "checks/drawing.hpp"

#include <algorithm>
#include <cmath>

#include "checks/scoring.hpp"

namespace mlpath::checks {

std::string draw_marks(const std::vector<double>& values, double margin, const Axis& axis) {
    const auto place = [&](double value) {
        return axis.high > axis.low ? static_cast<std::size_t>(std::lround((value - axis.low) / (axis.high - axis.low) *
                                                                           static_cast<double>(axis.width - 1)))
                                    : 0;
    };
    std::vector<std::size_t> counts(axis.width);
    for (const double value : values) {
        ++counts.at(place(value));
    }
    std::string marks;
    for (std::size_t i = 0; i < axis.width; ++i) {
        const auto count = counts[i];
        marks += i == place(margin) ? '|' : count == 0 ? '-' : count == 1 ? 'o' : count == 2 ? '8' : '@';
    }
    return marks;
}

std::string draw_spread(const std::vector<double>& values, double margin, std::string_view mark_means) {
    if (values.empty() || !std::ranges::all_of(values, [](double value) { return std::isfinite(value); })) {
        return {};
    }
    const double low = std::min(*std::ranges::min_element(values), margin);
    const double high = std::max(*std::ranges::max_element(values), margin);
    const auto marks = draw_marks(values, margin, {.low = low, .high = high});
    return three_decimals(low) + " [" + marks + "] " + three_decimals(high) + ", " + std::string(mark_means) + " | " +
           three_decimals(margin);
}

}  // namespace mlpath::checks
