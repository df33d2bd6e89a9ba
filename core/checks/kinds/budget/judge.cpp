#include <algorithm>

#include "base/text.hpp"
#include "checks/kind.hpp"
#include "checks/scoring.hpp"
#include "checks/subject.hpp"

namespace mlpath::checks {

namespace {

constexpr std::size_t least_rounds = 5;
constexpr std::size_t most_rounds = 11;

// What is compared, in the words of a sentence: "training takes 3.100 times as long as the reference".
struct Quantity {
    const char* key;
    const char* begins;
    const char* ends;
    const char* look;
};
constexpr Quantity quantities[] = {
    {"time", "training takes", "as long as", "where does the time go? `python3 -m cProfile -s tottime` tells"},
    {"memory", "training needs", "as much memory as", "which table or model is kept twice? `tracemalloc` tells"},
    {"size", "the model's file is", "as large as", "what is stored besides the model? Rows to learn from need not be"},
    {"latency", "predicting takes", "as long as", "load the model once and predict all rows in one call"},
};

using Ratios = std::map<std::string, std::vector<double>>;

class Budget {
public:
    Budget(const library::Check& check, Evaluation& evaluation)
        : m_check(check),
          m_evaluation(evaluation),
          m_step(check.fields.at("step").get<std::string>()),
          m_predict(check.fields.value("predict", std::string())),
          m_model(check.fields.value("model", std::string())) {}

    Result<Finding> judge() {
        for (std::size_t rounds = 0; rounds < most_rounds; ++rounds) {
            MLPATH_TRY(const auto trouble, run_round(rounds));
            if (trouble) {
                return *trouble;
            }
            // An odd number of rounds has a median.
            const auto done = rounds + 1;
            if (done >= least_rounds && done % 2 == 1 && all_clear()) {
                break;
            }
        }
        return conclude();
    }

private:
    enum class Standing { within, beyond, unclear };

    [[nodiscard]] double limit_of(const std::string& key) const {
        return m_check.fields.at("at_most").at(key).get<double>();
    }

    // What one run of the learner's, or of the reference, took of each quantity that has a limit.
    Result<tl::expected<std::map<std::string, double>, Finding>> measure(std::size_t round,
                                                                         const std::string& reference) {
        using Outcome = tl::expected<std::map<std::string, double>, Finding>;
        const auto& last = m_predict.empty() ? m_step : m_predict;
        MLPATH_TRY(const auto runs, m_evaluation.run(last, {{.data = m_check.fields.at("data").get<std::string>(),
                                                             .repeat = round + 1,
                                                             .manner = Manner::cold,
                                                             .reference = reference}}));
        const auto& run = *runs.front();
        if (!run.succeeded()) {
            return Outcome(tl::unexpected(step_failed(run)));
        }
        std::map<std::string, double> taken;
        const auto& costs = run.outcome.costs;
        if (const auto cost = costs.find(m_step); cost != costs.end()) {
            taken["time"] = static_cast<double>(cost->second.wall.count());
            taken["memory"] = static_cast<double>(cost->second.peak_memory_bytes);
        }
        if (const auto cost = costs.find(m_predict); cost != costs.end()) {
            taken["latency"] = static_cast<double>(cost->second.wall.count());
        }
        if (!m_model.empty()) {
            const auto model = artifact_of(run, m_model);
            if (!model) {
                return Outcome(tl::unexpected(model.error()));
            }
            taken["size"] = static_cast<double>(model->size());
        }
        return Outcome(taken);
    }

    // The learner's and the reference, one behind the other, in turns which comes first: whatever slows the machine
    // for a while slows both.
    Result<std::optional<Finding>> run_round(std::size_t round) {
        const auto reference = m_check.fields.at("reference").get<std::string>();
        std::map<std::string, double> own;
        std::map<std::string, double> theirs;
        for (const bool is_own : {round % 2 == 0, round % 2 != 0}) {
            MLPATH_TRY(const auto taken, measure(round, is_own ? std::string() : reference));
            if (!taken) {
                auto finding = taken.error();
                if (!is_own) {
                    finding.verdict = Verdict::error;
                    finding.message = "the project's reference program did not do its part: " + finding.message;
                    finding.because = "this is a fault of the project, not of your work";
                }
                return std::optional(std::move(finding));
            }
            (is_own ? own : theirs) = *taken;
        }
        for (const auto& [key, limit] : m_check.fields.at("at_most").items()) {
            if (!(theirs[key] > 0) || !(own[key] > 0)) {
                return std::optional(Finding{.verdict = Verdict::error,
                                             .message = "the " + key + " could not be measured on this machine"});
            }
            m_ratios[key].push_back(own[key] / theirs[key]);
        }
        return std::optional<Finding>();
    }

    // Clear where nearly all rounds say the same: with five rounds all, with nine all but one, with eleven all but two.
    [[nodiscard]] Standing standing_of(const std::string& key) const {
        const auto& ratios = m_ratios.at(key);
        const auto limit = limit_of(key);
        const auto beyond =
            static_cast<std::size_t>(std::ranges::count_if(ratios, [&](double ratio) { return ratio > limit; }));
        const std::size_t odd_ones = ratios.size() >= most_rounds ? 2 : ratios.size() >= 9 ? 1 : 0;
        return beyond <= odd_ones                   ? Standing::within
               : beyond + odd_ones >= ratios.size() ? Standing::beyond
                                                    : Standing::unclear;
    }
    [[nodiscard]] bool all_clear() const {
        return std::ranges::none_of(m_ratios,
                                    [&](const auto& entry) { return standing_of(entry.first) == Standing::unclear; });
    }

    static double median_of(std::vector<double> values) {
        std::ranges::sort(values);
        return values[values.size() / 2];
    }

    [[nodiscard]] Result<Finding> conclude() const {
        Finding finding;
        std::vector<std::string> within;
        for (const auto& quantity : quantities) {
            if (!m_ratios.contains(quantity.key)) {
                continue;
            }
            const auto& ratios = m_ratios.at(quantity.key);
            const auto median = median_of(ratios);
            const auto limit = limit_of(quantity.key);
            const auto words = std::string(quantity.begins) + " " + three_decimals(median) + " times " + quantity.ends +
                               " the reference";
            finding.facts[quantity.key] = median;
            finding.facts["rounds"] = static_cast<double>(ratios.size());
            const auto standing = standing_of(quantity.key);
            if (standing == Standing::within) {
                within.push_back(words + " (at most " + three_decimals(limit) + ")");
                continue;
            }
            const auto verdict = standing == Standing::beyond ? Verdict::fail : Verdict::error;
            if (worst(finding.verdict, verdict) == finding.verdict) {
                continue;  // the worst is told
            }
            const auto [low, high] = std::ranges::minmax(ratios);
            finding.verdict = verdict;
            finding.message = verdict == Verdict::fail
                                  ? words
                                  : "too close to call: " + words + ", and the rounds do not agree about the limit";
            finding.expected = "at most " + three_decimals(limit) + " times " + quantity.ends + " the reference";
            finding.actual = three_decimals(median) + " times, the median of " + std::to_string(ratios.size()) +
                             " rounds in turns (" + three_decimals(low) + " to " + three_decimals(high) + ")";
            finding.because = verdict == Verdict::fail
                                  ? ""
                                  : "the machine is busy with other things, or the program is just at the limit";
            finding.look = quantity.look;
        }
        if (finding.verdict == Verdict::pass) {
            finding.message = join(within, "; ");
        }
        return finding;
    }

    const library::Check& m_check;
    Evaluation& m_evaluation;
    std::string m_step;
    std::string m_predict;
    std::string m_model;
    Ratios m_ratios{};
};

}  // namespace

Result<Finding> judge_budget(const library::Check& check, Evaluation& evaluation, const Findings& /*found*/) {
    return Budget(check, evaluation).judge();
}

}  // namespace mlpath::checks
