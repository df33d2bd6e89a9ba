#include "app/judge/check.hpp"

#include <algorithm>
#include <utility>

#include "app/project/measured.hpp"
#include "app/project/milestone.hpp"
#include "app/project/solution.hpp"
#include "base/text.hpp"
#include "library/library.hpp"
#include "workspace/marker.hpp"

namespace mlpath::app {

namespace {

std::vector<progress::Outcome> outcomes_of(const std::vector<checks::MilestoneResult>& results,
                                           library::DataKind data) {
    std::vector<progress::Outcome> outcomes;
    for (const auto& result : results) {
        if (result.verdict == checks::Verdict::pass || result.verdict == checks::Verdict::fail) {
            outcomes.push_back({result.id, result.verdict == checks::Verdict::pass, data});
        }
    }
    return outcomes;
}

// What changed between what was known and what was found.
void compare(const progress::State& before, const system::Clock& clock, CheckReport& report) {
    for (const auto& result : report.judged.milestones) {
        const auto* project = before.project(report.project);
        const auto* known = project == nullptr ? nullptr : project->milestone(result.id);
        const bool was_done = known != nullptr && known->done.has_value();
        if (result.verdict == checks::Verdict::pass && !was_done) {
            report.newly_done.push_back(result.id);
        }
        if (result.verdict == checks::Verdict::fail && was_done) {
            report.reopened.push_back({result.id, result.title, known->done->at, clock.day_of(known->done->at)});
        }
    }
}

// Those that passed before and were not looked at now: nothing is claimed of them.
std::vector<std::string> passed_before(const progress::State& before, const library::Project& project,
                                       const std::vector<checks::MilestoneResult>& results) {
    std::vector<std::string> ids;
    for (const auto& milestone : project.milestones) {
        const auto result = std::ranges::find(results, milestone.id, &checks::MilestoneResult::id);
        const bool looked_at = result != results.end() && result->verdict != checks::Verdict::skipped;
        if (!looked_at && before.passes(project.id, milestone.id)) {
            ids.push_back(milestone.id);
        }
    }
    return ids;
}

// Remembers each milestone as soon as it is decided, so that an interrupted check keeps what it has shown.
class Recorder final : public checks::Observer {
public:
    Recorder(const Context& context, fs::path home, const library::Project& project, library::DataKind data,
             checks::Observer& observer)
        : m_context(context), m_home(std::move(home)), m_project(project), m_data(data), m_observer(observer) {}

    void milestone_begins(const library::Milestone& milestone, std::size_t number, std::size_t of) override {
        m_observer.milestone_begins(milestone, number, of);
    }
    void check_begins(const library::Check& check) override { m_observer.check_begins(check); }
    void milestone_ended(const checks::MilestoneResult& result) override {
        const auto history = progress::Journal(m_home).load(m_context.index.renamed);
        const auto state = history ? history->state : progress::State();
        const auto recorded =
            record(m_context, m_home,
                   progress::events_for(state, m_project.id, m_project.version, outcomes_of({result}, m_data)));
        m_recorded = m_recorded.ok ? recorded : m_recorded;
        m_observer.milestone_ended(result);
    }
    [[nodiscard]] const Recorded& recorded() const { return m_recorded; }

private:
    const Context& m_context;
    fs::path m_home;
    const library::Project& m_project;
    library::DataKind m_data;
    checks::Observer& m_observer;
    Recorded m_recorded{};
};

}  // namespace

Result<CheckRequest> read_check_words(const Context& context, CheckRequest words) {
    if (words.project.empty() || !words.milestone.empty()) {
        return words;
    }
    MLPATH_TRY(const auto here, find_here(context));
    const auto* const project = here.project.empty() ? nullptr : context.index.projects.find(here.project);
    if (project == nullptr) {
        return words;
    }
    const auto& renamed = context.index.renamed;
    const auto& word = words.project;
    library::Project milestones{.id = project->id};
    for (const auto& milestone : project->milestones) {
        milestones.milestones.push_back({.id = milestone.id, .title = milestone.title});
    }
    std::error_code ignored;
    const std::string named(renamed.now(library::IdKind::milestone, word, project->id));
    const auto meant = find_milestone(milestones, named);
    // How a milestone begins is meant only where the word means nothing else.
    const bool is_number = !word.empty() && word.find_first_not_of("0123456789") == std::string::npos;
    const bool is_other = context.index.projects.contains(renamed.now(library::IdKind::project, word)) ||
                          fs::exists(context.folder / word, ignored) ||
                          (here.workspace && fs::exists(here.workspace->folder / word, ignored));
    if (is_number || (meant && (project->milestones[*meant].id == named || !is_other))) {
        words.milestone = std::exchange(words.project, {});
        return words;
    }
    if (fs::is_regular_file(context.folder / word, ignored)) {
        return fail(ErrorKind::usage, "`" + printable(word) + "` is a file, and a project is checked as a whole",
                    "`mlpath check` alone checks the project that you stand in");
    }
    return words;
}

Result<std::unique_ptr<CheckDesk>> CheckDesk::open(const Context& context, const JudgingTools& tools,
                                                   const CheckRequest& words) {
    MLPATH_TRY(auto request, read_check_words(context, words));
    MLPATH_TRY(auto here, find_project(context, request.project));
    MLPATH_TRY(auto project, load_ready_project(context, here.project));
    if (!request.milestone.empty()) {
        MLPATH_TRY(const auto index, find_milestone(project, request.milestone));
        request.milestone = project.milestones[index].id;
    }
    MLPATH_TRY(const auto marker, workspace::read_marker(here.folder));
    MLPATH_TRY(const auto data, kind_in_use(context.content, project, marker.data));
    MLPATH_TRY(auto judge_python, run::judge_interpreter(context.environment, tools.processes, context.log));
    MLPATH_TRY(auto check_files, CheckFiles::open(context.content, project.id));
    return std::unique_ptr<CheckDesk>(new CheckDesk(context, std::move(request), std::move(here), std::move(project),
                                                    marker.version, data, std::move(judge_python),
                                                    std::move(check_files)));
}

run::InterpreterSearch CheckDesk::search() const {
    const auto& workspace = m_here.workspace;
    return own_search(m_context, m_here.home, workspace ? &*workspace : nullptr);
}

Result<CheckReport> CheckDesk::run(const JudgingTools& tools, Freshness freshness, checks::Observer& observer,
                                   std::stop_token stop) {
    CheckReport report{.project = m_project.id,
                       .title = m_project.title,
                       .folder = m_here.folder,
                       .of = m_project.milestones.size(),
                       .made_from = m_made_from,
                       .version = m_project.version,
                       .data = m_data};
    report.isolation = isolation_of(tools.sandbox);
    const auto plan = m_request.milestone.empty()
                          ? checks::Plan{.order = checks::Order::first_failure}
                          : checks::Plan{.order = checks::Order::everything, .milestones = {m_request.milestone}};
    const auto& workspace = m_here.workspace;
    const auto remembered = Remembered::own(m_context, freshness);
    const JudgingRequest judging{.project = m_project,
                                 .check_files = m_check_files,
                                 .judge_python = m_judge_python,
                                 .folder = m_here.folder,
                                 .interpreters = search(),
                                 .python = m_python ? &*m_python : nullptr,
                                 .plan = plan,
                                 .remembered = remembered.get(),
                                 .data = m_data};
    const auto history = progress::Journal(m_here.home, m_context.log).load(m_context.index.renamed);
    const auto before = history ? history->state : progress::State();
    Recorder recorder(m_context, m_here.home, m_project, m_data, observer);
    sweep_killed_runs();
    MLPATH_TRY(report.judged, judge_folder(m_context, tools, judging, recorder, stop));
    report.isolation = isolation_of(report.judged.sandbox);
    if (!m_python && report.judged.python.without.empty()) {  // else a better one may be made meanwhile
        m_python = report.judged.python;
        m_packages = run::folder_times(*m_python);
    }

    keep_measured(m_here.home, m_project.id, report.judged.milestones, m_context.log);
    if (m_request.spread) {
        auto again = judging;
        again.python = &*m_python;
        MLPATH_TRY(report.spread,
                   spread(m_context, tools, {again, report.judged.milestones, *m_request.spread}, observer, stop));
    }
    compare(before, m_context.clock, report);
    const auto outcomes = outcomes_of(report.judged.milestones, m_data);
    report.done = static_cast<std::size_t>(std::ranges::count(outcomes, true, &progress::Outcome::passed));
    report.passed_before = passed_before(before, m_project, report.judged.milestones);
    report.recorded = recorder.recorded();
    const auto open =
        std::ranges::find(report.judged.milestones, checks::Verdict::fail, &checks::MilestoneResult::verdict);
    if (open != report.judged.milestones.end()) {
        const auto at = std::ranges::find(m_project.milestones, open->id, &library::Milestone::id);
        const auto index = static_cast<std::size_t>(at - m_project.milestones.begin());
        report.open = OpenMilestone{index + 1, at->id, at->goal, show_command(m_project.id, index)};
    }
    switch (report.judged.verdict) {
        case checks::Verdict::pass:
            report.next =
                report.done < report.of ? "mlpath check" : (workspace ? "mlpath next" : "cd .. && mlpath init");
            if (report.done == report.of) {
                MLPATH_TRY(const auto reasons, reasons_for(m_context.content, m_project.id));
                report.reasons = reasons.empty() ? "" : "mlpath solution " + m_project.id + " --why";
            }
            break;
        case checks::Verdict::fail: report.next = "mlpath hint"; break;
        default: report.next = "mlpath doctor"; break;
    }
    return report;
}

Result<CheckReport> check(const Context& context, const JudgingTools& tools, const CheckRequest& words,
                          checks::Observer& observer, std::stop_token stop, Telling telling) {
    MLPATH_TRY(const auto desk, CheckDesk::open(context, tools, words));
    MLPATH_TRY(auto report, desk->run(tools, words.freshness, observer, stop));
    report.other_python = other_python(context, desk->here().home, desk->project().python, desk->search(),
                                       report.judged.python, tools.processes, telling);
    return report;
}

}  // namespace mlpath::app
