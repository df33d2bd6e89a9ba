#include "base/figures.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace mlpath {

namespace {

std::string without_zeros(std::string text) {
    if (text.find('.') != std::string::npos) {
        text.erase(text.find_last_not_of('0') + 1);
        text.erase(text.find_last_not_of('.') + 1);
    }
    return text == "-0" ? "0" : text;
}

}  // namespace

std::string figure(double value, int digits) {
    constexpr double exact_below = 1e15;  // whole numbers that a double holds exactly, and a person still reads
    constexpr double small = 1e-4;
    const double size = std::abs(value);
    if (!std::isfinite(value) || (digits >= all_digits && value != std::trunc(value))) {
        return fmt::format("{}", value);
    }
    if (size >= exact_below || (size > 0 && size < small)) {
        return fmt::format("{:.{}g}", value, digits);
    }
    if (value == std::trunc(value)) {
        return fmt::format("{:.0f}", value + 0.0);
    }
    // At least one decimal: 123.456 is not 123.
    const int before = static_cast<int>(std::floor(std::log10(size))) + 1;
    return without_zeros(fmt::format("{:.{}f}", value, std::max(1, digits - before)));
}

std::pair<std::string, std::string> figures_apart(double a, double b) {
    std::pair<std::string, std::string> pair;
    for (const int digits : {3, 6, 9, 12, 15, all_digits}) {
        pair = {figure(a, digits), figure(b, digits)};
        if (a == b || pair.first != pair.second) {
            break;
        }
    }
    return pair;
}

}  // namespace mlpath
