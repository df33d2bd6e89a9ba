// The rows that metrics are computed from, in compact form. `compute` in metric.hpp makes one from columns as they
// stand in a file; who reads files of any size fills one as it reads.
#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "base/error.hpp"
#include "metrics/contingency.hpp"
#include "metrics/curves.hpp"
#include "metrics/labels.hpp"
#include "metrics/metric.hpp"
#include "metrics/multilabel.hpp"

namespace mlpath::metrics {

struct Sample {
    std::size_t rows = 0;
    std::vector<std::string> classes{};  // canonical labels, which the codes index; of truth, prediction and columns
    Codes truth{};
    Codes prediction{};
    std::vector<double> truth_numbers{};         // finite
    std::vector<double> values{};                // predicted numbers, scores or probabilities; finite
    std::vector<std::vector<double>> columns{};  // probabilities by class code; empty for a class without a column
    Codes groups{};                              // empty: all rows are one group
    std::size_t group_count = 0;
    std::vector<std::vector<double>> points{};  // a column a coordinate
    std::vector<double> weights{};              // of the rows, at least 0; empty: all 1
    std::vector<Flags> truth_flags{};           // multilabel, instead of truth and prediction: a column a label
    std::vector<Flags> predicted_flags{};
    std::string positive{};     // as in MetricInput
    bool frees_values = false;  // no metric needs `values` once they are sorted: what they take is given back then

    // Computed when first asked for, as several metrics share them.
    [[nodiscard]] const Contingency& pairs();
    [[nodiscard]] const SortedScores& sorted(Code positive_class);
    [[nodiscard]] bool is_sorted(Code positive_class) const { return m_sorted && m_sorted_for == positive_class; }

private:
    std::optional<Contingency> m_pairs{};
    std::optional<SortedScores> m_sorted{};
    Code m_sorted_for = no_class;
};

// What the columns of a sample must hold for a metric, whatever made it.
[[nodiscard]] Result<double> compute(const Metric& metric, Sample& sample);
[[nodiscard]] Result<ConfusionMatrix> confusion(Sample& sample);

// The class that counts as positive among `present` ones: the one asked for, else inferred (see MetricInput). None: no
// row is of it. Fails with usage where there are more than two classes, or no telling which is meant.
[[nodiscard]] Result<std::optional<Code>> positive_class(const Sample& sample, const Metric& metric,
                                                         const std::vector<Code>& present);

// Columns of 0 and 1 as flags. Fails with malformed, naming row and column, on anything else.
[[nodiscard]] Result<Flags> flags_of(const Codes& codes, std::span<const std::string> labels, std::string_view what);

// "row 5: the prediction is missing": kind malformed; rows count from 1.
[[nodiscard]] Error bad_row(std::size_t index, std::string_view what, std::string hint = {});

}  // namespace mlpath::metrics
