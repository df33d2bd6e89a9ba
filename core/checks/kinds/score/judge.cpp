#include <cmath>

#include "base/text.hpp"
#include "checks/folds.hpp"
#include "checks/kind.hpp"
#include "checks/subject.hpp"

namespace mlpath::checks {

namespace {

// Too good to be true is no proof of a fault: it asks for a second look, and fails only where the project says so.
void call_suspicious(Finding& finding, const Json& fields, const std::string& measured, double ceiling) {
    finding.facts["suspicious"] = 1;
    const auto doubt = "suspicious: " + measured + " is above " + three_decimals(ceiling) +
                       ", the best that honest models are known to reach here";
    if (fields.value("above_ceiling", std::string("warn")) != "fail") {
        finding.warning = doubt;
        return;
    }
    finding.verdict = Verdict::fail;
    finding.message = doubt;
    finding.expected = "at most " + three_decimals(ceiling);
    finding.because =
        "answers that reached the model some other way: a column that tells the target, a public copy of "
        "the dataset, or memorized rows (overfitting)";
    finding.decided = false;  // what the author says of too low a score does not apply
}

}  // namespace

Result<Finding> judge_score(const library::Check& check, Evaluation& evaluation, const Findings& /*found*/) {
    const auto& fields = check.fields;
    const auto measure = Measure::from(fields);
    const auto margin = fields.at("margin").get<double>();
    Scores scores;
    Spread lift;
    const auto unclear = [&](const Scores& so_far) {
        lift = spread_of(so_far.lifts);
        return std::abs(lift.mean - margin) < 2 * lift.error;
    };
    MLPATH_TRY(auto failure, score_until_clear(check, measure, evaluation, scores, unclear));
    if (failure) {
        return *failure;
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
    put_confusion(finding, scores.confusion);
    const auto measured = measure.metric + " " + in_words(metric) + " over " + count_of(lift.count, "split");
    finding.expected = "at least " + three_decimals(margin) + " better than " + baseline_in_words(measure.baseline) +
                       " (" + three_decimals(baseline.mean) + ")";
    finding.actual = measured + ", " + three_decimals(lift.mean) + " ± " + three_decimals(lift.deviation) + " better";
    if (lift.mean >= margin) {
        finding.verdict = Verdict::pass;
        finding.message =
            measured + "; " + baseline_in_words(measure.baseline) + " gives " + three_decimals(baseline.mean);
        if (metric.mean > ceiling) {
            call_suspicious(finding, fields, measured, ceiling);
        }
    } else if (lift.mean + 2 * lift.error < margin) {
        finding.verdict = Verdict::fail;
        const auto one_answer = one_answer_of(scores.confusion);
        finding.message = "the predictions are not enough better than " + baseline_in_words(measure.baseline) +
                          (one_answer.empty() ? "" : ": the model " + one_answer);
    } else {
        finding.verdict = Verdict::error;
        finding.message = "too close to call: the difference from the required improvement is within the noise of " +
                          count_of(lift.count, "split");
        finding.because = "the model improves on the baseline by about what is required, no more and no less";
        finding.look = "improve the model a little, so that luck does not decide";
    }
    return finding;
}

}  // namespace mlpath::checks
