#include "checks/engine.hpp"

#include <algorithm>
#include <array>

#include "base/text.hpp"
#include "checks/about.hpp"
#include "checks/finding_json.hpp"
#include "checks/kinds.hpp"

namespace mlpath::checks {

namespace {

enum class Cost { cheap, reruns };
enum class Kept { found_again, never };  // a measured time is another each time

struct Kind {
    std::string_view name;
    Result<Finding> (*find)(const library::Check&, Evaluation&);
    Cost cost = Cost::cheap;
    Kept kept = Kept::found_again;
};

// `document` is not among them: it asks for what other checks found.
constexpr std::array kinds{Kind{"file", check_file},
                           Kind{"command", check_command},
                           Kind{"table", check_table},
                           Kind{"python", check_python},
                           Kind{"score", check_score, Cost::reruns},
                           Kind{"behaves", check_behaves, Cost::reruns},
                           Kind{"reproducible", check_reproducible, Cost::reruns},
                           Kind{"leakage", check_leakage, Cost::reruns},
                           Kind{"generalises", check_generalises, Cost::reruns},
                           Kind{"budget", check_budget, Cost::reruns, Kept::never}};

bool reruns(const library::Check& check) {
    const auto kind = std::ranges::find(kinds, check.kind, &Kind::name);
    return kind != kinds.end() && kind->cost == Cost::reruns;
}

Finding could_not_tell(const Error& error) {
    return {.verdict = Verdict::error, .message = error.message, .look = error.hint};
}

class Judge {
public:
    explicit Judge(Evaluation& evaluation) : m_evaluation(evaluation) {}

    Result<Finding> find(const library::Check& check) {
        if (const auto known = m_findings.find(check.id); known != m_findings.end()) {
            return known->second;
        }
        for (const auto& id : check.kind == "document" ? claimed_checks(check) : std::vector<std::string>()) {
            // A document that claimed itself would never end.
            if (const auto* claimed = check_by_id(id); claimed != nullptr && claimed->kind != "document") {
                MLPATH_TRY([[maybe_unused]] const auto finding, find(*claimed));
            }
        }
        auto* memory = may_be_kept(check) ? m_evaluation.input().memory : nullptr;
        const auto key = memory == nullptr ? std::nullopt : key_in(*memory, check);
        if (auto known = key ? memory->recall(*key) : std::nullopt) {
            known->remembered = true;
            return m_findings.emplace(check.id, std::move(*known)).first->second;
        }
        auto finding = by_kind(check);
        if (!finding && finding.error().kind == ErrorKind::interrupted) {
            return fail(finding.error());
        }
        auto result = finding ? std::move(*finding) : could_not_tell(finding.error());
        if (result.verdict == Verdict::fail && result.decided) {
            // What the author wrote knows the project, what a kind says by itself is general; but a check script has
            // seen the very value.
            const bool seen = check.kind == "python" && !result.because.empty();
            result.because = seen || check.because.empty() ? result.because : check.because;
            result.look = result.look.empty() ? check.look : result.look;
        }
        result.lasting = result.lasting && !m_evaluation.hangs().met_by(check.id);
        if (key && is_lasting(result)) {
            memory->keep(*key, result);
        }
        return m_findings.emplace(check.id, std::move(result)).first->second;
    }

    // Whether finding it out would rerun the learner's program many times.
    [[nodiscard]] bool is_costly(const library::Check& check) const {
        if (m_findings.contains(check.id)) {
            return false;
        }
        const auto claimed = check.kind == "document" ? claimed_checks(check) : std::vector<std::string>();
        return reruns(check) ||
               std::ranges::any_of(claimed, [&](const std::string& id) { return !m_findings.contains(id); });
    }

private:
    [[nodiscard]] const library::Check* check_by_id(std::string_view id) const {
        for (const auto& milestone : m_evaluation.project().milestones) {
            const auto found = std::ranges::find(milestone.checks, id, &library::Check::id);
            if (found != milestone.checks.end()) {
                return &*found;
            }
        }
        return nullptr;
    }

    std::optional<std::string> key_in(Memory& memory, const library::Check& check) const {
        try {
            return key_of(check, m_evaluation, m_findings, memory);
        } catch (const Json::exception&) {
            return std::nullopt;  // a manifest that was not linted: by_kind tells
        }
    }

    Result<Finding> by_kind(const library::Check& check) {
        try {
            if (const auto kind = std::ranges::find(kinds, check.kind, &Kind::name); kind != kinds.end()) {
                return kind->find(check, m_evaluation);
            }
            if (check.kind == "document") {
                return check_document(check, m_evaluation, m_findings);
            }
        } catch (const Json::exception& defect) {
            // The schema was to exclude this: a manifest that was not linted.
            return fail(ErrorKind::malformed, "check `" + check.id + "` is not well-formed: " + defect.what(),
                        "run `mlpath lint`");
        }
        return fail(ErrorKind::malformed, "there is no check of kind `" + check.kind + "`", "run `mlpath lint`");
    }

    Evaluation& m_evaluation;
    Findings m_findings;
};

MilestoneResult skipped_milestone(const library::Project& project, const library::Milestone& milestone,
                                  const std::string& after) {
    MilestoneResult result{.id = milestone.id, .title = milestone.title, .verdict = Verdict::skipped};
    for (const auto& check : milestone.checks) {
        result.checks.push_back(
            result_of(check, project, {.verdict = Verdict::skipped, .message = "comes after `" + after + "`"}));
    }
    return result;
}

// The milestone with the checks that the plan asks for.
library::Milestone asked_of(const library::Milestone& milestone, const Plan& plan) {
    auto asked = milestone;
    if (!plan.kinds.empty()) {
        std::erase_if(asked.checks, [&](const library::Check& check) {
            return std::ranges::find(plan.kinds, check.kind) == plan.kinds.end();
        });
    }
    return asked;
}

Result<MilestoneResult> judge_milestone(const library::Project& project, const library::Milestone& milestone,
                                        Judge& judge, Observer& observer) {
    MilestoneResult result{.id = milestone.id, .title = milestone.title};
    std::vector<std::size_t> cheap;
    std::vector<std::size_t> costly;
    for (std::size_t i = 0; i < milestone.checks.size(); ++i) {
        const auto& check = milestone.checks[i];
        result.checks.push_back(result_of(check, project, {}));
        (judge.is_costly(check) ? costly : cheap).push_back(i);
    }
    for (const auto* group : {&cheap, &costly}) {
        for (const auto i : *group) {
            const auto& check = milestone.checks[i];
            auto& finding = result.checks[i].finding;
            // Asked again: a document waits only for figures that are not there yet.
            if (group == &costly && result.verdict != Verdict::pass && judge.is_costly(check)) {
                finding = {.verdict = Verdict::skipped,
                           .message = "waits for the other checks of `" + milestone.id + "`"};
            } else {
                observer.check_begins(check);
                MLPATH_TRY(finding, judge.find(check));
            }
            result.verdict = worst(result.verdict, finding.verdict);
        }
    }
    return result;
}

}  // namespace

bool may_be_kept(const library::Check& check) {
    const auto kind = std::ranges::find(kinds, check.kind, &Kind::name);
    return kind == kinds.end() || kind->kept == Kept::found_again;
}

CheckResult result_of(const library::Check& check, const library::Project& project, Finding finding) {
    return {check.id, check.kind, check.says, std::move(finding), file_about(check, project)};
}

Result<std::vector<MilestoneResult>> judge_project(Evaluation& evaluation, const Plan& plan, Observer& observer) {
    std::vector<const library::Milestone*> wanted;
    for (const auto& milestone : evaluation.project().milestones) {
        if (plan.milestones.empty() || std::ranges::find(plan.milestones, milestone.id) != plan.milestones.end()) {
            wanted.push_back(&milestone);
        }
    }
    Judge judge(evaluation);
    std::vector<MilestoneResult> results;
    std::string stopped_at;
    for (const auto* milestone : wanted) {
        if (!stopped_at.empty()) {
            results.push_back(skipped_milestone(evaluation.project(), *milestone, stopped_at));
            continue;
        }
        if (evaluation.input().stop.stop_requested()) {
            return fail(ErrorKind::interrupted, "interrupted");
        }
        observer.milestone_begins(*milestone, results.size() + 1, wanted.size());
        MLPATH_TRY(auto result, judge_milestone(evaluation.project(), asked_of(*milestone, plan), judge, observer));
        observer.milestone_ended(result);
        if (plan.order == Order::first_failure && result.verdict != Verdict::pass) {
            stopped_at = milestone->id;
        }
        results.push_back(std::move(result));
    }
    return results;
}

}  // namespace mlpath::checks
