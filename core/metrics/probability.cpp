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

double binary_log_loss(const Codes& truth, std::optional<Code> positive, std::span<const double> probabilities,
                       std::span<const double> weights) {
    const Code one = positive.value_or(no_class);
    return mean_of(probabilities.size(), weights, [&](std::size_t i) {
        const double probability = clipped(probabilities[i]);
        return -std::log(truth[i] == one ? probability : 1 - probability);
    });
}

double log_loss(const Codes& truth, std::span<const std::vector<double>> columns, std::span<const double> weights) {
    return mean_of(truth.size(), weights, [&](std::size_t i) {
        double whole = 0;
        for (const auto& column : columns) {
            whole += clipped(column[i]);
        }
        return -std::log(clipped(columns[truth[i]][i]) / whole);
    });
}

double brier(const Codes& truth, std::optional<Code> positive, std::span<const double> probabilities,
             std::span<const double> weights) {
    const Code one = positive.value_or(no_class);
    return mean_of(probabilities.size(), weights, [&](std::size_t i) {
        const double difference = (truth[i] == one ? 1 : 0) - probabilities[i];
        return difference * difference;
    });
}

}  // namespace mlpath::metrics
