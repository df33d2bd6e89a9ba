// The list of metrics with the functions that compute them, of which metric.hpp shows the names.
#pragma once

#include "metrics/metric.hpp"
#include "metrics/sample.hpp"

namespace mlpath::metrics {

using Compute = Result<double> (*)(Sample& sample, const Metric& metric);

// The function of a metric of all_metrics().
[[nodiscard]] Compute compute_of(const Metric& metric);

}  // namespace mlpath::metrics
