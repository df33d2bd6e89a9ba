// The learner's program on many splits of the same data, each scored against the baseline. The runs of the same step
// and data are shared too.
#pragma once

#include <functional>
#include <optional>
#include <vector>

#include "checks/confusion.hpp"
#include "checks/evaluation.hpp"
#include "checks/scoring.hpp"
#include "checks/verdict.hpp"

namespace mlpath::checks {

struct Scores {
    std::vector<double> metrics{};
    std::vector<double> baselines{};
    std::vector<double> lifts{};
    Confusion confusion{};  // over all rows that were scored; empty where no labels were
};

// Runs the folds of as many repeats as the check asks for, and of twice as many again and again while what they say is
// `unclear`, up to a bound behind which more would not settle it either. A Finding is the learner's failure.
[[nodiscard]] Result<std::optional<Finding>> score_until_clear(const library::Check& check, const Measure& measure,
                                                               Evaluation& evaluation, Scores& scores,
                                                               const std::function<bool(const Scores&)>& unclear);

}  // namespace mlpath::checks
