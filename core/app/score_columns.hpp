// Which columns `score` reads of its two files, and as what.
#pragma once

#include <string>
#include <vector>

#include "app/score.hpp"
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
    bool scores = false;   // or probabilities
    bool ranking = false;  // scores, and groups if there are any
};
[[nodiscard]] ScoreNeeds needs_of(const std::vector<metrics::Metric>& metrics);

// Indices into the columns that are read; npos: none.
struct TruthPlan {
    static constexpr std::size_t none = static_cast<std::size_t>(-1);
    std::size_t value = none;
    std::size_t group = none;
    std::size_t key = none;
    std::vector<std::size_t> points{};
};
struct PredictionPlan {
    static constexpr std::size_t none = static_cast<std::size_t>(-1);
    std::size_t label = none;
    std::size_t score = none;
    std::size_t key = none;
    std::vector<std::pair<std::string, std::size_t>> probabilities{};  // class, column
};

[[nodiscard]] Result<std::vector<metrics::Wanted>> choose_truth(const std::vector<std::string>& names,
                                                                const ScoreRequest& request, const ScoreNeeds& needs,
                                                                TruthPlan& plan);
[[nodiscard]] Result<std::vector<metrics::Wanted>> choose_predictions(const std::vector<std::string>& names,
                                                                      const ScoreRequest& request,
                                                                      const ScoreNeeds& needs, PredictionPlan& plan);

}  // namespace mlpath::app
