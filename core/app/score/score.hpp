// `mlpath score`: metrics of a file of predictions against a file of the truth, of any size.
//
// Which columns: without options, a file of one column needs no choice; a key, group or weight column is never taken
// for another, nor an index without a name. The truth is `column`. Predicted classes and numbers are `label`, else
// `column`'s name if the predictions have it, else the one column that is left. Scores are `score`, else the columns
// proba_<class>, else as above, if no other column could be meant. Where that leaves several columns, the error names
// them. Whether the first line names the columns is said by `header`, else found by metrics/header.hpp; a class name at
// the top of a column of classes that occurs again in either file is a row. Without a key, columns of both files that
// name their rows must agree.
#pragma once

#include <filesystem>
#include <optional>
#include <stop_token>
#include <string>
#include <vector>

#include "base/error.hpp"
#include "metrics/column_reader.hpp"
#include "metrics/metric.hpp"

namespace mlpath::app {

enum class Order {
    checked,       // without a key: columns that name rows, if both files have them, must agree
    as_it_stands,  // the rows are in one order whatever such columns say
};

struct ScoreRequest {
    std::filesystem::path truth{};          // CSV, or TSV by name; gzip by content; `-` is standard input
    std::filesystem::path predictions{};    // the same
    std::vector<std::string> metrics{};     // `accuracy`, `ndcg@10`
    std::string column{};                   // of the truth: classes, numbers or relevances
    std::string label{};                    // of the predictions: classes or numbers
    std::string score{};                    // of the predictions: scores or probabilities of the positive class
    std::string group{};                    // of the truth: what is ranked together
    std::string key{};                      // of both: joins by it; empty: the rows are in one order
    std::string weight{};                   // of the truth: how much each row counts
    std::string positive{};                 // as in metrics::MetricInput
    std::vector<std::string> multilabel{};  // of both: a column of 0 and 1 for each label that a row may have
    std::optional<double> beta{};           // of fbeta
    std::optional<char> separator{};        // of both; none: as name and content tell
    Order order = Order::checked;
    metrics::Header header = metrics::Header::detect;
    unsigned threads = 0;  // 0: as many as the machine has
};

struct ScoreValue {
    metrics::Metric metric{};
    double value = 0;                                     // of a number
    std::optional<metrics::ConfusionMatrix> confusion{};  // of confusion_matrix
};

struct Scores {
    std::size_t rows = 0;
    std::vector<ScoreValue> values{};  // in the order asked for
    std::vector<std::string> notes{};  // what is unusual about the files and may be right
};

// Fails with usage (metric, column or positive label), malformed (what the files hold, with file and line) or io.
[[nodiscard]] Result<Scores> score(const ScoreRequest& request, const std::stop_token& stop = {});

}  // namespace mlpath::app
