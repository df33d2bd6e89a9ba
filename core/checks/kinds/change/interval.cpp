#include "checks/kinds/change/interval.hpp"

#include <cmath>
#include <numbers>

#include "checks/scoring.hpp"

namespace mlpath::checks {

namespace {

// P(|T| < tan(angle) · sqrt(degrees)), in closed form: Abramowitz and Stegun, 26.7.3 and 26.7.4.
double between(double angle, unsigned degrees) {
    const double cosine = std::cos(angle);
    const bool odd = degrees % 2 == 1;
    double term = odd ? cosine : 1;
    double sum = degrees == 1 ? 0 : term;
    for (unsigned k = odd ? 3 : 2; k < degrees; k += 2) {
        term *= cosine * cosine * (k - 1) / k;
        sum += term;
    }
    return odd ? 2 / std::numbers::pi * (angle + std::sin(angle) * sum) : std::sin(angle) * sum;
}

}  // namespace

double student_95(unsigned degrees) {
    double low = 0;
    double high = std::numbers::pi / 2;
    for (int halving = 0; halving < 60; ++halving) {
        const double middle = (low + high) / 2;
        (between(middle, degrees) < 0.95 ? low : high) = middle;
    }
    return std::tan(low) * std::sqrt(static_cast<double>(degrees));
}

Interval corrected_interval(const std::vector<double>& differences, double test_to_train) {
    const auto spread = spread_of(differences);
    const auto count = static_cast<double>(spread.count);
    const double half =
        student_95(static_cast<unsigned>(spread.count - 1)) * spread.deviation * std::sqrt(1 / count + test_to_train);
    return {.mean = spread.mean, .deviation = spread.deviation, .low = spread.mean - half, .high = spread.mean + half};
}

}  // namespace mlpath::checks
