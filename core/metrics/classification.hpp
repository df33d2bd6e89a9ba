// Metrics of predicted classes, from the counts of their pairs. A ratio whose denominator is zero counts as 0, as
// zero_division=0 does in scikit-learn; where the metric itself has no value, that is an error.
#pragma once

#include <optional>

#include "base/error.hpp"
#include "metrics/contingency.hpp"

namespace mlpath::metrics {

enum class Kind { precision, recall, f };  // TP/(TP+FP), TP/(TP+FN), (1+b²)TP/((1+b²)TP + FP + b²FN)
struct Ratio {
    Kind kind = Kind::precision;
    double beta = 1;  // of f: how much more recall counts than precision
};
enum class Average { macro, micro, weighted };

// Rows, or sums of their weights.
struct Counts {
    double matched = 0;
    double predicted = 0;
    double actual = 0;
};
[[nodiscard]] double value_of(const Ratio& ratio, const Counts& counts);

[[nodiscard]] double accuracy(const Contingency& table);
// The mean recall of the classes that occur in the truth.
[[nodiscard]] double balanced_accuracy(const Contingency& table);
// Of one class against all others; of a class that occurs in no row (absent), 0.
[[nodiscard]] double ratio_of_class(const Ratio& ratio, const Contingency& table, std::optional<Code> positive);
// Over the classes that occur in the truth or the predictions; weighted by their number of true rows.
[[nodiscard]] double average_ratio(const Ratio& ratio, Average average, const Contingency& table);
// Matthews' correlation for any number of classes (Gorodkin 2004, R_K); 0 where one side is constant.
[[nodiscard]] double matthews(const Contingency& table);
// Cohen's kappa, unweighted. Fails where both sides are one and the same class throughout.
[[nodiscard]] Result<double> kappa(const Contingency& table);

}  // namespace mlpath::metrics
