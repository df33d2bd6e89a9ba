#include <cmath>

#include "base/text.hpp"
#include "checks/kinds.hpp"
#include "checks/probing.hpp"

namespace mlpath::checks {

namespace {

<<<<<<< HEAD
constexpr std::size_t least_permutations = 10;  // one permutation keeps a lift by chance; the mean of ten does not

bool moved(const std::string& before, const std::string& after) {
    const auto a = table::parse_cell(before);
    const auto b = table::parse_cell(after);
    if (a.kind == table::CellKind::number && b.kind == table::CellKind::number) {
        return std::abs(a.number - b.number) > 1e-9 * std::max(1.0, std::abs(a.number));
    }
    return before != after;
}

struct Probe {
    const library::Check& check;
    Evaluation& evaluation;
    std::string step = check.fields.at("step").get<std::string>();
    std::string data = check.fields.at("data").get<std::string>();
    std::string path = check.fields.at("predictions").get<std::string>();
    std::string column = check.fields.at("column").get<std::string>();
};

using Predictions = tl::expected<std::vector<std::string>, Finding>;

// The predictions of a run for the rows of `division`, in its order.
Predictions read_predictions(const Probe& probe, const Evidence& evidence, const data::Division& division,
                             CellsAre cells, std::string_view when) {
    if (!evidence.succeeded()) {
        return tl::unexpected(step_failed(evidence.outcome, when));
    }
    const auto text = artifact_of(evidence, probe.path);
    if (!text) {
        return tl::unexpected(text.error());
    }
    return aligned_predictions(*text, probe.path, probe.column, cells, division);
}

// How many of the rows that both runs predict moved.
struct Movement {
    std::size_t rows = 0;
    std::size_t moved = 0;
    std::string example{};
};

Result<tl::expected<Movement, Finding>> movement_under(const Probe& probe, const Variant& variant,
                                                       std::string_view when) {
    using Outcome = tl::expected<Movement, Finding>;
    MLPATH_TRY(const auto runs, probe.evaluation.run(probe.step, {Variant{.data = probe.data}, variant}));
    const auto& before_run = *runs[0];
    const auto& after_run = *runs[1];
    const auto before = read_predictions(probe, before_run, before_run.division, CellsAre::labels, "");
    const auto after = read_predictions(probe, after_run, after_run.division, CellsAre::labels, when);
    if (!before || !after) {
        return Outcome(tl::unexpected(before ? after.error() : before.error()));
    }
    // Renaming changes the ids and keeps the order; every other probe keeps the ids.
    std::map<std::string, std::size_t> place;
    for (std::size_t row = 0; row < after->size(); ++row) {
        place.emplace(after_run.division.test.rows[row][0], row);
    }
    Movement movement;
    for (std::size_t row = 0; row < before->size(); ++row) {
        const auto& id = before_run.division.test.rows[row][0];
        const auto there = variant.kind == VariantKind::renamed ? row : place.at(id);
        ++movement.rows;
        if (moved((*before)[row], (*after)[there])) {
            movement.example = movement.moved++ == 0
                                   ? "row_id " + id + ": " + (*before)[row] + " became " + (*after)[there]
                                   : movement.example;
        }
    }
    return Outcome(movement);
}

// A program that answers differently each time would be accused of whatever is probed.
Result<std::optional<Finding>> moves_by_itself(const Probe& probe) {
    const Variant again{.data = probe.data, .repeat = 1};
    MLPATH_TRY(const auto movement, movement_under(probe, again, "when it ran a second time on the same data"));
    if (!movement) {
        return std::optional(movement.error());
    }
    if (movement->moved == 0) {
        return std::optional<Finding>();
    }
    auto finding =
        undecided(std::to_string(movement->moved) + " of " + std::to_string(movement->rows) +
                      " predictions moved when the program ran a second time on the very same data",
                  "chance decides: a model or a split without a fixed seed (in scikit-learn: random_state=…)",
                  "run it twice and compare; for example " + movement->example);
    finding.expected = "the same predictions from the same data";
    return std::optional(finding);
}

Result<Finding> must_not_move(const Probe& probe, const Variant& variant, const std::string& change,
                              const std::string& cause) {
    MLPATH_TRY(const auto movement, movement_under(probe, variant, "when " + change));
    if (!movement) {
        return movement.error();
    }
    Finding finding = passed("no prediction moved when " + change);
    if (movement->moved > 0) {
        MLPATH_TRY(const auto by_chance, moves_by_itself(probe));
        if (by_chance) {
            return *by_chance;
        }
        finding = failed(std::to_string(movement->moved) + " of " + std::to_string(movement->rows) +
                             " predictions moved when " + change,
                         cause, "compare the two runs; for example " + movement->example);
        finding.expected = "the same prediction for every row";
        finding.actual = count_of(movement->moved, "prediction") + " changed";
    }
    finding.facts = {{"moved", static_cast<double>(movement->moved)}, {"rows", static_cast<double>(movement->rows)}};
    return finding;
}

=======
>>>>>>> f3b2cb0 (Four kinds of checks for what goes wrong in machine learning: reproducible, leakage, generalises, budget; a score above its ceiling warns in every report)
Result<Finding> must_move(const Probe& probe, const Variant& variant) {
    const auto names = list_of(variant.columns);
    MLPATH_TRY(const auto movement, movement_under(probe, variant, "when " + names + " changed"));
    if (!movement) {
        return movement.error();
    }
    const double share =
        static_cast<double>(movement->moved) / static_cast<double>(std::max<std::size_t>(movement->rows, 1));
    const auto at_least = probe.check.fields.value("at_least", 0.05);
    Finding finding = passed(std::to_string(movement->moved) + " of " + std::to_string(movement->rows) +
                             " predictions answer to " + names);
    if (share < at_least) {
        finding = failed("the predictions hardly depend on " + names + ": " + std::to_string(movement->moved) + " of " +
                             std::to_string(movement->rows) + " moved when the values were shuffled among the rows",
                         "the model does not look at these columns");
        finding.expected =
            "at least " + std::to_string(static_cast<int>(std::lround(at_least * 100))) + " % of the predictions move";
        finding.actual = std::to_string(static_cast<int>(std::lround(share * 100))) + " %";
    }
    finding.facts = {{"moved", static_cast<double>(movement->moved)},
                     {"rows", static_cast<double>(movement->rows)},
                     {"share", share}};
    return finding;
}

}  // namespace

Result<Finding> check_behaves(const library::Check& check, Evaluation& evaluation) {
    const Probe probe{check, evaluation};
    const auto kind = check.fields.at("probe").get<std::string>();
    const auto columns = check.fields.value("columns", std::vector<std::string>());
    const auto variant = [&](VariantKind which) {
        return Variant{.kind = which, .data = probe.data, .columns = columns};
    };
    if (kind == "strange-rows") {
        return must_ignore_strangers(probe, Manner::usual);
    }
    if (kind == "renamed") {
        return must_not_move(probe, variant(VariantKind::renamed),
                             columns.empty() ? std::string("the row ids were replaced")
                                             : "the row ids and " + list_of(columns) + " were replaced",
                             "the program looks rows up by who they are, and does not predict from what they are like");
    }
    if (kind == "row-order") {
        return must_not_move(probe, variant(VariantKind::row_order), "the test rows came in another order",
                             "the predictions depend on a row's place in the file");
    }
    if (kind == "responds") {
        return must_move(probe, variant(VariantKind::responds));
    }
    if (kind == "permuted-labels") {
        return must_unlearn(probe);
    }
    return fail(ErrorKind::malformed, "there is no probe `" + kind + "`");
}

}  // namespace mlpath::checks
