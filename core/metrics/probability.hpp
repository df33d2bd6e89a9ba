// Metrics of predicted probabilities. Every probability is in 0..1, which the caller has seen to. Each is a mean over
// the rows, by their weights if there are any.
#pragma once

#include <optional>
#include <span>
#include <vector>

#include "metrics/labels.hpp"

namespace mlpath::metrics {

// The mean of -log of the probability that the true class was given; probabilities are kept 2^-52 away from 0 and 1.
[[nodiscard]] double binary_log_loss(const Codes& truth, std::optional<Code> positive,
                                     std::span<const double> probabilities, std::span<const double> weights = {});
// `columns` are the probabilities of the classes by code; each row is divided by its sum. Every true class has one.
[[nodiscard]] double log_loss(const Codes& truth, std::span<const std::vector<double>> columns,
                              std::span<const double> weights = {});
// The mean squared difference of the probability from 1 (positive) or 0.
[[nodiscard]] double brier(const Codes& truth, std::optional<Code> positive, std::span<const double> probabilities,
                           std::span<const double> weights = {});

}  // namespace mlpath::metrics
