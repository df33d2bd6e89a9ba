// What a mean of paired differences is worth, where the folds share their training rows.
#pragma once

#include <vector>

namespace mlpath::checks {

struct Interval {
    double mean = 0;
    double deviation = 0;  // sample standard deviation of the differences
    double low = 0;        // of 95 %
    double high = 0;
    [[nodiscard]] double half() const { return (high - low) / 2; }
};

// mean ± t(n-1) · s · sqrt(1/n + test_to_train). Over folds that share training rows the differences are not
// independent, and s/sqrt(n) would be far too small. Nadeau and Bengio, Inference for the Generalization Error, Machine
// Learning 52 (2003), section 3; for repeated folds Bouckaert and Frank, PAKDD 2004. At least two differences;
// `test_to_train`: test rows for each training row.
[[nodiscard]] Interval corrected_interval(const std::vector<double>& differences, double test_to_train);

// That |T| is at most this with probability 0.95, T of Student's distribution with so many degrees of freedom (at least
// 1).
[[nodiscard]] double student_95(unsigned degrees);

}  // namespace mlpath::checks
