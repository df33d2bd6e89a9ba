#include "checks/probing.hpp"

#include <cmath>

#include "base/figures.hpp"
#include "base/text.hpp"
#include "checks/kind.hpp"
#include "checks/subject.hpp"
#include "table/table.hpp"

namespace mlpath::checks {

namespace {}  // namespace

bool moved(const std::string& before, const std::string& after, double tolerance) {
    const auto a = table::parse_cell(before);
    const auto b = table::parse_cell(after);
    if (a.kind == table::CellKind::number && b.kind == table::CellKind::number) {
        return std::abs(a.number - b.number) > tolerance * std::max(1.0, std::abs(a.number));
    }
    return before != after;
}

std::pair<std::string, std::string> cells_apart(const std::string& before, const std::string& after) {
    const auto a = table::parse_cell(before);
    const auto b = table::parse_cell(after);
    const bool numbers = a.kind == table::CellKind::number && b.kind == table::CellKind::number;
    return numbers && a.number != b.number ? figures_apart(a.number, b.number) : std::pair(before, after);
}

Predictions read_predictions(const Probe& probe, const Evidence& evidence, const data::Division& division,
                             CellsAre cells, std::string_view when) {
    if (!evidence.succeeded()) {
        return tl::unexpected(step_failed(evidence, when));
    }
    const auto text = artifact_of(evidence, probe.path);
    if (!text) {
        return tl::unexpected(text.error());
    }
    return aligned_predictions(*text, probe.path, probe.column, cells, division);
}

Result<tl::expected<Movement, Finding>> movement_under(const Probe& probe, const Variant& variant,
                                                       std::string_view when) {
    using Outcome = tl::expected<Movement, Finding>;
    MLPATH_TRY(const auto runs,
               probe.evaluation.run(probe.step, {Variant{.data = probe.data, .manner = variant.manner}, variant}));
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
            const auto [was, is] = cells_apart((*before)[row], (*after)[there]);
            movement.example = movement.moved++ == 0 ? "row_id " + id + ": " + was + " became " + is : movement.example;
        }
    }
    return Outcome(movement);
}

namespace {

// A program that answers differently each time would be accused of whatever is probed.
Result<std::optional<Finding>> moves_by_itself(const Probe& probe, Manner manner) {
    const Variant again{.data = probe.data, .repeat = 1, .manner = manner};
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

}  // namespace

Result<Finding> must_not_move(const Probe& probe, const Variant& variant, const std::string& change,
                              const std::string& cause) {
    MLPATH_TRY(const auto movement, movement_under(probe, variant, "when " + change));
    if (!movement) {
        return movement.error();
    }
    Finding finding = passed("no prediction moved when " + change);
    if (movement->moved > 0) {
        MLPATH_TRY(const auto by_chance, moves_by_itself(probe, variant.manner));
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
    finding.judged = {
        .what = "predictions that moved", .value = static_cast<double>(movement->moved), .side = Judged::Side::at_most};
    return finding;
}

Result<Finding> must_unlearn(const Probe& probe) {
    const auto& fields = probe.check.fields;
    const auto measure = Measure::from(fields);
    const auto at_most = fields.at("at_most").get<double>();
    const auto repeats = fields.at("repeats").get<std::size_t>();
    std::vector<double> lifts;
    for (std::size_t wanted = repeats; lifts.size() < wanted;) {
        std::vector<Variant> variants;
        for (std::size_t repeat = lifts.size(); repeat < wanted; ++repeat) {
            variants.push_back({.kind = VariantKind::permuted_labels, .data = probe.data, .repeat = repeat});
        }
        MLPATH_TRY(const auto runs, probe.evaluation.run(probe.step, variants));
        for (const auto& run : runs) {
            const auto predictions =
                read_predictions(probe, *run, run->division, measure.cells(), "with shuffled training labels");
            if (!predictions) {
                return predictions.error();
            }
            MLPATH_TRY(const auto lift, measure_lift(measure, run->division, *predictions));
            if (!lift) {
                return lift.error();
            }
            lifts.push_back(lift->lift);
        }
        const auto spread = spread_of(lifts);
        const bool unclear = spread.mean > at_most && spread.mean - 2 * spread.error <= at_most;
        wanted = unclear && wanted == repeats ? 2 * repeats : wanted;
    }
    const auto spread = spread_of(lifts);
    Finding finding =
        passed("with shuffled training labels the improvement over the baseline vanishes (" + in_words(spread) + ")");
    if (spread.mean > at_most) {
        const bool clear = spread.mean - 2 * spread.error > at_most;
        finding =
            failed("the model predicts the truth although it was trained on shuffled labels",
                   "the answers come from somewhere other than the training rows: a copy of the dataset, a lookup, or "
                   "labels that leaked into the test rows");
        finding.verdict = clear ? Verdict::fail : Verdict::error;
        finding.message = clear ? finding.message
                                : "too close to call: with shuffled training labels a small improvement over the "
                                  "baseline remains, within the noise";
        finding.expected = "a mean " + measure.metric + " at most " + three_decimals(at_most) + " better than " +
                           baseline_in_words(measure.baseline);
        finding.actual = in_words(spread) + " better, over " + count_of(lifts.size(), "shuffle");
    }
    finding.facts = {{"lift", spread.mean}, {"lift_sd", spread.deviation}, {"n", static_cast<double>(spread.count)}};
    finding.judged = {.what = "improvement over the baseline",
                      .value = spread.mean,
                      .required = at_most,
                      .side = Judged::Side::at_most};
    return finding;
}

Result<Finding> must_ignore_strangers(const Probe& probe) {
    return must_not_move(probe, {.kind = VariantKind::strange_rows, .data = probe.data},
                         "strange rows joined the test file",
                         "something was fitted on the test rows: an imputer, a scaler or an encoder that saw train "
                         "and test together");
}

}  // namespace mlpath::checks
