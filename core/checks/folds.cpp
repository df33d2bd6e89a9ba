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
    const auto folds = check.fields.at("folds").get<std::size_t>();
    std::vector<Variant> variants;
    for (std::size_t repeat = from; repeat < to; ++repeat) {
        for (std::size_t fold = 0; fold < folds; ++fold) {
            variants.push_back({.kind = VariantKind::fold,
                                .data = check.fields.at("data").get<std::string>(),
                                .repeat = repeat,
                                .fold = fold,
                                .folds = folds});
        }
    }
    MLPATH_TRY(const auto runs, evaluation.run(step, variants));
    for (const auto& run : runs) {
        if (!run->succeeded()) {
            return std::optional(step_failed(*run, "on another split of the same data"));
        }
        const auto text = artifact_of(*run, measure.predictions);
        if (!text) {
            return std::optional(text.error());
        }
        const auto predictions =
            aligned_predictions(*text, measure.predictions, measure.column, measure.cells(), run->division);
        if (!predictions) {
            return std::optional(predictions.error());
        }
        MLPATH_TRY(const auto lift, measure_lift(measure, run->division, *predictions));
        if (!lift) {
            return std::optional(lift.error());
        }
        scores.metrics.push_back(lift->metric);
        scores.baselines.push_back(lift->baseline);
        scores.lifts.push_back(lift->lift);
        if (measure.cells() == CellsAre::labels) {
            count_confusion(scores.confusion, run->division.truth, *predictions);
        }
    }
    return std::optional<Finding>();
}

}  // namespace

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
