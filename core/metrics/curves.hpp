// Metrics of scores over all thresholds at once. Rows of equal score are one step of the curve, in whatever order they
// stand in the file.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "base/error.hpp"
#include "metrics/labels.hpp"

namespace mlpath::metrics {

// The scores of the positive rows and of the others, each sorted ascending, as keys of `order_key`.
struct SortedScores {
    std::vector<std::uint64_t> positives{};
    std::vector<std::uint64_t> negatives{};
};
// Divides the rows; scores may be infinite, not NaN. Nothing is sorted yet.
[[nodiscard]] SortedScores split_scores(const Codes& truth, Code positive, std::span<const double> scores);
// Sorts what was divided, on two threads where there is much.
void sort_scores(SortedScores& scores);
// Both at once.
[[nodiscard]] SortedScores sort_scores(const Codes& truth, Code positive, std::span<const double> scores);

// The probability that a positive row scores above another one, half for equals (Mann and Whitney 1947). Fails where
// one side has no rows.
[[nodiscard]] Result<double> roc_auc(const SortedScores& scores);
// The sum over thresholds of precision times the gain in recall, without interpolation. Fails without positives.
[[nodiscard]] Result<double> average_precision(const SortedScores& scores);

// Both with a weight for each row. A side whose rows all weigh nothing counts as one without rows.
[[nodiscard]] Result<double> weighted_roc_auc(const Codes& truth, Code positive, std::span<const double> scores,
                                              std::span<const double> weights);
[[nodiscard]] Result<double> weighted_average_precision(const Codes& truth, Code positive,
                                                        std::span<const double> scores,
                                                        std::span<const double> weights);

// Of several classes, `columns[c]` being the scores of class c. Each class against all others, the mean; and each pair
// of classes among their own rows, the mean of both directions (Hand and Till 2001).
[[nodiscard]] Result<double> roc_auc_ovr(const Codes& truth, std::span<const std::vector<double>> columns,
                                         std::span<const double> weights = {});
[[nodiscard]] Result<double> roc_auc_ovo(const Codes& truth, std::span<const std::vector<double>> columns);

}  // namespace mlpath::metrics
