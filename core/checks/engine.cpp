#include "checks/engine.hpp"

#include <algorithm>
#include <atomic>
#include <chrono>
#include <iterator>
#include <mutex>

#include "base/side_by_side.hpp"
#include "base/text.hpp"
#include "checks/about.hpp"
#include "checks/explain.hpp"
#include "checks/finding_json.hpp"
#include "checks/judge_script.hpp"
#include "checks/kind.hpp"

namespace mlpath::checks {

namespace {

bool reruns(const library::Check& check) {
    const auto* const kind = kind_of(check);
    return kind != nullptr && kind->cost == Cost::reruns;
}

Finding could_not_tell(const Error& error) {
    return {.verdict = Verdict::error, .message = error.message, .look = error.hint};
}

// Safe to use from several threads, each with checks of its own.
class Judge {
public:
    explicit Judge(Evaluation& evaluation) : m_evaluation(evaluation) {}

    Result<Finding> find(const library::Check& check) {
        if (const auto known = found(check.id)) {
            return *known;
        }
        for (const auto& id : needed_checks(check)) {
            // A document that claimed itself would never end.
            if (const auto* needed = check_by_id(id); needed != nullptr && needed_checks(*needed).empty()) {
                MLPATH_TRY([[maybe_unused]] const auto finding, find(*needed));
            }
        }
        auto* memory = may_be_kept(check) ? m_evaluation.input().memory : nullptr;
        const auto key = memory == nullptr ? std::nullopt : key_in(*memory, check);
        if (auto known = key ? memory->recall(*key) : std::nullopt) {
            known->remembered = true;
            tell("check recalled", check, [&] { return LogFields{{"verdict", in_words(*known)}, {"key", *key}}; });
            return keep(check.id, std::move(*known));
        }
        tell("check not recalled", check, [&] { return LogFields{{"why", why_not_recalled(check, key)}}; });
        auto finding = by_kind(check);
        if (!finding && finding.error().kind == ErrorKind::interrupted) {
            return fail(finding.error());
        }
        auto result = finding ? std::move(*finding) : could_not_tell(finding.error());
        if (result.verdict == Verdict::fail) {
            MLPATH_CHECK(show_what_its_step_printed(check, result));
            explain(check, untouched_file(check, m_evaluation.project(), m_evaluation.input().untouched), result);
        }
        result.lasting = result.lasting && !m_evaluation.hangs().met_by(check.id);
        const bool keeps = key && is_lasting(result);
        tell("check judged", check, [&] {
            return LogFields{{"verdict", in_words(result)},
                             {"kept", keeps               ? "under " + *key
                                      : memory == nullptr ? "no"
                                      : key               ? "no: another time it may be found otherwise"
                                                          : "no: it cannot be told what it sees"}};
        });
        if (keeps) {
            memory->keep(*key, result);
        }
        return keep(check.id, std::move(result));
    }

    // As if it had not been found out.
    void forget(const library::Check& check) {
        const std::scoped_lock lock(m_mutex);
        m_findings.erase(check.id);
    }

    // Whether finding it out would rerun the learner's program many times.
    [[nodiscard]] bool is_costly(const library::Check& check) const {
        if (found(check.id)) {
            return false;
        }
        return reruns(check) ||
               std::ranges::any_of(needed_checks(check), [&](const std::string& id) { return !found(id); });
    }

    [[nodiscard]] unsigned jobs() const { return m_evaluation.input().jobs; }

private:
    // Names and verdicts, no more: what is found may quote what is held out.
    template <typename Fields>
    void tell(std::string_view event, const library::Check& check, Fields fields) const {
        m_evaluation.input().log.info(event, [&] {
            LogFields all{{"project", m_evaluation.project().id}, {"check", check.id}, {"kind", check.kind}};
            std::ranges::move(fields(), std::back_inserter(all));
            return all;
        });
    }
    static std::string in_words(const Finding& finding) { return std::string(to_string(finding.verdict)); }
    [[nodiscard]] std::string why_not_recalled(const library::Check& check,
                                               const std::optional<std::string>& key) const {
        if (!may_be_kept(check)) {
            return "a check of its kind measures, and is judged every time";
        }
        const auto* memory = m_evaluation.input().memory;
        if (memory == nullptr) {
            return "no results of before are used";
        }
        return key ? std::string(memory->why_nothing()) : "it cannot be told what it sees";
    }

    [[nodiscard]] std::optional<Finding> found(const std::string& id) const {
        const std::scoped_lock lock(m_mutex);
        const auto known = m_findings.find(id);
        return known == m_findings.end() ? std::nullopt : std::optional(known->second);
    }
    Finding keep(const std::string& id, Finding finding) {
        const std::scoped_lock lock(m_mutex);
        return m_findings.emplace(id, std::move(finding)).first->second;
    }
    [[nodiscard]] Findings findings() const {
        const std::scoped_lock lock(m_mutex);
        return m_findings;
    }

    [[nodiscard]] const library::Check* check_by_id(std::string_view id) const {
        for (const auto& milestone : m_evaluation.project().milestones) {
            const auto found = std::ranges::find(milestone.checks, id, &library::Check::id);
            if (found != milestone.checks.end()) {
                return &*found;
            }
        }
        return nullptr;
    }

    // Of a step that ended well, whose artifacts are wrong: a debugging print is the first tool that anybody has.
    Status show_what_its_step_printed(const library::Check& check, Finding& finding) {
        const auto step = check.fields.find("step");
        const bool is_measured = !may_be_kept(check);  // beside what is timed nothing else is run
        if (step == check.fields.end() || !step->is_string() || !finding.output.empty() || !finding.lasting ||
            is_measured) {
            return {};
        }
        const auto evidence = m_evaluation.run(step->get<std::string>());
        if (evidence) {
            finding.output = run::shown_of((*evidence)->outcome.process).output;
        }
        return evidence || evidence.error().kind != ErrorKind::interrupted ? Status() : fail(evidence.error());
    }

    std::optional<std::string> key_in(Memory& memory, const library::Check& check) const {
        try {
            return key_of(check, m_evaluation, findings(), memory);
        } catch (const Json::exception&) {
            return std::nullopt;  // a manifest that was not linted: by_kind tells
        }
    }

    Result<Finding> by_kind(const library::Check& check) {
        try {
            if (const auto* const kind = kind_of(check)) {
                return kind->judge != nullptr ? kind->judge(check, m_evaluation, findings())
                                              : judge_by_script(check, m_evaluation);
            }
        } catch (const Json::exception& defect) {
            // The schema was to exclude this: a manifest that was not linted.
            return fail(ErrorKind::malformed, "check `" + check.id + "` is not well-formed: " + defect.what(),
                        "run `mlpath lint`");
        }
        return fail(ErrorKind::malformed, "there is no check of kind `" + check.kind + "`", "run `mlpath lint`");
    }

    Evaluation& m_evaluation;
    mutable std::mutex m_mutex{};  // guards the findings; they are made outside it
    Findings m_findings{};
};

MilestoneResult skipped_milestone(const library::Project& project, const library::Milestone& milestone,
                                  const Untried& untried) {
    MilestoneResult result{.id = milestone.id, .title = milestone.title, .verdict = Verdict::skipped};
    for (const auto& check : milestone.checks) {
        result.checks.push_back(
            result_of(check, project, {.verdict = Verdict::skipped, .message = untried.why, .look = untried.look}));
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
    if (!plan.check.empty()) {
        std::erase_if(asked.checks, [&](const library::Check& check) { return check.id != plan.check; });
    }
    return asked;
}

// The checks of one milestone: the cheap ones side by side, then the costly ones, then those that bear nothing beside
// them.
class MilestoneJudge {
public:
    MilestoneJudge(const library::Project& project, const library::Milestone& milestone, Judge& judge,
                   Observer& observer)
        : m_milestone(milestone), m_judge(judge), m_observer(observer) {
        m_result = {.id = milestone.id, .title = milestone.title};
        for (const auto& check : milestone.checks) {
            m_result.checks.push_back(result_of(check, project, {}));
        }
    }

    Result<MilestoneResult> result() {
        Lane in_line;
        Lane costly;
        Lane alone;
        std::vector<Lane> cheap;
        for (std::size_t i = 0; i < m_milestone.checks.size(); ++i) {
            const auto& check = m_milestone.checks[i];
            const bool is_costly = m_judge.is_costly(check);
            const auto* const kind = kind_of(check);
            switch (kind == nullptr ? Company::any : kind->company) {
                case Company::others: in_line.push_back(i); break;
                case Company::any: is_costly ? costly.push_back(i) : cheap.push_back({i}); break;
                case Company::none: is_costly ? alone.push_back(i) : cheap.push_back({i}); break;
            }
        }
        if (!in_line.empty()) {
            cheap.insert(cheap.begin(), std::move(in_line));
        }
        MLPATH_CHECK(try_cheap(cheap));
        MLPATH_CHECK(try_costly(costly));
        MLPATH_CHECK(try_alone(alone));
        return std::move(m_result);
    }

private:
    using Lane = std::vector<std::size_t>;  // of checks that are tried one after the other

    Status try_cheap(const std::vector<Lane>& lanes) {
        const auto try_lane = [&](std::size_t lane) -> Status {
            for (const auto i : lanes[lane]) {
                MLPATH_CHECK(find(i));
            }
            return {};
        };
        MLPATH_CHECK(side_by_side(lanes.size(), m_judge.jobs(), try_lane));
        for (const auto& lane : lanes) {
            std::ranges::for_each(lane, [&](std::size_t i) { count(i); });
        }
        return {};
    }

    // Those behind a failure count as not tried, also where another thread had tried them already: what a report says
    // must not hang on who was faster.
    Status try_costly(const Lane& lane) {
        std::atomic<std::size_t> failed = lane.size();  // at this place the first did
        const auto try_one = [&](std::size_t place) -> Status {
            if (failed < place || m_result.verdict != Verdict::pass) {
                return {};
            }
            MLPATH_CHECK(find(lane[place]));
            if (m_result.checks[lane[place]].finding.verdict != Verdict::pass) {
                auto first = failed.load();
                while (place < first && !failed.compare_exchange_weak(first, place)) {
                }
            }
            return {};
        };
        MLPATH_CHECK(side_by_side(lane.size(), m_judge.jobs(), try_one));
        for (const auto i : lane) {
            if (m_result.verdict != Verdict::pass) {
                m_judge.forget(m_milestone.checks[i]);
                wait(i);
            }
            count(i);
        }
        return {};
    }

    Status try_alone(const Lane& lane) {
        for (const auto i : lane) {
            // Asked again: a document waits only for figures that are not there yet.
            if (m_result.verdict != Verdict::pass && m_judge.is_costly(m_milestone.checks[i])) {
                wait(i);
            } else {
                MLPATH_CHECK(find(i));
            }
            count(i);
        }
        return {};
    }

    Status find(std::size_t i) {
        {
            const std::scoped_lock lock(m_mutex);
            m_observer.check_begins(m_milestone.checks[i]);
        }
        auto& result = m_result.checks[i];
        const auto begun = std::chrono::steady_clock::now();
        MLPATH_TRY(result.finding, m_judge.find(m_milestone.checks[i]));
        if (!result.finding.remembered) {
            result.took = std::chrono::round<std::chrono::milliseconds>(std::chrono::steady_clock::now() - begun);
        }
        return {};
    }
    void wait(std::size_t i) {
        m_result.checks[i].finding = {.verdict = Verdict::skipped,
                                      .message = "waits for the other checks of `" + m_milestone.id + "`"};
        m_result.checks[i].took.reset();
    }
    void count(std::size_t i) { m_result.verdict = worst(m_result.verdict, m_result.checks[i].finding.verdict); }

    const library::Milestone& m_milestone;
    Judge& m_judge;
    Observer& m_observer;
    std::mutex m_mutex{};  // guards the observer
    MilestoneResult m_result{};
};

}  // namespace

bool may_be_kept(const library::Check& check) {
    const auto* const kind = kind_of(check);
    return kind == nullptr || kind->kept == Kept::found_again;
}

CheckResult result_of(const library::Check& check, const library::Project& project, Finding finding) {
    return {.id = check.id,
            .kind = check.kind,
            .says = check.says,
            .finding = std::move(finding),
            .file = file_about(check, project)};
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
            results.push_back(
                skipped_milestone(evaluation.project(), *milestone, {"comes after `" + stopped_at + "`", ""}));
            continue;
        }
        if (evaluation.input().stop.stop_requested()) {
            return fail(ErrorKind::interrupted, "interrupted");
        }
        observer.milestone_begins(*milestone, results.size() + 1, wanted.size());
        if (const auto untried = plan.untried.find(milestone->id); untried != plan.untried.end()) {
            auto result = skipped_milestone(evaluation.project(), *milestone, untried->second);
            result.notes.push_back("it " + untried->second.why + "; " + untried->second.look);
            observer.milestone_ended(result);
            results.push_back(std::move(result));
            continue;
        }
        const auto asked = asked_of(*milestone, plan);
        MLPATH_TRY(auto result, MilestoneJudge(evaluation.project(), asked, judge, observer).result());
        result.notes = evaluation.take_heard();
        observer.milestone_ended(result);
        if (plan.order == Order::first_failure && result.verdict != Verdict::pass) {
            stopped_at = milestone->id;
        }
        results.push_back(std::move(result));
    }
    return results;
}

}  // namespace mlpath::checks
