#include "app/learn/goal.hpp"

#include <algorithm>

#include "library/library.hpp"
#include "workspace/repository.hpp"

namespace mlpath::app {

namespace {

FoundGoal find_in(const library::Curriculum& curriculum, const std::vector<library::Stage>& stages,
                  std::string_view id) {
    for (const auto& stage : stages) {
        const auto goal = std::ranges::find(stage.goals, id, &library::Goal::id);
        if (goal != stage.goals.end()) {
            return {&curriculum, &stage, &*goal};
        }
        if (const auto inside = find_in(curriculum, stage.stages, id); inside.goal != nullptr) {
            return inside;
        }
    }
    return {};
}

void add_ids(const std::vector<library::Stage>& stages, std::vector<std::string>& ids) {
    for (const auto& stage : stages) {
        for (const auto& goal : stage.goals) {
            ids.push_back(goal.id);
        }
        add_ids(stage.stages, ids);
    }
}

Error no_such_goal(const library::Index& index, std::string_view id) {
    std::vector<std::string> ids;
    for (const auto& curriculum : index.curricula) {
        add_ids(curriculum.stages, ids);
    }
    return library::no_such("goal", id, ids);
}

// Its files are those that the checks name, and no others: the workspace holds much that is not asked about.
library::Project project_of(const library::Goal& goal) {
    library::Project project{.id = goal.id, .title = goal.text, .summary = goal.text};
    for (const auto& check : goal.checks) {
        if (const auto path = check.fields.find("path"); path != check.fields.end() && path->is_string()) {
            project.sources.push_back(path->get<std::string>());
        }
    }
    project.milestones.push_back({.id = goal.id, .title = goal.text, .goal = goal.text, .checks = goal.checks});
    return project;
}

// A command may ask git about the repository that the workspace lies in, which is shown to it read-only. Named, so that
// git neither looks for one where the command runs nor asks whose it is.
run::CommandExtras repository_beside(const fs::path& folder) {
    const auto found = workspace::repository_around(folder);
    return {.shown = found ? found->folders : std::vector<fs::path>(),
            .environment = {{"GIT_DIR", (found ? found->git : folder / ".git").string()}}};
}

// What a check decided is recorded where it is news; could not tell: nothing is.
std::vector<progress::Event> events_of(const progress::State& state, std::string_view goal, checks::Verdict verdict) {
    const bool proved = state.proved_goals.contains(goal);
    const bool news = (verdict == checks::Verdict::pass && !proved) || (verdict == checks::Verdict::fail && proved);
    if (!news) {
        return {};
    }
    TimePoint after{};  // another machine's clock may have been ahead of ours
    for (const auto* known : {&state.proved_goals, &state.goals}) {
        if (const auto at = known->find(goal); at != known->end()) {
            after = std::max(after, at->second.next());
        }
    }
    return {{.order = after,
             .type = progress::EventType::goal_checked,
             .goal = std::string(goal),
             .passed = verdict == checks::Verdict::pass}};
}

}  // namespace

FoundGoal find_goal(const library::Index& index, std::string_view named) {
    const auto id = index.renamed.now(library::IdKind::goal, named);
    for (const auto& curriculum : index.curricula) {
        if (const auto found = find_in(curriculum, curriculum.stages, id); found.goal != nullptr) {
            return found;
        }
    }
    return {};
}

bool has_checks(const library::Index& index, std::string_view goal) {
    const auto found = find_goal(index, goal);
    return found.goal != nullptr && !found.goal->checks.empty();
}

bool is_goal_word(const Context& context, std::string_view word) {
    const auto& renamed = context.index.renamed;
    if (find_goal(context.index, word).goal == nullptr ||
        context.index.projects.contains(renamed.now(library::IdKind::project, word))) {
        return false;
    }
    const auto here = find_here(context);
    const auto* const project = here ? context.index.projects.find(here->project) : nullptr;
    return project == nullptr ||
           std::ranges::find(project->milestones, renamed.now(library::IdKind::milestone, word, project->id),
                             &library::IndexMilestone::id) == project->milestones.end();
}

std::string_view to_string(GoalStanding standing) {
    switch (standing) {
        case GoalStanding::open: return "open";
        case GoalStanding::said: return "said";
        case GoalStanding::proved: return "proved";
    }
    return "";
}

GoalStanding standing_of(const progress::State& state, std::string_view goal) {
    return state.proved_goals.contains(goal) ? GoalStanding::proved
           : state.goals.contains(goal)      ? GoalStanding::said
                                             : GoalStanding::open;
}

Result<GoalReport> check_goal(const Context& context, const JudgingTools& tools, std::string_view named,
                              checks::Observer& observer, std::stop_token stop) {
    const auto found = find_goal(context.index, named);
    if (found.goal == nullptr) {
        return fail(no_such_goal(context.index, named));
    }
    const auto& id = found.goal->id;
    if (found.goal->checks.empty()) {
        return fail(ErrorKind::usage, "`" + found.goal->id + "` has no checks: you say when it is reached",
                    "`mlpath done " + found.goal->id + "` says so");
    }
    MLPATH_TRY(const auto here, in_workspace(context));
    const auto& folder = here.workspace->folder;
    // The index keeps no more of checks than that they are there.
    MLPATH_TRY(const auto curriculum, library::load_curriculum(context.content, found.curriculum->id));
    const auto whole = find_in(curriculum, curriculum.stages, id);
    if (whole.goal == nullptr) {
        return fail(ErrorKind::internal, "the curriculum `" + curriculum.id + "` has lost the goal `" + found.goal->id +
                                             "` since it was read");
    }
    const auto project = project_of(*whole.goal);
    MLPATH_TRY(const auto judge_python, run::judge_interpreter(context.environment, tools.processes, context.log));
    MLPATH_TRY(const auto check_files, CheckFiles::write({}));
    progress::Journal journal(folder);
    MLPATH_TRY(const auto history, journal.load(context.index.renamed));

    GoalReport report{.goal = project.id, .text = project.title, .curriculum = curriculum.id, .folder = folder};
    report.isolation = isolation_of(tools.sandbox);
    report.before = standing_of(history.state, id);
    sweep_killed_runs();
    const JudgingRequest judging{.project = project,
                                 .check_files = check_files,
                                 .judge_python = judge_python,
                                 .folder = folder,
                                 .where = "the workspace",
                                 .beside = repository_beside(folder),
                                 .interpreters = own_search(context, folder, &*here.workspace)};
    MLPATH_TRY(report.judged, judge_folder(context, tools, judging, observer, stop));
    report.isolation = isolation_of(report.judged.sandbox);
    auto events = events_of(history.state, id, report.judged.verdict);
    if (!events.empty()) {
        report.recorded = record(context, folder, std::move(events));
    }
    const bool said = history.state.goals.contains(id);
    switch (report.judged.verdict) {
        case checks::Verdict::pass:
            report.now = GoalStanding::proved;
            report.next = "mlpath next";
            break;
        case checks::Verdict::fail:
            report.now = said ? GoalStanding::said : GoalStanding::open;
            report.next = "mlpath check " + project.id;
            break;
        default:
            report.now = report.before;
            report.next = "mlpath doctor";
            break;
    }
    return report;
}

}  // namespace mlpath::app
