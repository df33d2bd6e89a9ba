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

// The folds of one repeat after the other, of the repeats [from, to).
[[nodiscard]] std::vector<Variant> fold_variants(const Json& fields, std::size_t from, std::size_t to);

struct ScoredRun {
    std::vector<std::string> predictions{};  // of the test rows, in their order
    Lift lift{};
};
// What a run of the step predicted, and how good that is. A Finding is the learner's failure; `when` tells of the data.
[[nodiscard]] Result<tl::expected<ScoredRun, Finding>> score_run(const Evidence& run, const Measure& measure,
                                                                 std::string_view when);

// Runs the folds of as many repeats as the check asks for, and of twice as many again and again while what they say is
// `unclear`, up to a bound behind which more would not settle it either. A Finding is the learner's failure.
[[nodiscard]] Result<std::optional<Finding>> score_until_clear(const library::Check& check, const Measure& measure,
                                                               Evaluation& evaluation, Scores& scores,
                                                               const std::function<bool(const Scores&)>& unclear);

}  // namespace mlpath::checks
