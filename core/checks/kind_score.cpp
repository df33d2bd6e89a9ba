#include "base/text.hpp"
#include "checks/kinds.hpp"
#include "checks/scoring.hpp"

namespace mlpath::checks {

namespace {

constexpr std::size_t most_repeats =
    8;  // where the lift stays this near to the margin, more splits would not settle it either

struct Scores {
    std::vector<double> metrics;
    std::vector<double> baselines;
    std::vector<double> lifts;
};

// Runs the folds of repeats [from, to) and adds their scores. A Finding is the learner's failure.
Result<std::optional<Finding>> score_folds(const library::Check& check, const Measure& measure, std::size_t from,
                                           std::size_t to, Evaluation& evaluation, Scores& scores) {
    const auto step = check.fields.at("step").get<std::string>();
    const auto folds = check.fields.value("folds", std::size_t{5});
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
            return std::optional(step_failed(run->outcome, "on another split of the same data"));
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
    }
    return std::optional<Finding>();
}

}  // namespace

Result<Finding> check_score(const library::Check& check, Evaluation& evaluation) {
    const auto& fields = check.fields;
    const auto measure = Measure::from(fields);
    const auto margin = fields.at("margin").get<double>();
    Scores scores;
    Spread lift;
    std::size_t done = 0;
    for (std::size_t wanted = std::max<std::size_t>(fields.value("repeats", std::size_t{2}), 1); done < wanted;) {
        MLPATH_TRY(auto finding, score_folds(check, measure, done, wanted, evaluation, scores));
        if (finding) {
            return *finding;
        }
        done = wanted;
        lift = spread_of(scores.lifts);
        const bool near = std::abs(lift.mean - margin) < 2 * lift.error;
        wanted = near ? std::min(done * 2, std::max(done, most_repeats)) : done;
    }

    const auto metric = spread_of(scores.metrics);
    const auto baseline = spread_of(scores.baselines);
    const auto ceiling = fields.value("ceiling", HUGE_VAL);
    Finding finding;
    finding.facts = {{"mean", metric.mean},
                     {"sd", metric.deviation},
                     {"baseline", baseline.mean},
                     {"lift", lift.mean},
                     {"lift_sd", lift.deviation},
                     {"margin", margin},
                     {"n", static_cast<double>(lift.count)}};
    const auto measured = measure.metric + " " + in_words(metric) + " over " + count_of(lift.count, "split");
    finding.expected = "at least " + three_decimals(margin) + " better than " + baseline_in_words(measure.baseline) +
                       " (" + three_decimals(baseline.mean) + ")";
    finding.actual = measured + ", " + three_decimals(lift.mean) + " ± " + three_decimals(lift.deviation) + " better";
    if (lift.mean >= margin) {
        finding.verdict = Verdict::pass;
        finding.message =
            measured + "; " + baseline_in_words(measure.baseline) + " gives " + three_decimals(baseline.mean);
        if (metric.mean > ceiling) {
            finding.facts["suspicious"] = 1;
            finding.message += "; suspicious: honest models stay below " + three_decimals(ceiling) + " here";
        }
    } else if (lift.mean + 2 * lift.error < margin) {
        finding.verdict = Verdict::fail;
        finding.message = "the predictions are not enough better than " + baseline_in_words(measure.baseline);
    } else {
        finding.verdict = Verdict::error;
        finding.message =
            "too near to call: the difference to the margin is inside the noise of " + count_of(lift.count, "split");
        finding.because = "the model is about as good as the margin asks, no better and no worse";
        finding.look = "improve the model a little, so that luck does not decide";
    }
    return finding;
}

}  // namespace mlpath::checks
