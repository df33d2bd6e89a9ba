#include "checks/folds.hpp"

#include <algorithm>

#include "checks/kind.hpp"
#include "checks/subject.hpp"

namespace mlpath::checks {

namespace {

constexpr std::size_t most_repeats = 8;

// Runs the folds of repeats [from, to) and adds their scores.
Result<std::optional<Finding>> score_folds(const library::Check& check, const Measure& measure, std::size_t from,
                                           std::size_t to, Evaluation& evaluation, Scores& scores) {
    const auto step = check.fields.at("step").get<std::string>();
    MLPATH_TRY(const auto runs, evaluation.run(step, fold_variants(check.fields, from, to)));
    for (const auto& run : runs) {
        MLPATH_TRY(const auto scored, score_run(*run, measure, "on another split of the same data"));
        if (!scored) {
            return std::optional(scored.error());
        }
        scores.metrics.push_back(scored->lift.metric);
        scores.baselines.push_back(scored->lift.baseline);
        scores.lifts.push_back(scored->lift.lift);
        if (measure.cells() == CellsAre::labels) {
            count_confusion(scores.confusion, run->division.truth, scored->predictions);
        }
    }
    return std::optional<Finding>();
}

}  // namespace

std::vector<Variant> fold_variants(const Json& fields, std::size_t from, std::size_t to) {
    const auto folds = fields.at("folds").get<std::size_t>();
    std::vector<Variant> variants;
    for (std::size_t repeat = from; repeat < to; ++repeat) {
        for (std::size_t fold = 0; fold < folds; ++fold) {
            variants.push_back({.kind = VariantKind::fold,
                                .data = fields.at("data").get<std::string>(),
                                .repeat = repeat,
                                .fold = fold,
                                .folds = folds});
        }
    }
    return variants;
}

Result<tl::expected<ScoredRun, Finding>> score_run(const Evidence& run, const Measure& measure, std::string_view when) {
    using Outcome = tl::expected<ScoredRun, Finding>;
    if (!run.succeeded()) {
        return Outcome(tl::unexpected(step_failed(run, when)));
    }
    const auto text = artifact_of(run, measure.predictions);
    if (!text) {
        return Outcome(tl::unexpected(text.error()));
    }
    auto predictions = aligned_predictions(*text, measure.predictions, measure.column, measure.cells(), run.division);
    if (!predictions) {
        return Outcome(tl::unexpected(predictions.error()));
    }
    MLPATH_TRY(const auto lift, measure_lift(measure, run.division, *predictions));
    if (!lift) {
        return Outcome(tl::unexpected(lift.error()));
    }
    return Outcome(ScoredRun{.predictions = std::move(*predictions), .lift = *lift});
}

Result<std::optional<Finding>> score_until_clear(const library::Check& check, const Measure& measure,
                                                 Evaluation& evaluation, Scores& scores,
                                                 const std::function<bool(const Scores&)>& unclear) {
    std::size_t done = 0;
    for (std::size_t wanted = check.fields.at("repeats").get<std::size_t>(); done < wanted;) {
        MLPATH_TRY(auto failure, score_folds(check, measure, done, wanted, evaluation, scores));
        if (failure) {
            return failure;
        }
        done = wanted;
        wanted = unclear(scores) ? std::min(done * 2, std::max(done, most_repeats)) : done;
    }
    return std::optional<Finding>();
}

}  // namespace mlpath::checks
