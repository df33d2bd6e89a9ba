#include <algorithm>
#include <cmath>

#include "base/figures.hpp"
#include "base/text.hpp"
#include "checks/drawing.hpp"
#include "checks/folds.hpp"
#include "checks/kind.hpp"
#include "checks/subject.hpp"

namespace mlpath::checks {

namespace {

constexpr const char* improvement = "improvement over the baseline";

// Too good to be true is no proof of a fault: it asks for a second look, and fails only where the project says so.
void call_suspicious(Finding& finding, const Json& fields, const std::string& measured, double mean, double ceiling) {
    finding.facts["suspicious"] = 1;
    const auto doubt = "suspicious: " + measured + " is above " + three_decimals(ceiling) +
                       ", the best that honest models are known to reach here";
    if (fields.at("above_ceiling") != "fail") {
        finding.warning = doubt;
        return;
    }
    finding.verdict = Verdict::fail;
    finding.judged = {.what = "mean metric", .value = mean, .required = ceiling, .side = Judged::Side::at_most};
    finding.message = doubt;
    finding.expected = "at most " + three_decimals(ceiling);
    finding.because =
        "answers that reached the model some other way: a column that tells the target, a public copy of "
        "the dataset, or memorized rows (overfitting)";
    finding.decided = false;  // what the author says of too low a score does not apply
}

// The mean over the splits.
Result<Finding> judge_mean(const library::Check& check, Evaluation& evaluation) {
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
    finding.measurements.push_back({"improvement", Series{scores.lifts}});
    finding.judged = {.what = improvement, .value = lift.mean, .required = margin};
    const auto measured = measure.metric + " " + in_words(metric) + " over " + count_of(lift.count, "split");
    finding.expected = "at least " + three_decimals(margin) + " better than " + baseline_in_words(measure.baseline) +
                       " (" + three_decimals(baseline.mean) + ")";
    finding.actual = measured + ", " + three_decimals(lift.mean) + " ± " + three_decimals(lift.deviation) + " better";
    if (lift.mean >= margin) {
        finding.verdict = Verdict::pass;
        finding.message =
            measured + "; " + baseline_in_words(measure.baseline) + " gives " + three_decimals(baseline.mean);
        if (metric.mean > ceiling) {
            call_suspicious(finding, fields, measured, metric.mean, ceiling);
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

// Too few splits would settle nothing: nearer to the share than two standard deviations, more are drawn.
Result<Finding> judge_splits(const library::Check& check, Evaluation& evaluation) {
    const auto& fields = check.fields;
    const auto measure = Measure::from(fields);
    const auto margin = fields.at("margin").get<double>();
    const auto share = fields.at("holds_in").get<double>();
    Scores scores;
    double holds = 0;
    double asked = 0;
    double noise = 0;  // two standard deviations of the number of splits that hold, were the share exactly reached
    const auto unclear = [&](const Scores& so_far) {
        const auto count = static_cast<double>(so_far.lifts.size());
        holds = static_cast<double>(std::ranges::count_if(so_far.lifts, [&](double lift) { return lift >= margin; }));
        asked = share * count;
        noise = 2 * std::sqrt(count * share * (1 - share));
        return holds < asked && holds + noise >= asked;
    };
    MLPATH_TRY(auto failure, score_until_clear(check, measure, evaluation, scores, unclear));
    if (failure) {
        return *failure;
    }

    const auto lift = spread_of(scores.lifts);
    const auto [lowest, highest] = std::ranges::minmax(scores.lifts);
    const auto held = std::to_string(static_cast<std::size_t>(holds)) + " of " + count_of(lift.count, "split");
    const auto asked_lift = (margin > 0 ? "at least " + three_decimals(margin) + " better than " : "as good as ") +
                            baseline_in_words(measure.baseline);
    Finding finding;
    finding.facts = {{"lift", lift.mean},
                     {"lift_sd", lift.deviation},
                     {"lowest", lowest},
                     {"highest", highest},
                     {"holds", holds},
                     {"n", static_cast<double>(lift.count)},
                     {"mean", spread_of(scores.metrics).mean}};
    finding.measurements.push_back({"improvement", Series{scores.lifts}});
    finding.judged = {
        .what = "proportion of splits", .value = holds / static_cast<double>(lift.count), .required = share};
    finding.drawing = draw_spread(scores.lifts, margin);
    finding.legend = spread_legend;
    finding.expected = asked_lift + " in " + figure(share * 100) + " % of the splits";
    finding.actual = "in " + held + "; the improvement over the baseline is " + in_words(lift) + ", from " +
                     three_decimals(lowest) + " to " + three_decimals(highest);
    if (holds >= asked) {
        finding.verdict = Verdict::pass;
        finding.message = measure.metric + " is " + asked_lift + " in " + held +
                          "; the improvement over the baseline is " + in_words(lift) + ", from " +
                          three_decimals(lowest) + " to " + three_decimals(highest);
    } else if (holds + noise < asked) {
        finding.verdict = Verdict::fail;
        finding.message = "the improvement over the baseline does not hold: it is there in only " + held;
        finding.because =
            "the model fits some splits of the data and not others: it has too much freedom for so few "
            "rows, or what it learned is true of one part only";
        finding.look =
            "a simpler or more regularized model varies less; compare its score on several splits "
            "(`cross_val_score`)";
    } else {
        finding.verdict = Verdict::error;
        finding.message = "too close to call: the improvement over the baseline holds in " + held;
        finding.because = "the model is about as steady as required, no more and no less";
        finding.look = "make the model a little better or steadier, so that luck does not decide";
    }
    return finding;
}

}  // namespace

Result<Finding> judge_score(const library::Check& check, Evaluation& evaluation, const Findings& /*found*/) {
    return check.fields.contains("holds_in") ? judge_splits(check, evaluation) : judge_mean(check, evaluation);
}

}  // namespace mlpath::checks
