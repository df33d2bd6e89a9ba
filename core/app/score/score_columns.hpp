// Which columns `score` reads of its two files, and as what.
#pragma once

#include <string>
#include <vector>

#include "app/score/score.hpp"
#include "metrics/column_reader.hpp"
#include "metrics/metric.hpp"

namespace mlpath::app {

// What the metrics need, all together.
struct ScoreNeeds {
    bool true_labels = false;
    bool true_numbers = false;
    bool points = false;
    bool predicted_labels = false;
    bool predicted_numbers = false;
    bool scores = false;       // or probabilities
    bool ranking = false;      // scores, and groups if there are any
    bool multilabel = false;   // a column for each label
    bool same_labels = false;  // the labels of both files must mean the same, as those of clusters need not
};
[[nodiscard]] ScoreNeeds needs_of(const std::vector<metrics::Metric>& metrics, const ScoreRequest& request);

// Whether a column is an index that pandas wrote without a name.
[[nodiscard]] bool is_unnamed(std::string_view name);
// The columns that both files have, that name rows going by what they are called, and that are not used for another
// purpose.
[[nodiscard]] std::vector<std::string> shared_ids(const std::vector<std::string>& truth,
                                                  const std::vector<std::string>& predictions,
                                                  const ScoreRequest& request);
// What was asked for by name, of the truth and of the predictions.
[[nodiscard]] std::vector<std::string> named_in_truth(const ScoreRequest& request);
[[nodiscard]] std::vector<std::string> named_in_predictions(const ScoreRequest& request);

// Indices into the columns that are read; npos: none.
struct TruthPlan {
    static constexpr std::size_t none = static_cast<std::size_t>(-1);
    std::size_t value = none;
    std::size_t group = none;
    std::size_t key = none;
    std::size_t weight = none;
    std::vector<std::size_t> points{};
    std::vector<std::size_t> ids{};     // as asked for
    std::vector<std::size_t> labels{};  // of multilabel, as asked for
};
struct PredictionPlan {
    static constexpr std::size_t none = static_cast<std::size_t>(-1);
    std::size_t label = none;
    std::size_t score = none;
    std::size_t key = none;
    std::vector<std::pair<std::string, std::size_t>> probabilities{};  // class, column
    std::vector<std::size_t> ids{};
    std::vector<std::size_t> labels{};
};

// One of the two files, before it is read. `ids` are the shared columns whose order is looked at.
struct ScoreNames {
    const std::vector<std::string>& columns;
    const std::string& file;
    const std::vector<std::string>& ids;
};
[[nodiscard]] Result<std::vector<metrics::Wanted>> choose_truth(const ScoreNames& names, const ScoreRequest& request,
                                                                const ScoreNeeds& needs, TruthPlan& plan);
[[nodiscard]] Result<std::vector<metrics::Wanted>> choose_predictions(const ScoreNames& names,
                                                                      const ScoreRequest& request,
                                                                      const ScoreNeeds& needs, PredictionPlan& plan);

}  // namespace mlpath::app
