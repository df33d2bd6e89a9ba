// Metrics of rows that may have several labels: a column of flags for each label, true and predicted.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "base/error.hpp"
#include "metrics/metric.hpp"

namespace mlpath::metrics {

using Flags = std::vector<std::uint8_t>;  // 1 where a row has the label

struct Multilabel {
    std::vector<Flags> truth{};       // a column a label; all of one length
    std::vector<Flags> predicted{};   // in the same order
    std::span<const double> weights;  // of the rows; empty: all 1
};

// subset_accuracy (and accuracy, as scikit-learn has it), hamming_loss, and precision, recall and F by average: over
// labels (macro, micro, weighted) or rows (samples). A ratio whose denominator is zero counts as 0. Fails with usage
// for any other metric.
[[nodiscard]] Result<double> multilabel_value(const Metric& metric, const Multilabel& rows);

}  // namespace mlpath::metrics
