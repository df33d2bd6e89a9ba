// `mlpath score`: metrics of a file of predictions against a file of the truth, of any size.
//
// Which columns: without options, a file of one column needs no choice, and a key or group column is never taken for
// another. The truth is `column`. Predicted classes and numbers are `label`, else `column`'s name if the predictions
// have it, else the one column that is left. Scores are `score`, else the columns proba_<class>, else as above. Where
// that leaves several columns, the error names them. A first line whose cells are all numbers is a row; so is a class
// name at the top of a column of classes that occurs again in either file.
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

struct ScoreRequest {
    std::filesystem::path truth{};        // CSV, or TSV by name; gzip by content
    std::filesystem::path predictions{};  // the same
    std::vector<std::string> metrics{};   // `accuracy`, `ndcg@10`
    std::string column{};                 // of the truth: classes, numbers or relevances
    std::string label{};                  // of the predictions: classes or numbers
    std::string score{};                  // of the predictions: scores or probabilities of the positive class
    std::string group{};                  // of the truth: what is ranked together
    std::string key{};                    // of both: joins by it; empty: the rows are in one order
    std::string positive{};               // as in metrics::MetricInput
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
};

// Fails with usage (metric, column or positive label), malformed (what the files hold, with file and line) or io.
[[nodiscard]] Result<Scores> score(const ScoreRequest& request, const std::stop_token& stop = {});

}  // namespace mlpath::app
