#include "metrics/probability.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

#include "metrics/sum.hpp"

namespace mlpath::metrics {

namespace {

constexpr double least = std::numeric_limits<double>::epsilon();

double clipped(double probability) { return std::clamp(probability, least, 1 - least); }

}  // namespace

double binary_log_loss(const Codes& truth, std::optional<Code> positive, std::span<const double> probabilities) {
    Sum sum;
    const Code one = positive.value_or(no_class);
    for (std::size_t i = 0; i < probabilities.size(); ++i) {
        const double probability = clipped(probabilities[i]);
        sum.add(-std::log(truth[i] == one ? probability : 1 - probability));
    }
    return sum.value() / static_cast<double>(probabilities.size());
}

double log_loss(const Codes& truth, std::span<const std::vector<double>> columns) {
    Sum sum;
    for (std::size_t i = 0; i < truth.size(); ++i) {
        double whole = 0;
        for (const auto& column : columns) {
            whole += clipped(column[i]);
        }
        sum.add(-std::log(clipped(columns[truth[i]][i]) / whole));
    }
    return sum.value() / static_cast<double>(truth.size());
}

double brier(const Codes& truth, std::optional<Code> positive, std::span<const double> probabilities) {
    Sum sum;
    const Code one = positive.value_or(no_class);
    for (std::size_t i = 0; i < probabilities.size(); ++i) {
        const double difference = (truth[i] == one ? 1 : 0) - probabilities[i];
        sum.add(difference * difference);
    }
    return sum.value() / static_cast<double>(probabilities.size());
}

}  // namespace mlpath::metrics
