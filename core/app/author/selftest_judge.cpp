#include "app/author/selftest_judge.hpp"

#include <algorithm>
#include <chrono>

#include "app/data/judges_secret.hpp"
#include "base/pattern.hpp"
#include "base/text.hpp"
#include "checks/finding_json.hpp"
#include "checks/kind.hpp"

namespace mlpath::app {

namespace {

// The kinds whose verdict depends on which rows were drawn; the others are judged once.
std::vector<std::string> drawn_kinds() {
    std::vector<std::string> names;
    for (const auto* kind : checks::all_kinds()) {
        if (kind->draw == checks::Draw::decides) {
            names.emplace_back(kind->told.name);
        }
    }
    return names;
}

// For people, in a sentence.
std::string told_in_words(const checks::Finding& finding) {
    std::string text = '"' + printable(finding.message) + '"';
    const auto add = [&](const char* what, const std::string& part) {
        text += part.empty() ? "" : std::string(", ") + what + " \"" + printable(part) + '"';
    };
    add("expected", finding.expected);
    add("found", finding.actual);
    add("because", finding.because);
    add("look", finding.look);
    return text;
}

std::vector<DrawnCheck> drawn_checks(const std::vector<checks::MilestoneResult>& results) {
    std::vector<DrawnCheck> drawn;
    for (const auto& result : results) {
        for (const auto& check : result.checks) {
            if (checks::hangs_on_draw(check.kind)) {
                drawn.push_back({result.id, check.id, check.finding.verdict, check.finding.judged});
            }
        }
    }
    return drawn;
}

// Everything that a failure tells, where a flaw's message is sought.
std::string everything_told(const checks::Finding& finding) {
    return finding.message + '\n' + finding.expected + '\n' + finding.actual + '\n' + finding.because + '\n' +
           finding.look + '\n' + finding.code + '\n' + finding.output;
}

std::string ended(checks::Verdict verdict) {
    switch (verdict) {
        case checks::Verdict::pass: return "passes";
        case checks::Verdict::fail: return "fails";
        case checks::Verdict::error: return "could not be judged";
        case checks::Verdict::skipped: return "was skipped";
    }
    return {};
}

std::string outcome(const checks::MilestoneResult& milestone) {
    auto text = "the milestone " + ended(milestone.verdict);
    for (const auto& check : milestone.checks) {
        if (check.finding.verdict != checks::Verdict::pass) {
            return text + ", at its check " + check.id + ", which says " + told_in_words(check.finding);
        }
    }
    return text;
}

// What comes after a flaw's milestone decides nothing. By another draw, neither does what comes before it: that is the
// solution's, which is judged by the same draw.
checks::Plan plan_for(const library::Project& project, const Round& round) {
    checks::Plan plan{.order = checks::Order::everything, .kinds = kinds_of(round)};
    if (round.subject.kind != Subject::Kind::flaw) {
        return plan;
    }
    const auto& flaw = round.subject.flaw;
    if (round.seed != 0) {
        plan.milestones = {flaw.milestone};
        plan.check = flaw.check;
        return plan;
    }
    for (const auto& milestone : project.milestones) {
        plan.milestones.push_back(milestone.id);
        if (milestone.id == flaw.milestone) {
            break;
        }
    }
    return plan;
}

// Whether another time would find the same of the check; what was skipped waited for something else, which decides.
bool is_lasting(const library::Milestone& milestone, const checks::CheckResult& result) {
    const auto check = std::ranges::find(milestone.checks, result.id, &library::Check::id);
    return result.finding.verdict == checks::Verdict::skipped ||
           (checks::is_lasting(result.finding) && check != milestone.checks.end() && checks::may_be_kept(*check));
}

bool is_lasting(const library::Project& project, const std::vector<checks::MilestoneResult>& results) {
    return std::ranges::all_of(results, [&](const checks::MilestoneResult& result) {
        const auto milestone = std::ranges::find(project.milestones, result.id, &library::Milestone::id);
        return milestone != project.milestones.end() &&
               std::ranges::all_of(result.checks, [&](const auto& check) { return is_lasting(*milestone, check); });
    });
}

std::string first_line(const std::string& text) {
    const auto all = lines(text);
    return all.empty() ? std::string() : std::string(all.front());
}

// The check of the flaw where it fails, or the first that does not pass.
SubjectEnd end_of(const Subject& subject, const std::vector<checks::MilestoneResult>& results) {
    SubjectEnd first;
    for (const auto& result : results) {
        for (const auto& check : result.checks) {
            const bool wanted = result.id == subject.flaw.milestone && check.id == subject.flaw.check;
            if (check.finding.verdict == checks::Verdict::pass || (!first.check.empty() && !wanted)) {
                continue;
            }
            SubjectEnd end{.milestone = result.id, .check = check.id, .told = first_line(check.finding.message)};
            if (wanted) {
                return end;
            }
            first = std::move(end);
        }
    }
    return first;
}

// How the subject's milestones should have ended, against how they did.
class Expectations {
public:
    Expectations(const library::Project& project, const Round& round) : m_project(project), m_round(round) {}

    Status look_at(const std::vector<checks::MilestoneResult>& milestones) {
        for (const auto& milestone : milestones) {
            switch (m_round.subject.kind) {
                case Subject::Kind::skeleton: skeleton(milestone); break;
                case Subject::Kind::solution: solution(milestone); break;
                case Subject::Kind::flaw: MLPATH_CHECK(flaw(milestone)); break;
            }
        }
        return {};
    }
    [[nodiscard]] std::vector<SelftestFault> take() { return std::move(m_faults); }

private:
    void skeleton(const checks::MilestoneResult& milestone) {
        if (milestone.verdict != checks::Verdict::fail) {
            blame(milestone.id, "", "the skeleton fails this milestone", outcome(milestone));
        }
    }

    void solution(const checks::MilestoneResult& milestone) {
        for (const auto& check : milestone.checks) {
            if (check.finding.verdict != checks::Verdict::pass) {
                blame(milestone.id, check.id, "the solution passes this check",
                      "it " + ended(check.finding.verdict) + ", and says " + told_in_words(check.finding));
            }
        }
    }

    Status flaw(const checks::MilestoneResult& milestone) {
        const auto& flaw = m_round.subject.flaw;
        if (milestone.id != flaw.milestone) {
            if (milestone.verdict != checks::Verdict::pass) {
                blame(milestone.id, "",
                      "it passes this milestone, which comes before the flaw's (" + flaw.milestone + ")",
                      outcome(milestone));
            }
            return {};
        }
        const auto expected = "it fails at milestone " + flaw.milestone + ", at its check " + flaw.check +
                              ", with a message that matches `" + flaw.message + '`';
        const auto check = std::ranges::find(milestone.checks, flaw.check, &checks::CheckResult::id);
        if (check == milestone.checks.end() || check->finding.verdict != checks::Verdict::fail) {
            blame(milestone.id, flaw.check, expected,
                  check == milestone.checks.end()
                      ? outcome(milestone)
                      : "the check " + ended(check->finding.verdict) + "; " + outcome(milestone));
            return {};
        }
        MLPATH_TRY(const auto pattern, Pattern::compile(flaw.message));
        if (!pattern.found_in(everything_told(check->finding))) {
            blame(milestone.id, flaw.check, expected, "it fails there, and says " + told_in_words(check->finding));
        }
        return {};
    }

    void blame(std::string milestone, std::string check, std::string expected, std::string found) {
        m_faults.push_back({m_project.id, m_round.subject.name(), m_round.seed, std::move(milestone), std::move(check),
                            std::move(expected), std::move(found)});
    }

    const library::Project& m_project;
    const Round& m_round;
    std::vector<SelftestFault> m_faults{};
};

}  // namespace

std::vector<std::string> kinds_of(const Round& round) {
    return round.seed == 0 ? std::vector<std::string>() : drawn_kinds();
}

bool is_judged(const library::Project& project, const Round& round) {
    if (round.seed == 0 || round.subject.kind != Subject::Kind::flaw) {
        return round.seed == 0 || round.subject.kind == Subject::Kind::solution;
    }
    return std::ranges::any_of(project.milestones, [&](const library::Milestone& milestone) {
        return std::ranges::any_of(milestone.checks, [&](const library::Check& each) {
            const auto* kind = checks::kind_of(each);
            return each.id == round.subject.flaw.check && kind != nullptr && kind->draw == checks::Draw::decides;
        });
    });
}

Result<SubjectVerdict> judge_subject(const SubjectTools& tools, const Round& round, const SubjectFiles& files,
                                     std::stop_token stop) {
    const auto& subject = round.subject;
    MLPATH_TRY(const auto folder, lay(files));
    checks::Observer quiet;
    const JudgingRequest request{.project = tools.project,
                                 .check_files = tools.check_files,
                                 .judge_python = tools.judge_python,
                                 .folder = folder.path(),
                                 .interpreters = portfolio_search(tools.context),
                                 .python = &tools.python,
                                 .plan = plan_for(tools.project, round),
                                 .seed = round.seed == 0 ? std::optional<std::uint64_t>() : std::optional(round.seed),
                                 .data = tools.data,
                                 .secret = std::string(known_secret),
                                 .checks_at_a_time = tools.checks_at_a_time};
    const auto judged = judge_folder(tools.context, tools.tools, request, quiet, std::move(stop));
    if (!judged) {
        auto error = judged.error();
        error.message = tools.project.id + ", " + subject.name() + ": " + error.message;
        return fail(std::move(error));
    }
    Expectations expectations(tools.project, round);
    MLPATH_CHECK(expectations.look_at(judged->milestones));
    auto end = end_of(subject, judged->milestones);
    end.drawn = drawn_checks(judged->milestones);
    end.run_seconds =
        std::chrono::duration<double>(judged->quickest_run.value_or(std::chrono::microseconds(0))).count();
    return SubjectVerdict{.faults = expectations.take(),
                          .end = std::move(end),
                          .lasting = judged->as_planned && is_lasting(tools.project, judged->milestones)};
}

}  // namespace mlpath::app
