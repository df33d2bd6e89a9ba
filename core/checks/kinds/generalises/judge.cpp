#include <algorithm>
#include <cmath>

#include "base/figures.hpp"
#include "base/text.hpp"
#include "checks/drawing.hpp"
#include "checks/folds.hpp"
#include "checks/kind.hpp"
#include "checks/subject.hpp"

namespace mlpath::checks {

Result<Finding> judge_generalises(const library::Check& check, Evaluation& evaluation, const Findings& /*found*/) {
    const auto& fields = check.fields;
    const auto measure = Measure::from(fields);
    const auto margin = fields.value("margin", 0.0);
    const auto share = fields.value("at_least", 0.9);
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
    finding.drawing = draw_spread(scores.lifts, margin);
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

}  // namespace mlpath::checks
