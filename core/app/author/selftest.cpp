#include "app/author/selftest.hpp"

#include <algorithm>
#include <charconv>
#include <iterator>
#include <mutex>

#include "app/author/selftest_judge.hpp"
#include "app/author/selftest_memory.hpp"
#include "app/author/wanted.hpp"
#include "app/judge/exercise.hpp"
#include "base/hash.hpp"
#include "base/side_by_side.hpp"
#include "base/text.hpp"
#include "data/shared_progress.hpp"
#include "library/library.hpp"

namespace mlpath::app {

namespace {

// 0 stands for the project's own seed, the others follow from their number.
std::uint64_t seed_number(std::size_t split) {
    return split == 0 ? 0 : 1 + hash64("selftest " + std::to_string(split)) % 1'000'000'000;
}

// One subject in one round, and how it ended.
struct Trial {
    Round round{};
    std::size_t split = 0;
    SubjectFiles files{};
    std::optional<std::string> key{};  // nothing: it is judged whatever is remembered
    bool remembered = false;
    SubjectVerdict end{};
};

struct ProjectTrials {
    library::Project project{};
    library::DataKind data = library::DataKind::real;
    run::Interpreter python{};
    std::vector<library::Flaw> flaws{};
    std::size_t rounds = 1;
    std::vector<Trial> trials{};
    std::optional<CheckFiles> check_files{};  // where something is judged
};

Result<library::Project> ready_project(const Context& context, const std::string& id) {
    MLPATH_TRY(auto project, library::load_project(context.content, context.index.renamed, id));
    if (project.status == library::ProjectStatus::planned) {
        return fail(ErrorKind::usage, "`" + id + "` is planned: there is nothing to test yet");
    }
    return project;
}

class Selftest {
public:
    Selftest(const Context& context, const JudgingTools& tools, run::Interpreter judge_python,
             const SelftestRequest& request, SelftestObserver& observer, std::stop_token stop)
        : m_context(context),
          m_tools(tools),
          m_judge_python(std::move(judge_python)),
          m_data(request.data),
          m_memory(context, m_tools, m_judge_python, request.freshness),
          m_observer(observer),
          m_stop(std::move(stop)) {
        if (m_tools.progress != nullptr) {
            m_tools.progress = &m_fetches.emplace(*m_tools.progress);
        }
    }

    Status add(const std::string& id, std::size_t splits) {
        ProjectTrials one;
        MLPATH_TRY(one.project, ready_project(m_context, id));
        MLPATH_TRY(one.data, kind_in_use(m_context.content, one.project, m_data));
        MLPATH_TRY(one.flaws, library::load_flaws(m_context.content, one.project));
        const auto search = portfolio_search(m_context);
        MLPATH_TRY(one.python, run::find_interpreter(one.project.python.of_all_milestones(), search,
                                                     m_context.environment, m_tools.processes, m_stop));
        // Where nothing is split, another seed changes nothing.
        const bool is_split = std::ranges::any_of(
            one.project.data, [](const library::DataEntry& entry) { return entry.split.has_value(); });
        one.rounds = is_split ? std::max<std::size_t>(splits, 1) : 1;
        MLPATH_CHECK(plan(one));
        m_projects.push_back(std::move(one));
        return {};
    }

    // All that is not remembered, side by side.
    Result<std::vector<SelftestProject>> judge() {
        struct Job {
            ProjectTrials* one;
            Trial* trial;
        };
        std::vector<Job> jobs;
        for (auto& one : m_projects) {
            for (auto& trial : one.trials) {
                if (!trial.remembered) {
                    jobs.push_back({&one, &trial});
                }
            }
            if (!jobs.empty() && jobs.back().one == &one) {
                MLPATH_TRY(one.check_files, CheckFiles::open(m_context.content, one.project.id));
            }
        }
        const auto slots = m_tools.schedule.slots.budget().jobs;
        m_checks_at_a_time = jobs.size() < slots ? 0 : 1;
        // More threads than slots: a thread waits for its programs most of the time, and those are limited by the
        // slots.
        constexpr std::size_t threads_a_slot = 2;
        MLPATH_CHECK(side_by_side(jobs.size(), slots * threads_a_slot,
                                  [&](std::size_t i) { return judge_one(*jobs[i].one, *jobs[i].trial); }));
        std::vector<SelftestProject> reports;
        for (const auto& one : m_projects) {
            reports.push_back(report_of(one));
        }
        return reports;
    }

    Result<std::vector<SelftestQuiz>> judge_quizzes(const std::vector<std::string>& ids) {
        m_observer.quizzes_begin(ids.size());
        std::vector<SelftestQuiz> reports(ids.size());
        MLPATH_CHECK(side_by_side(ids.size(), m_tools.schedule.slots.budget().jobs, [&](std::size_t i) -> Status {
            MLPATH_TRY(reports[i], judge_quiz(ids[i]));
            return {};
        }));
        return reports;
    }

private:
    Status plan(ProjectTrials& one) {
        std::vector<Subject> subjects{{Subject::Kind::skeleton, {}}, {Subject::Kind::solution, {}}};
        for (const auto& flaw : one.flaws) {
            subjects.push_back({Subject::Kind::flaw, flaw});
        }
        const auto seen = m_memory.seen_by(one.project, one.data, one.python, m_stop);
        if (!seen) {
            m_context.log.info("nothing recalled", [&] {
                return LogFields{{"project", one.project.id}, {"why", "it cannot be told what its judging sees"}};
            });
        }
        for (std::size_t split = 0; split < one.rounds; ++split) {
            for (const auto& subject : subjects) {
                Trial trial{.round = {subject, seed_number(split)}, .split = split};
                if (!is_judged(one.project, trial.round)) {
                    continue;
                }
                MLPATH_TRY(trial.files, files_of(m_context.content, one.project.id, subject));
                if (seen) {
                    trial.key = SelftestMemory::key_of(*seen, trial.round, trial.files);
                    if (auto end = m_memory.proved(*trial.key)) {
                        trial.remembered = true;
                        trial.end.end = std::move(*end);
                    }
                    m_context.log.info(trial.remembered ? "subject recalled" : "subject not recalled", [&] {
                        return LogFields{{"project", one.project.id},
                                         {"subject", subject.name()},
                                         {"split", std::to_string(split)},
                                         {"key", *trial.key}};
                    });
                }
                one.trials.push_back(std::move(trial));
            }
        }
        return {};
    }

    Status judge_one(const ProjectTrials& one, Trial& trial) {
        {
            const std::scoped_lock lock(m_mutex);
            m_observer.subject_begins(one.project.id, trial.round.subject.name(), trial.split, one.rounds);
        }
        const SubjectTools tools{m_context,      m_tools,    one.project, *one.check_files,
                                 m_judge_python, one.python, one.data,    m_checks_at_a_time};
        MLPATH_TRY(trial.end, judge_subject(tools, trial.round, trial.files, m_stop));
        if (trial.key && trial.end.faults.empty() && trial.end.lasting) {
            m_memory.keep(*trial.key, trial.end.end);
        }
        return {};
    }

    static SelftestProject report_of(const ProjectTrials& one) {
        SelftestProject report{.project = one.project.id, .data = proof_data_of(one.project, one.data)};
        for (const auto& flaw : one.flaws) {
            report.flaws.push_back(flaw.name);
        }
        for (const auto& trial : one.trials) {
            report.subjects.push_back({.subject = trial.round.subject.name(),
                                       .seed = trial.round.seed,
                                       .sound = trial.end.faults.empty(),
                                       .remembered = trial.remembered,
                                       .end = trial.end.end});
            std::ranges::copy(trial.end.faults, std::back_inserter(report.faults));
        }
        return report;
    }

    Result<SelftestQuiz> judge_quiz(const std::string& id) {
        MLPATH_TRY(const auto quiz, library::load_quiz(m_context.content, id));
        const auto proof = proof_of(quiz);
        SelftestQuiz report{.quiz = id, .claims = proof.trials.size()};
        if (proof.trials.empty()) {
            return report;  // choices and words alone: nothing that could be run
        }
        const auto python = interpreter_for(m_context, m_tools, proof, m_stop);
        const auto key = python ? m_memory.key_of_quiz(id, *python) : std::nullopt;
        report.remembered = key && m_memory.proved(*key);
        if (report.remembered) {
            return report;
        }
        auto proved = python ? prove_exercise(m_context, m_tools, proof, *python, m_stop)
                             : Result<ExerciseProof>(fail(python.error()));
        if (!proved) {
            auto error = proved.error();
            error.message = "the quiz `" + id + "`: " + error.message;
            return fail(std::move(error));
        }
        if (key && proved->faults.empty() && proved->lasting) {
            m_memory.keep(*key, {});
        }
        report.faults = std::move(proved->faults);
        return report;
    }

    const Context& m_context;
    JudgingTools m_tools;
    std::optional<data::SharedProgress> m_fetches{};
    run::Interpreter m_judge_python;
    library::DataKind m_data;
    SelftestMemory m_memory;
    SelftestObserver& m_observer;
    std::stop_token m_stop;
    std::mutex m_mutex{};  // guards the observer
    std::vector<ProjectTrials> m_projects{};
    unsigned m_checks_at_a_time = 0;
};

std::optional<std::size_t> number_in(std::string_view text) {
    std::size_t number = 0;
    const auto* const end = text.data() + text.size();
    const auto read = std::from_chars(text.data(), end, number);
    return read.ec == std::errc() && read.ptr == end ? std::optional(number) : std::nullopt;
}

}  // namespace

Result<Shard> read_shard(const std::string& text) {
    constexpr std::size_t most = 10'000;
    const auto parts = split(text, '/');
    const auto number = parts.size() == 2 ? number_in(parts[0]) : std::nullopt;
    const auto of = parts.size() == 2 ? number_in(parts[1]) : std::nullopt;
    if (!number || !of || *of > most) {
        return fail(ErrorKind::usage, "`--shard` is a part of a whole, not `" + printable(text) + "`",
                    "write `--shard 2/3` for the second of three parts");
    }
    if (*of == 0 || *number == 0 || *number > *of) {
        return fail(ErrorKind::usage, "there is no shard `" + printable(text) + "`",
                    *of == 0 ? "there is at least one part: `--shard 1/1` is all of it"
                             : "the parts are counted from 1: `--shard 1/" + std::to_string(*of) + "` to `--shard " +
                                   std::to_string(*of) + "/" + std::to_string(*of) + "`");
    }
    return Shard{*number, *of};
}

std::size_t SelftestProject::remembered() const {
    return static_cast<std::size_t>(std::ranges::count(subjects, true, &SelftestSubject::remembered));
}

bool SelftestReport::sound() const {
    return std::ranges::all_of(projects, [](const SelftestProject& project) { return project.faults.empty(); }) &&
           std::ranges::all_of(quizzes, [](const SelftestQuiz& quiz) { return quiz.faults.empty(); });
}

Result<SelftestReport> selftest(const Context& context, const JudgingTools& tools, const SelftestRequest& request,
                                SelftestObserver& observer, std::stop_token stop) {
    MLPATH_TRY(const auto wanted, wanted_by(context, request));
    MLPATH_TRY(auto judge_python, run::judge_interpreter(context.environment, tools.processes, context.log));
    sweep_killed_runs();
    Selftest test(context, tools, std::move(judge_python), request, observer, std::move(stop));
    for (const auto& id : wanted.projects) {
        MLPATH_CHECK(test.add(id, request.splits));
    }
    SelftestReport report;
    MLPATH_TRY(report.projects, test.judge());
    MLPATH_TRY(report.quizzes, test.judge_quizzes(wanted.quizzes));
    return report;
}

Result<std::vector<ProofKey>> proof_keys(const Context& context, system::Processes& processes,
                                         const SelftestRequest& request, const std::stop_token& stop) {
    MLPATH_TRY(const auto wanted, wanted_by(context, request));
    MLPATH_TRY(const auto judge, run::judge_interpreter(context.environment, processes, context.log));
    std::vector<ProofKey> keys;
    for (const auto& id : wanted.projects) {
        MLPATH_TRY(const auto project, ready_project(context, id));
        MLPATH_TRY(const auto data, kind_in_use(context.content, project, request.data));
        MLPATH_TRY(auto key, proof_key(context, project, data, judge, processes, stop));
        keys.push_back(std::move(key));
    }
    return keys;
}

}  // namespace mlpath::app
