// The learner's program on many splits of the same data, each scored against the baseline: what the kinds `score` and
// `generalises` share. The runs of the same step and data are shared too.
#pragma once

#include <optional>
#include <vector>

#include "checks/evaluation.hpp"
#include "checks/scoring.hpp"
#include "checks/verdict.hpp"

namespace mlpath::checks {

// Where a lift stays near to what is asked, more repeats than these would not settle it either.
inline constexpr std::size_t most_repeats = 8;

struct Scores {
    std::vector<double> metrics{};
    std::vector<double> baselines{};
    std::vector<double> lifts{};
};

// Runs the folds of repeats [from, to) and adds their scores. A Finding is the learner's failure.
[[nodiscard]] Result<std::optional<Finding>> score_folds(const library::Check& check, const Measure& measure,
                                                         std::size_t from, std::size_t to, Evaluation& evaluation,
                                                         Scores& scores);

}  // namespace mlpath::checks
