// Measuring predictions against a baseline on the same rows, and what the spread over folds allows to say.
#pragma once

#include <string>
#include <vector>

#include "checks/predictions.hpp"
#include "json/json.hpp"

namespace mlpath::checks {

// What is measured: the manifest's metric, baseline and columns.
struct Measure {
    std::string metric{};
    std::string positive{};
    std::string column{};       // of the predictions file
    std::string predictions{};  // its path
    Json baseline{};
    [[nodiscard]] static Measure from(const Json& fields);
    [[nodiscard]] CellsAre cells() const;
};

struct Lift {
    double metric = 0;    // of the learner's predictions
    double baseline = 0;  // of the baseline's, on the same rows
    double lift = 0;      // how much better; positive is better also where less is better
};
// A Finding: these predictions cannot be scored. An Error: no predictions could be, on these rows.
[[nodiscard]] Result<tl::expected<Lift, Finding>> measure_lift(const Measure& measure, const data::Division& division,
                                                               const std::vector<std::string>& predictions);

// What the baseline predicts for each test row, from the training rows alone: labels, or numbers where the metric wants
// such.
[[nodiscard]] Result<std::vector<std::string>> baseline_predictions(const Measure& measure,
                                                                    const data::Division& division);
[[nodiscard]] std::string baseline_in_words(const Json& baseline);

struct Spread {
    std::size_t count = 0;
    double mean = 0;
    double deviation = 0;  // sample standard deviation
    double error = 0;      // of the mean: deviation / sqrt(count)
};
[[nodiscard]] Spread spread_of(const std::vector<double>& values);

// "0.853 ± 0.021" with three decimals.
[[nodiscard]] std::string in_words(const Spread& spread);
[[nodiscard]] std::string three_decimals(double value);

}  // namespace mlpath::checks
