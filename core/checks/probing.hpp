// Running the learner's program on altered data and comparing what it predicts: what the kinds `behaves` and
// `reproducible` share.
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "checks/evaluation.hpp"
#include "checks/scoring.hpp"
#include "checks/verdict.hpp"

namespace mlpath::checks {

struct Probe {
    const library::Check& check;
    Evaluation& evaluation;
    std::string step = check.fields.at("step").get<std::string>();
    std::string data = check.fields.at("data").get<std::string>();
    std::string path = check.fields.at("predictions").get<std::string>();
    std::string column = check.fields.at("column").get<std::string>();
};

using Predictions = tl::expected<std::vector<std::string>, Finding>;

// The predictions of a run for the rows of `division`, in its order. `when` tells a failure of the run what was
// altered.
[[nodiscard]] Predictions read_predictions(const Probe& probe, const Evidence& evidence, const data::Division& division,
                                           CellsAre cells, std::string_view when);

// Whether a prediction is another one: words where they differ, numbers where they differ by more than `tolerance`
// (relative above 1).
[[nodiscard]] bool moved(const std::string& before, const std::string& after, double tolerance = 1e-9);

// Both as a person reads them: of numbers the digits by which they differ, anything else as it is.
[[nodiscard]] std::pair<std::string, std::string> cells_apart(const std::string& before, const std::string& after);

// How many of the rows that both runs predict moved.
struct Movement {
    std::size_t rows = 0;
    std::size_t moved = 0;
    std::string example{};
};
// The variant against the run on the learner's own held-out rows, both in the variant's manner.
[[nodiscard]] Result<tl::expected<Movement, Finding>> movement_under(const Probe& probe, const Variant& variant,
                                                                     std::string_view when);

// `change` and `cause` are the ends of "no prediction moved when …" and the likely cause where one did.
[[nodiscard]] Result<Finding> must_not_move(const Probe& probe, const Variant& variant, const std::string& change,
                                            const std::string& cause);

// With shuffled training labels the improvement over the baseline must vanish: what predicts the truth all the same has
// it from elsewhere. Reads `metric`, `baseline`, `at_most` and `repeats` of the check.
[[nodiscard]] Result<Finding> must_unlearn(const Probe& probe);

// Strange rows join the test file; no prediction of the others may move.
[[nodiscard]] Result<Finding> must_ignore_strangers(const Probe& probe);

}  // namespace mlpath::checks
