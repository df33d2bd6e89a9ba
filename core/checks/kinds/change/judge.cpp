#include <algorithm>
#include <array>
#include <cmath>
#include <cstdio>

#include "base/files.hpp"
#include "base/text.hpp"
#include "checks/claims.hpp"
#include "checks/drawing.hpp"
#include "checks/folds.hpp"
#include "checks/kind.hpp"
#include "checks/kinds/change/conclusion.hpp"
#include "checks/kinds/change/experiment.hpp"
#include "checks/kinds/change/interval.hpp"
#include "checks/subject.hpp"
#include "metrics/metric.hpp"

namespace mlpath::checks {

namespace {

constexpr std::string_view difference_label = "Paired difference";

// As many decimals as the interval's width allows.
class Decimals {
public:
    explicit Decimals(double half)
        : m_count(half > 0 ? static_cast<int>(std::clamp(1 - std::floor(std::log10(half)), 0.0, 6.0)) : 3) {}
    [[nodiscard]] std::string of(double value) const {
        const double smallest = std::pow(10.0, -m_count);
        std::array<char, 400> buffer{};
        std::snprintf(buffer.data(), buffer.size(), "%.*f", m_count, std::abs(value) < smallest / 2 ? 0.0 : value);
        return buffer.data();
    }

private:
    int m_count;
};

// What both ways came to on the same folds.
struct Comparison {
    std::vector<double> before{};
    std::vector<double> after{};
    std::vector<double> differences{};  // after minus before
    double test_to_train = 0;           // mean over the folds
    std::size_t differing = 0;          // predictions that are not the same
};

class Change {
public:
    Change(const library::Check& check, Evaluation& evaluation)
        : m_fields(check.fields),
          m_evaluation(evaluation),
          m_experiment_name(m_fields.at("experiment").get<std::string>()),
          m_readme_name(m_fields.at("readme").get<std::string>()) {
        auto measured = m_fields;
        measured["baseline"] = {{"kind", "value"}, {"value", 0}};
        m_measure = Measure::from(measured);
    }

    Result<Finding> judge() {
        MLPATH_TRY(const auto declared, source(m_experiment_name));
        if (!declared) {
            return declared.error();
        }
        const auto experiment = read_experiment(*declared, m_experiment_name, m_evaluation.input().sources);
        if (!experiment) {
            return experiment.error();
        }
        MLPATH_TRY(const auto compared, compare(*experiment));
        if (!compared) {
            return compared.error();
        }
        if (compared->differing == 0) {
            return no_change(*compared);
        }
        MLPATH_TRY(const auto metric, metrics::parse_metric(m_measure.metric));
        const auto interval = corrected_interval(compared->differences, compared->test_to_train);
        auto finding = measured(*experiment, *compared, interval);
        MLPATH_CHECK(judge_readme(interval, metric.info->better, finding));
        return finding;
    }

private:
    // A file of the learner's; a Finding where there is none.
    Result<tl::expected<std::string, Finding>> source(const std::string& path) {
        library::Check reading;
        reading.kind = "change";
        reading.fields = {{"path", path}};
        return subject_of(reading, m_evaluation);
    }

    // The folds of the project's own seed, so that whoever runs the experiment again finds the README's figures.
    std::vector<Variant> variants(const std::vector<std::string>& way) const {
        const auto step = m_fields.at("step").get<std::string>();
        const auto steps = m_evaluation.project().steps;
        const auto own = std::ranges::find(steps, step, &library::Step::id);
        const auto* entry = m_evaluation.data_entry(m_fields.at("data").get<std::string>());
        auto made = fold_variants(m_fields, 0, m_fields.at("repeats").get<std::size_t>());
        for (auto& variant : made) {
            if (own == steps.end() || own->run != way) {  // else the runs are those of other checks as well
                variant.command = way;
            }
            if (entry != nullptr && entry->split && m_evaluation.seed_of(*entry) != entry->split->seed) {
                variant.seed = entry->split->seed;
            }
        }
        return made;
    }

    Result<tl::expected<Comparison, Finding>> compare(const Experiment& experiment) {
        using Outcome = tl::expected<Comparison, Finding>;
        const auto step = m_fields.at("step").get<std::string>();
        const std::array ways{variants(experiment.before), variants(experiment.after)};
        const auto both = [&](std::size_t fold) { return std::vector{ways[0][fold], ways[1][fold]}; };
        // What does not work on the first fold is not tried on the others.
        MLPATH_TRY(const auto first, m_evaluation.run(step, both(0)));
        for (std::size_t way = 0; way < ways.size(); ++way) {
            MLPATH_TRY(const auto scored, score_way(*first[way], way));
            if (!scored) {
                return Outcome(tl::unexpected(scored.error()));
            }
        }
        std::vector<Variant> all;
        for (std::size_t fold = 0; fold < ways[0].size(); ++fold) {
            const auto pair = both(fold);
            all.insert(all.end(), pair.begin(), pair.end());
        }
        MLPATH_TRY(const auto runs, m_evaluation.run(step, all));
        Comparison compared;
        for (std::size_t i = 0; i < runs.size(); i += 2) {
            MLPATH_TRY(const auto before, score_way(*runs[i], 0));
            MLPATH_TRY(const auto after, score_way(*runs[i + 1], 1));
            if (!before || !after) {
                return Outcome(tl::unexpected(before ? after.error() : before.error()));
            }
            compared.before.push_back(before->lift.metric);
            compared.after.push_back(after->lift.metric);
            compared.differences.push_back(after->lift.metric - before->lift.metric);
            for (std::size_t row = 0; row < before->predictions.size(); ++row) {
                compared.differing += before->predictions[row] != after->predictions[row] ? 1 : 0;
            }
            const auto& division = runs[i]->division;
            compared.test_to_train += static_cast<double>(division.test.rows.size()) /
                                      static_cast<double>(division.train.rows.size()) * 2 /
                                      static_cast<double>(runs.size());
        }
        return Outcome(std::move(compared));
    }

    Result<tl::expected<ScoredRun, Finding>> score_way(const Evidence& run, std::size_t way) {
        return score_run(run, m_measure,
                         std::string("`") + (way == 0 ? "before" : "after") + "`, on a fold of your experiment");
    }

    [[nodiscard]] Finding no_change(const Comparison& compared) const {
        auto finding = failed(
            "both ways predict exactly the same, row for row, in all " + count_of(compared.before.size(), "fold"),
            "the option is read and then not used, or both ways end in the same model",
            "print what your program does with the option, and look where that value goes");
        finding.expected = "two ways that really differ";
        finding.actual = m_measure.metric + " " + three_decimals(spread_of(compared.before).mean) + " both times";
        return finding;
    }

    // The finding before the README is read: what came out.
    Finding measured(const Experiment& experiment, const Comparison& compared, const Interval& interval) const {
        const Decimals decimals(interval.half());
        const auto before = spread_of(compared.before).mean;
        const auto after = spread_of(compared.after).mean;
        Finding finding;
        finding.message = "\"" + experiment.hypothesis + "\": " + m_measure.metric + " " + decimals.of(before) +
                          " before and " + decimals.of(after) + " after; paired difference " +
                          decimals.of(interval.mean) + ", 95 % interval " + decimals.of(interval.low) + " to " +
                          decimals.of(interval.high) + " over " + count_of(compared.differences.size(), "fold");
        finding.facts = {{"mean", interval.mean},
                         {"sd", interval.deviation},
                         {"low", interval.low},
                         {"high", interval.high},
                         {"before", before},
                         {"after", after},
                         {"n", static_cast<double>(compared.differences.size())}};
        finding.measurements.push_back({"paired difference", Series{compared.differences}});
        finding.drawing = draw_spread(compared.differences, 0, "no difference");
        finding.legend = finding.message +
                         ". In the picture o is the difference in one fold, 8 in two, @ in three or more; | is no "
                         "difference";
        if (const auto ceiling = m_fields.value("ceiling", HUGE_VAL); std::max(before, after) > ceiling) {
            finding.facts["suspicious"] = 1;
            finding.warning = "suspicious: " + m_measure.metric + " " + three_decimals(std::max(before, after)) +
                              " is above " + three_decimals(ceiling) +
                              ", the best that honest models are known to reach here";
        }
        return finding;
    }

    Status judge_readme(const Interval& interval, metrics::Better better, Finding& finding) {
        const auto shows = conclusion_of(interval, better);
        const Decimals decimals(interval.half());
        const auto lines = "the lines \"" + std::string(difference_label) + ": " + decimals.of(interval.mean) +
                           "\" and \"Conclusion: " + std::string(to_string(shows)) + "\"";
        const auto range = decimals.of(interval.low) + " to " + decimals.of(interval.high);
        const auto fails = [&](std::string message, std::string because = {}) {
            finding.verdict = Verdict::fail;
            finding.actual = std::move(finding.message);
            finding.message = std::move(message);
            finding.because = std::move(because);
            finding.expected = lines;
            return Status();
        };
        const auto name = "`" + m_readme_name + "`";
        MLPATH_TRY(const auto text, source(m_readme_name));
        if (!text) {
            return fails(text.error().message, text.error().because);
        }
        const auto document = markdown::read(*text);
        if (!is_utf8(*text) || !document) {
            return fails(name + " cannot be read: " + (document ? "it is not UTF-8 text" : document.error().message));
        }
        const auto stated = stated_after(*document, std::string(difference_label));
        if (stated.readings.empty()) {
            return fails("the experiment ran, and " + name + " does not state its paired difference",
                         stated.in_code_alone
                             ? "it is in a code block, and code blocks are not read: write it in the text"
                             : "the line is missing, or has no number");
        }
        const auto distance = [&](double number) {
            return std::max({interval.low - number, number - interval.high, 0.0});
        };
        const double number = std::ranges::min(stated.readings, {}, distance);
        if (distance(number) > m_fields.at("within").get<double>()) {
            return fails(name + " states a paired difference of " + decimals.of(number) +
                             ", and what we measured is from " + range,
                         "the number is of an older version of your program, of one split alone, or is before minus "
                         "after instead of after minus before");
        }
        return judge_conclusion(concluded_in(*document), shows, range, fails);
    }

    template <typename Fails>
    Status judge_conclusion(const Concluded& concluded, Conclusion shows, const std::string& range,
                            const Fails& fails) const {
        const auto name = "`" + m_readme_name + "`";
        if (!concluded.conclusion) {
            return fails(concluded.text.empty() ? "the experiment ran, and " + name + " has no line `Conclusion: …`"
                                                : "the conclusion in " + name + " is not clear: \"" +
                                                      printable(shortened(concluded.text)) + "\"",
                         "the line begins with one of `gain`, `loss` and `no difference`; say more behind it, if you "
                         "like");
        }
        if (*concluded.conclusion == shows) {
            return {};
        }
        const auto claims = name + " concludes `" + std::string(to_string(*concluded.conclusion)) + "`, and ";
        if (shows == Conclusion::no_difference) {
            return fails(claims + "the 95 % interval of the paired difference, " + range + ", holds 0",
                         "between folds the difference changes sign or nearly does, so these rows cannot show a " +
                             std::string(to_string(*concluded.conclusion)) +
                             ". \"No difference\" is a good and honest result: you found out, and it passes");
        }
        return fails(claims + "the whole 95 % interval of the paired difference, " + range + ", is a " +
                         std::string(to_string(shows)),
                     *concluded.conclusion == Conclusion::no_difference
                         ? "your result is clearer than you say: the interval does not hold 0"
                         : "the sign is that of before minus after, or for this metric the other direction is better");
    }

    static Conclusion conclusion_of(const Interval& interval, metrics::Better better) {
        if (interval.low <= 0 && interval.high >= 0) {
            return Conclusion::no_difference;
        }
        return (interval.low > 0) == (better == metrics::Better::higher) ? Conclusion::gain : Conclusion::loss;
    }

    const Json& m_fields;
    Evaluation& m_evaluation;
    std::string m_experiment_name;
    std::string m_readme_name;
    Measure m_measure{};
};

}  // namespace

Result<Finding> judge_change(const library::Check& check, Evaluation& evaluation, const Findings& /*found*/) {
    return Change(check, evaluation).judge();
}

}  // namespace mlpath::checks
