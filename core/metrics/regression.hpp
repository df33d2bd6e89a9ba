// Metrics of predicted numbers. Both columns are of one length, not empty, and finite; so are the weights, if there are
// any.
#pragma once

#include <span>

#include "base/error.hpp"

namespace mlpath::metrics {

using Numbers = std::span<const double>;

[[nodiscard]] double mean_absolute_error(Numbers truth, Numbers predicted, Numbers weights = {});
[[nodiscard]] double mean_squared_error(Numbers truth, Numbers predicted, Numbers weights = {});
// As a fraction, not in percent; a true value of 0 counts as 2^-52.
[[nodiscard]] double mean_absolute_percentage_error(Numbers truth, Numbers predicted, Numbers weights = {});
// With weights, the least error at which half of the weight is reached, as scikit-learn has it.
[[nodiscard]] double median_absolute_error(Numbers truth, Numbers predicted, Numbers weights = {});
[[nodiscard]] double max_error(Numbers truth, Numbers predicted);
// The root of the mean squared difference of log(1+x). Fails on a value below zero.
[[nodiscard]] Result<double> root_mean_squared_log_error(Numbers truth, Numbers predicted, Numbers weights = {});
// Fails below two rows. Of a constant truth: 1 if every prediction is right, else 0.
[[nodiscard]] Result<double> r2(Numbers truth, Numbers predicted, Numbers weights = {});

}  // namespace mlpath::metrics
