#include "app/author/selftest.hpp"

#include <algorithm>
#include <iterator>
#include <map>

#include "app/author/subject.hpp"
#include "app/judge/exercise.hpp"
#include "base/hash.hpp"
#include "base/pattern.hpp"
#include "base/side_by_side.hpp"
#include "base/text.hpp"
#include "library/guest.hpp"
#include "library/library.hpp"

namespace mlpath::app {

namespace {

// The kinds whose verdict depends on which rows were drawn; the others are judged once.
const std::vector<std::string> drawn_kinds{"score", "behaves", "leakage", "generalises", "table"};

// The same for people, in a sentence.
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

// Everything that a failure tells, where a flaw's message is sought.
std::string everything_told(const checks::Finding& finding) {
    return finding.message + '\n' + finding.expected + '\n' + finding.actual + '\n' + finding.because + '\n' +
           finding.look + '\n' + finding.code + '\n' + finding.output;
}

class Tester {
public:
    Tester(const Context& context, const JudgingTools& tools, const library::Project& project,
           const CheckFiles& check_files, const run::Interpreter& judge_python, SelftestProject& report,
           SelftestObserver& observer, std::stop_token stop)
        : m_context(context),
          m_tools(tools),
          m_project(project),
          m_courtroom(check_files),
          m_judge_python(judge_python),
          m_report(report),
          m_observer(observer),
          m_stop(std::move(stop)) {}

    Status skeleton(std::uint64_t seed) {
        MLPATH_TRY(const auto milestones, judge({}, seed, {}));
        for (const auto& milestone : milestones) {
            if (milestone.verdict != checks::Verdict::fail) {
                blame("skeleton", seed, milestone.id, "", "the skeleton fails this milestone", outcome(milestone));
            }
        }
        return {};
    }

    Status solution(std::uint64_t seed) {
        MLPATH_TRY(const auto milestones, judge({Subject::Kind::solution}, seed, {}));
        for (const auto& milestone : milestones) {
            for (const auto& check : milestone.checks) {
                if (check.finding.verdict != checks::Verdict::pass) {
                    blame("solution", seed, milestone.id, check.id, "the solution passes this check",
                          "it " + ended(check.finding.verdict) + ", and says " + told_in_words(check.finding));
                }
            }
        }
        return {};
    }

    Status flawed(const library::Flaw& flaw, std::uint64_t seed) {
        if (seed != 0 && !is_drawn(flaw.check)) {
            return {};  // what catches it does not depend on the draw
        }
        const auto subject = "flawed/" + flaw.name;
        // What comes after the flaw's milestone decides nothing.
        std::vector<std::string> wanted;
        for (const auto& milestone : m_project.milestones) {
            wanted.push_back(milestone.id);
            if (milestone.id == flaw.milestone) {
                break;
            }
        }
        MLPATH_TRY(const auto milestones, judge({Subject::Kind::flaw, flaw}, seed, wanted));
        for (const auto& milestone : milestones) {
            if (milestone.id != flaw.milestone && milestone.verdict != checks::Verdict::pass) {
                blame(subject, seed, milestone.id, "",
                      "it passes this milestone, which comes before the flaw's (" + flaw.milestone + ")",
                      outcome(milestone));
            }
            if (milestone.id == flaw.milestone) {
                MLPATH_CHECK(judge_flaw(flaw, subject, seed, milestone));
            }
        }
        return {};
    }

private:
    [[nodiscard]] bool is_drawn(const std::string& check) const {
        return std::ranges::any_of(m_project.milestones, [&](const library::Milestone& milestone) {
            return std::ranges::any_of(milestone.checks, [&](const library::Check& each) {
                return each.id == check && std::ranges::find(drawn_kinds, each.kind) != drawn_kinds.end();
            });
        });
    }

    Result<std::vector<checks::MilestoneResult>> judge(const Subject& subject, std::uint64_t seed,
                                                       std::vector<std::string> milestones) {
        MLPATH_TRY(const auto files, files_of(m_context.content, m_project.id, subject));
        MLPATH_TRY(const auto folder, lay(files));
        checks::Observer quiet;
        const JudgingRequest request{
            .project = m_project,
            .check_files = m_courtroom,
            .judge_python = m_judge_python,
            .folder = folder.path(),
            .interpreters = {.trust = run::Trust::portfolio,
                             .cache = system::cache_folder(m_context.environment) / "interpreters"},
            .plan = {.order = checks::Order::everything,
                     .milestones = std::move(milestones),
                     .kinds = seed == 0 ? std::vector<std::string>() : drawn_kinds},
            .seed = seed == 0 ? std::optional<std::uint64_t>() : std::optional(seed)};
        auto judged = judge_folder(m_context, m_tools, request, quiet, m_stop);
        if (!judged) {
            auto error = judged.error();
            error.message = m_project.id + ", " + subject.name() + ": " + error.message;
            return fail(std::move(error));
        }
        ++m_report.judged;
        return std::move(judged->milestones);
    }

    Status judge_flaw(const library::Flaw& flaw, const std::string& subject, std::uint64_t seed,
                      const checks::MilestoneResult& milestone) {
        const auto expected = "it fails at milestone " + flaw.milestone + ", at its check " + flaw.check +
                              ", with a message that matches `" + flaw.message + '`';
        const auto check = std::ranges::find(milestone.checks, flaw.check, &checks::CheckResult::id);
        if (check == milestone.checks.end() || check->finding.verdict != checks::Verdict::fail) {
            blame(subject, seed, milestone.id, flaw.check, expected,
                  check == milestone.checks.end()
                      ? outcome(milestone)
                      : "the check " + ended(check->finding.verdict) + "; " + outcome(milestone));
            return {};
        }
        MLPATH_TRY(const auto pattern, Pattern::compile(flaw.message));
        if (!pattern.found_in(everything_told(check->finding))) {
            blame(subject, seed, milestone.id, flaw.check, expected,
                  "it fails there, and says " + told_in_words(check->finding));
        }
        return {};
    }

    static std::string ended(checks::Verdict verdict) {
        switch (verdict) {
            case checks::Verdict::pass: return "passes";
            case checks::Verdict::fail: return "fails";
            case checks::Verdict::error: return "could not be judged";
            case checks::Verdict::skipped: return "was skipped";
        }
        return {};
    }

    static std::string outcome(const checks::MilestoneResult& milestone) {
        auto text = "the milestone " + ended(milestone.verdict);
        for (const auto& check : milestone.checks) {
            if (check.finding.verdict != checks::Verdict::pass) {
                return text + ", at its check " + check.id + ", which says " + told_in_words(check.finding);
            }
        }
        return text;
    }

    void blame(std::string subject, std::uint64_t seed, std::string milestone, std::string check, std::string expected,
               std::string found) {
        m_report.faults.push_back({m_project.id, std::move(subject), seed, std::move(milestone), std::move(check),
                                   std::move(expected), std::move(found)});
        m_observer.found(m_report.faults.back());
    }

    const Context& m_context;
    const JudgingTools& m_tools;
    const library::Project& m_project;
    const CheckFiles& m_courtroom;
    const run::Interpreter& m_judge_python;
    SelftestProject& m_report;
    SelftestObserver& m_observer;
    std::stop_token m_stop;
};

// 0 stands for the project's own seed, the others follow from their number.
std::uint64_t seed_number(std::size_t split) {
    return split == 0 ? 0 : 1 + hash64("selftest " + std::to_string(split)) % 1'000'000'000;
}

Result<SelftestProject> test_project(const Context& context, const JudgingTools& tools, const library::Project& project,
                                     const run::Interpreter& judge_python, std::size_t splits,
                                     SelftestObserver& observer, std::stop_token stop) {
    SelftestProject report{.project = project.id};
    MLPATH_TRY(const auto flaws, library::load_flaws(context.content, project.id));
    MLPATH_TRY(const auto check_files, CheckFiles::open(context.content, project.id));
    Tester tester(context, tools, project, check_files, judge_python, report, observer, stop);
    // Where nothing is split, another seed changes nothing.
    const bool is_split =
        std::ranges::any_of(project.data, [](const library::DataEntry& entry) { return entry.split.has_value(); });
    const auto rounds = is_split ? std::max<std::size_t>(splits, 1) : 1;
    for (std::size_t split = 0; split < rounds; ++split) {
        const auto seed = seed_number(split);
        if (split == 0) {
            observer.subject_begins(project.id, "skeleton", split, rounds);
            MLPATH_CHECK(tester.skeleton(seed));
        }
        observer.subject_begins(project.id, "solution", split, rounds);
        MLPATH_CHECK(tester.solution(seed));
        for (const auto& flaw : flaws) {
            observer.subject_begins(project.id, "flawed/" + flaw.name, split, rounds);
            MLPATH_CHECK(tester.flawed(flaw, seed));
        }
    }
    for (const auto& flaw : flaws) {
        report.flaws.push_back(flaw.name);
    }
    return report;
}

Result<SelftestQuiz> test_quiz(const Context& context, const JudgingTools& tools, const std::string& id,
                               const std::stop_token& stop) {
    MLPATH_TRY(const auto quiz, library::load_quiz(context.content, id));
    const auto proof = proof_of(quiz);
    SelftestQuiz report{.quiz = id, .claims = proof.trials.size()};
    if (proof.trials.empty()) {
        return report;  // choices and words alone: nothing that could be run
    }
    auto faults = prove_exercise(context, tools, proof, stop);
    if (!faults) {
        auto error = faults.error();
        error.message = "the quiz `" + id + "`: " + error.message;
        return fail(std::move(error));
    }
    report.faults = std::move(*faults);
    return report;
}

Result<std::vector<SelftestQuiz>> test_quizzes(const Context& context, const JudgingTools& tools,
                                               const std::vector<std::string>& ids, const std::stop_token& stop) {
    std::vector<SelftestQuiz> reports(ids.size());
    MLPATH_CHECK(side_by_side(ids.size(), tools.schedule.slots.budget().jobs, [&](std::size_t i) -> Status {
        MLPATH_TRY(reports[i], test_quiz(context, tools, ids[i], stop));
        return {};
    }));
    return reports;
}

}  // namespace

bool SelftestReport::sound() const {
    return std::ranges::all_of(projects, [](const SelftestProject& project) { return project.faults.empty(); }) &&
           std::ranges::all_of(quizzes, [](const SelftestQuiz& quiz) { return quiz.faults.empty(); });
}

Result<SelftestReport> selftest(const Context& context, const JudgingTools& tools, const SelftestRequest& request,
                                SelftestObserver& observer, std::stop_token stop) {
    std::vector<std::string> wanted;
    std::vector<std::string> quizzes;
    for (const auto& id : request.ids) {
        // A topic and a project may share an id; a planned project has nothing to test, its topic's quiz has.
        const bool is_quiz = context.index.quizzes.contains(id);
        const auto* const project = context.index.projects.find(id);
        if (is_quiz) {
            quizzes.push_back(id);
        }
        if (!is_quiz || (project != nullptr && project->status == library::ProjectStatus::ready)) {
            wanted.push_back(id);
        }
    }
    if (request.ids.empty()) {
        const auto counts = [&](const std::string& id) {
            return request.libraries.empty() || std::ranges::any_of(request.libraries, [&](const std::string& library) {
                       return library::belongs_to(id, library);
                   });
        };
        for (const auto& project : context.index.projects) {
            if (project.status == library::ProjectStatus::ready && counts(project.id)) {
                wanted.push_back(project.id);
            }
        }
        std::ranges::copy_if(context.index.quizzes.ids(), std::back_inserter(quizzes), counts);
        if (wanted.empty() && quizzes.empty()) {
            return fail(ErrorKind::usage,
                        "there is nothing to test yet" +
                            (request.libraries.empty() ? std::string() : " in " + list_of(request.libraries)),
                        "a project is tested once its `status` is `ready`, and a quiz always");
        }
    }
    MLPATH_TRY(const auto judge_python, run::judge_interpreter(context.environment, tools.processes));
    sweep_killed_runs();
    SelftestReport report;
    for (const auto& id : wanted) {
        MLPATH_TRY(const auto project, library::load_project(context.content, id));
        if (project.status == library::ProjectStatus::planned) {
            return fail(ErrorKind::usage, "`" + id + "` is planned: there is nothing to test yet");
        }
        MLPATH_TRY(auto tested, test_project(context, tools, project, judge_python, request.splits, observer, stop));
        report.projects.push_back(std::move(tested));
    }
    observer.quizzes_begin(quizzes.size());
    MLPATH_TRY(report.quizzes, test_quizzes(context, tools, quizzes, stop));
    return report;
}

}  // namespace mlpath::app
