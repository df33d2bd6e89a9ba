#include "app/learn/status.hpp"

#include <algorithm>
#include <memory>

#include "app/project/links.hpp"
#include "base/text.hpp"
#include "base/time.hpp"
#include "commands/all.hpp"
#include "host.hpp"
#include "render/advice.hpp"
#include "render/plan.hpp"
#include "render/words.hpp"

namespace mlpath::cli {

namespace {

Json project_json(const progress::ProjectProgress& project) {
    Json object{{"id", project.id},
                {"title", project.title},
                {"standing", progress::to_string(project.standing)},
                {"milestones", json_of(project.milestones)}};
    if (project.optional) {
        object["optional"] = true;
    }
    object["core"] = project.core && !project.optional;
    if (project.passed_before > 0) {
        object["passed_before"] = project.passed_before;
    }
    if (project.solution_applied) {
        object["solution_applied"] = true;
    }
    if (project.synthetic) {
        object["data"] = to_string(library::DataKind::synthetic);
    }
    return object;
}

Json stage_json(const progress::StageProgress& stage) {
    auto projects = Json::array();
    for (const auto& project : stage.project_list) {
        projects.push_back(project_json(project));
    }
    auto topics = Json::array();
    for (const auto& topic : stage.topic_list) {
        Json entry{{"id", topic.id}, {"title", topic.title}};
        entry["said"] = topic.said ? Json(format_time(*topic.said)) : Json(nullptr);
        entry["passed"] = topic.passed ? Json(format_time(*topic.passed)) : Json(nullptr);
        entry["proved_by"] = topic.project.empty() ? Json(nullptr) : Json(topic.project);
        entry["done"] = topic.done;
        topics.push_back(std::move(entry));
    }
    auto goals = Json::array();
    for (const auto& goal : stage.goal_list) {
        Json entry{{"id", goal.id}, {"text", goal.text}, {"decided_by", goal.has_checks ? "checks" : "you"}};
        entry["said"] = goal.said ? Json(format_time(*goal.said)) : Json(nullptr);
        entry["proved"] = goal.proved ? Json(format_time(*goal.proved)) : Json(nullptr);
        goals.push_back(std::move(entry));
    }
    return Json{{"id", stage.id},
                {"label", stage.label},
                {"title", stage.title},
                {"depth", stage.depth},
                {"optional", stage.optional},
                {"current", stage.current},
                {"done", stage.done},
                {"core", json_of(stage.core)},
                {"projects", json_of(stage.projects)},
                {"milestones", json_of(stage.milestones)},
                {"topics", json_of(stage.topics)},
                {"goals", json_of(stage.goals)},
                {"goals_proved", stage.proved_goals},
                {"planned", stage.planned},
                {"project_list", std::move(projects)},
                {"topic_list", std::move(topics)},
                {"goal_list", std::move(goals)}};
}

Json json_for(const app::StatusView& view) {
    const auto& overview = view.overview;
    auto curricula = Json::array();
    for (const auto& curriculum : overview.curricula) {
        auto stages = Json::array();
        for (const auto& stage : curriculum.stages) {
            stages.push_back(stage_json(stage));
        }
        curricula.push_back(Json{{"id", curriculum.id},
                                 {"title", curriculum.title},
                                 {"core", json_of(curriculum.core)},
                                 {"projects", json_of(curriculum.projects)},
                                 {"milestones", json_of(curriculum.milestones)},
                                 {"topics", json_of(curriculum.topics)},
                                 {"goals", json_of(curriculum.goals)},
                                 {"planned", curriculum.planned},
                                 {"stages", std::move(stages)}});
    }
    auto others = Json::array();
    for (const auto& project : overview.others) {
        others.push_back(project_json(project));
    }
    auto open_again = Json::array();
    for (const auto& open : overview.open_again) {
        open_again.push_back(Json{{"project", open.project},
                                  {"milestone", open.milestone},
                                  {"title", open.title},
                                  {"since", format_time(open.since)}});
    }
    auto plans = Json::array();
    for (const auto& plan : view.plans) {
        plans.push_back(standing_json(plan));
    }
    Json object{{"curricula", std::move(curricula)},
                {"others", std::move(others)},
                {"open_again", std::move(open_again)},
                {"plans", std::move(plans)},
                {"next", json_of(overview.next, view.command)}};
    if (view.achieved) {
        object["achieved"] = json_of(*view.achieved);
    }
    object["journal_notes"] = json_of(view.notes);
    return object;
}

// "2 of 5 topics (1 by quiz, 1 said)": what is proved is told from what is said.
std::string words_for_topics(const progress::Count& topics, std::size_t passed, std::size_t proved) {
    std::vector<std::string> how;
    for (const auto& [count, words] : {std::pair{passed, " by quiz"}, {proved, " by a project"}}) {
        if (count > 0) {
            how.push_back(std::to_string(count) + words);
        }
    }
    if (const auto said = topics.done - std::min(topics.done, passed + proved); said > 0) {
        how.push_back(std::to_string(said) + " said");
    }
    return words_for(topics, "topic") + (how.empty() ? "" : " (" + joined(how) + ")");
}

std::string words_for_goals(const progress::Count& goals, std::size_t proved) {
    std::vector<std::string> how;
    if (proved > 0) {
        how.push_back(std::to_string(proved) + " proved");
    }
    if (goals.done > proved) {
        how.push_back(std::to_string(goals.done - proved) + " said");
    }
    return words_for(goals, "goal") + (how.empty() ? "" : " (" + joined(how) + ")");
}

std::string words_for_planned(std::size_t planned) { return count_of(planned, "project") + " to come"; }

// "1 of 2 core projects, 0 of 5 more"; where all are core, "1 of 2 projects".
template <typename Counted>
std::string words_for_projects(const Counted& counted) {
    const auto& [done, total] = counted.projects;
    if (!counted.has_more || total == 0) {
        return total > 0 ? words_for(counted.projects, "project") : "";
    }
    std::vector<std::string> parts;
    if (counted.core.total > 0) {
        parts.push_back(words_for(counted.core, "core project"));
    }
    if (const auto more = total - counted.core.total; more > 0) {
        parts.push_back(words_for(progress::Count{done - counted.core.done, more}) + " more");
    }
    return joined(parts);
}

std::string counts_of(const progress::StageProgress& stage) {
    std::vector<std::string> parts;
    parts.push_back(words_for_projects(stage));
    if (stage.topics.total > 0) {
        parts.push_back(words_for_topics(stage.topics, stage.passed_topics, stage.proved_topics));
    }
    if (stage.goals.total > 0) {
        parts.push_back(words_for_goals(stage.goals, stage.proved_goals));
    }
    if (stage.planned > 0) {
        parts.push_back(words_for_planned(stage.planned));
    }
    return joined(parts);
}

void write_project(Page& page, const progress::ProjectProgress& project, std::size_t indent) {
    using progress::ProjectStanding;
    auto text = project.title;
    if (project.standing == ProjectStanding::started) {
        text += " (" + words_for(project.milestones, "milestone") +
                (project.passed_before > 0
                     ? "; " + std::to_string(project.passed_before) + " more passed before the one that is open again"
                     : "") +
                ")";
    }
    if (!project.core) {
        text += " (more practice)";
    }
    if (project.solution_applied) {
        text += " (our solution was applied)";
    }
    if (project.synthetic) {
        text += " (on synthetic data)";
    }
    const bool done = project.standing == ProjectStanding::done || project.standing == ProjectStanding::satisfied;
    const auto tone = done ? Tone::good : project.standing == ProjectStanding::started ? Tone::accent : Tone::faint;
    page.labelled(progress::to_string(project.standing), tone, text, indent, 9);
}

void write_curriculum(Page& page, const progress::CurriculumProgress& curriculum) {
    page.line(curriculum.title, Tone::strong);
    std::vector<std::string> counts;
    counts.push_back(words_for_projects(curriculum));
    counts.push_back(curriculum.milestones.total > 0 ? words_for(curriculum.milestones, "milestone") : "");
    counts.push_back(curriculum.topics.total > 0
                         ? words_for_topics(curriculum.topics, curriculum.passed_topics, curriculum.proved_topics)
                         : "");
    counts.push_back(curriculum.planned > 0 ? words_for_planned(curriculum.planned) : "");
    page.line(joined(counts));
    page.line();
    for (const auto& stage : curriculum.stages) {
        const std::string indent(stage.depth * 2, ' ');
        auto heading = indent + (stage.label.empty() ? "" : stage.label + ": ") + stage.title;
        heading += stage.current ? "  <- you are here" : stage.done ? "  (done)" : "";
        page.line(heading, stage.current ? Tone::strong : Tone::usual);
        if (const auto inside = counts_of(stage); !inside.empty()) {
            page.line(indent + "  " + inside, Tone::faint);
        }
        for (const auto& project : stage.project_list) {
            // What is merely open or planned is told only where the learner is: the rest is `mlpath list projects`.
            const bool begun = project.standing != progress::ProjectStanding::open &&
                               project.standing != progress::ProjectStanding::planned;
            if (begun || (stage.current && project.standing == progress::ProjectStanding::open)) {
                write_project(page, project, indent.size() + 4);
            }
        }
    }
}

void write_status(Page& page, const app::StatusView& view, const system::Clock& clock) {
    for (const auto& curriculum : view.overview.curricula) {
        write_curriculum(page, curriculum);
        page.line();
    }
    if (!view.overview.others.empty()) {
        page.line("Beside the curriculum", Tone::strong);
        for (const auto& project : view.overview.others) {
            write_project(page, project, 4);
        }
        page.line();
    }
    if (!view.overview.open_again.empty()) {
        page.line("Open again", Tone::strong);
        for (const auto& open : view.overview.open_again) {
            page.line("    " + open.project + ": " + open.title + " (fails since " +
                      format_day(clock.day_of(open.since)) + ")");
        }
        page.line();
    }
    for (const auto& plan : view.plans) {
        page.line((view.plans.size() > 1 ? "Plan for " + plan.title + ": " : "Plan: ") + standing_words(plan));
    }
    if (!view.plans.empty()) {
        page.line();
    }
    if (view.achieved) {
        write_achieved(page, *view.achieved);
    } else {
        page.line("Next:").command(view.command);
    }
}

}  // namespace

Action make_status(Options&) {
    return [](Host& host) -> Result<Exit> {
        MLPATH_TRY(const auto context, host.context());
        MLPATH_TRY(const auto view, app::status(context));
        host.answer([&] { return json_for(view); }, [&](Page& page) { write_status(page, view, host.clock()); });
        remark_notes(host, view.notes);
        host.remark(app::link_notes(context));
        return Exit::done;
    };
}

}  // namespace mlpath::cli
