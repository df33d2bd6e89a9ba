// The metrics by name: what there is, what each needs, and its value for columns as they stand in a file. The formulas
// are those of scikit-learn 1.2 unless the registry says otherwise; agreement is tested to 1e-12.
#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/error.hpp"

namespace mlpath::metrics {

// What a metric is computed from, beside the truth.
enum class Needs {
    labels,         // a predicted class for each row: accuracy, f1, …; also the clusterings' agreement with classes
    scores,         // a number for each row, the greater the likelier the positive class: roc_auc, …
    probabilities,  // the probability of the positive class, or one column a class: log_loss, brier, roc_auc_ovr
    numbers,        // a predicted number: mae, r2, …; truth is a number
    ranking,        // a score for each candidate, in groups (users, queries); truth is its relevance: ndcg, …
    points,         // a cluster for each point; truth is its coordinates: silhouette
};
enum class Better { higher, lower };
enum class Form { number, table };  // table: confusion_matrix, by `confusion` alone
// Whether a row may have several labels (multilabel), each a column of 0 and 1.
enum class Labels { one, one_or_several, several };

struct MetricInfo {
    std::string_view name{};  // as the registry has it: `f1_macro`, `ndcg_at_k` (asked as `ndcg@10`)
    Needs needs = Needs::labels;
    Better better = Better::higher;
    Form form = Form::number;
    bool takes_k = false;
    std::string_view says{};     // one line: what it is, with the formula
    std::string_view formula{};  // where the definition is from
    bool takes_beta = false;     // `fbeta`, asked as `f2` or `f0.5`
    bool takes_weights = true;   // a weight for each row
    Labels labels = Labels::one;
    bool compares_labels = true;  // false: clusters, whose names mean nothing
};

// In the order in which they are listed to people.
[[nodiscard]] std::span<const MetricInfo> all_metrics();

struct Metric {
    const MetricInfo* info = nullptr;        // of all_metrics()
    std::size_t k = 0;                       // 0 where none is taken
    double beta = 1;                         // how much more recall counts than precision
    [[nodiscard]] std::string name() const;  // `accuracy`, `ndcg@10`, `f0.5_macro`
};

// `f1`, `ndcg@10`, also `ndcg_at_10`; `f2` and `f0.5_macro`, or `fbeta` and `fbeta_macro` where `beta` says which.
// Fails with usage: no such metric (and the nearest), a k or beta that is missing or not asked.
[[nodiscard]] Result<Metric> parse_metric(std::string_view name, std::optional<double> beta = {});

// A column of a file: cells as text, or numbers where the caller has them. Views: the caller keeps what they show.
// Labels are compared as people mean them: blanks around do not count, and labels that are numbers are compared as
// numbers (`1` is `1.0`), because pandas writes a column of integers with one gap as floats.
struct Column {
    Column() = default;
    Column(std::span<const std::string> cells) : texts(cells) {}     // NOLINT: a column is its cells
    Column(const std::vector<std::string>& cells) : texts(cells) {}  // NOLINT
    Column(std::span<const double> values) : numbers(values) {}      // NOLINT
    Column(const std::vector<double>& values) : numbers(values) {}   // NOLINT
    [[nodiscard]] std::size_t size() const { return texts.empty() ? numbers.size() : texts.size(); }
    std::span<const std::string> texts{};
    std::span<const double> numbers{};
};

struct ClassProbabilities {
    std::string label{};
    Column values{};  // for each row, the probability that it is of this class
};

struct MetricInput {
    Column truth{};
    Column prediction{};  // labels, scores, probabilities of `positive`, or numbers: as the metric needs
    // The positive label of a binary metric. Empty: `1` (or `true`, `yes`, `True`…) where the labels are such a pair,
    // else an error that names the labels.
    std::string positive{};
    std::vector<ClassProbabilities> probabilities{};  // instead of `prediction`, for metrics of several classes
    Column groups{};                                  // ranking: which rows are ranked together; empty: all of them
    std::vector<Column> points{};                     // silhouette: the coordinates, a column each; `truth` is not used
    Column weights{};                                 // how much each row counts, at least 0; empty: all 1
    // Multilabel, instead of `truth` and `prediction`: a column for each label, of 0 and 1 (or true and false).
    std::vector<Column> truth_labels{};
    std::vector<Column> predicted_labels{};
};

// The value. Fails with malformed where the input has none (no rows, lengths that differ, a missing or non-numeric
// cell with its row, one class alone where two are needed, a probability outside 0..1, a value that is not finite),
// with usage where the metric is none or does not fit (a binary metric on three classes).
[[nodiscard]] Result<double> compute(std::string_view name, const MetricInput& input);

// Rows are true classes, columns predicted ones, both in the order of `labels` (numbers by value, else by text).
struct ConfusionMatrix {
    std::vector<std::string> labels{};
    std::vector<std::vector<double>> counts{};  // or sums of weights
};
[[nodiscard]] Result<ConfusionMatrix> confusion(const Column& truth, const Column& prediction);

}  // namespace mlpath::metrics
