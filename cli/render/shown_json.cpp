#include "render/shown.hpp"
#include "render/words.hpp"

namespace mlpath::cli {

namespace {

Json project_json(const app::ShownProject& shown) {
    const auto& project = shown.project;
    Json object{{"id", project.id},
                {"status", project.status == library::ProjectStatus::ready ? "ready" : "planned"},
                {"version", project.version},
                {"title", project.title},
                {"summary", project.summary}};
    if (project.hours) {
        object["hours"] = json_of(*project.hours);
    }
    put(object, "curriculum", shown.listed.placed.curriculum);
    put(object, "stage", shown.listed.placed.stage);
    put(object, "heading", shown.listed.placed.heading);
    put(object, "skills", project.skills);
    put(object, "requires_projects", project.requires_projects);
    put(object, "requires_topics", project.requires_topics);
    put(object, "extends", project.extends);
    put(object, "satisfies", project.satisfies);
    put(object, "needed_by", shown.needed_by);
    if (shown.listed.project != nullptr) {
        put(object, "datasets", shown.listed.project->datasets);
    }
    auto milestones = Json::array();
    for (const auto& milestone : project.milestones) {
        milestones.push_back(Json{{"id", milestone.id}, {"title", milestone.title}, {"goal", milestone.goal}});
    }
    object["milestones"] = std::move(milestones);
    return object;
}

Json milestone_json(const library::ToldMilestone& told) {
    auto calls = Json::array();
    for (const auto& call : told.calls) {
        calls.push_back(Json{{"name", call.name}, {"signature", call.signature}, {"says", call.says}});
    }
    auto checks = Json::array();
    for (const auto& check : told.checks) {
        checks.push_back(Json{{"id", check.id}, {"says", check.says}, {"details", check.details}});
    }
    return Json{{"project", told.project},
                {"number", told.number},
                {"of", told.of},
                {"id", told.id},
                {"title", told.title},
                {"goal", told.goal},
                {"task", told.task.empty() ? Json() : Json(told.task)},
                {"calls", std::move(calls)},
                {"checks", std::move(checks)},
                {"looks", told.looks},
                {"hints", told.hints}};
}

Json topic_json(const app::ShownTopic& shown) {
    const auto& topic = shown.topic;
    Json object{{"id", topic.id}, {"title", topic.title}, {"summary", topic.summary}};
    if (topic.hours) {
        object["hours"] = json_of(*topic.hours);
    }
    put(object, "curriculum", shown.listed.placed.curriculum);
    put(object, "stage", shown.listed.placed.stage);
    put(object, "heading", shown.listed.placed.heading);
    put(object, "requires", topic.requires_topics);
    put(object, "subtopics", topic.subtopics);
    auto resources = Json::array();
    for (const auto& resource : topic.resources) {
        Json entry{{"title", resource.title}, {"kind", resource.kind}};
        put(entry, "url", resource.url);
        resources.push_back(std::move(entry));
    }
    object["resources"] = std::move(resources);
    return object;
}

Json dataset_json(const app::ShownDataset& shown) {
    const auto& dataset = shown.dataset;
    auto files = Json::array();
    for (const auto& file : dataset.files) {
        auto sources = Json::array();
        for (const auto& source : file.sources) {
            sources.push_back(Json{{"url", source.url}, {"bytes", source.bytes}, {"sha256", source.sha256}});
        }
        files.push_back(Json{{"name", file.name}, {"sources", std::move(sources)}});
    }
    return Json{{"id", dataset.id},
                {"title", dataset.title},
                {"rows", dataset.rows},
                {"license", dataset.license},
                {"redistribute", dataset.redistribute},
                {"citation", dataset.citation},
                {"quirks", dataset.quirks},
                {"hosted", dataset.is_hosted()},
                {"synthetic", dataset.synthetic.has_value()},
                {"projects", shown.listed.projects},
                {"files", std::move(files)}};
}

Json goal_json(const library::Goal& goal, app::GoalStanding standing) {
    auto checks = Json::array();
    for (const auto& check : goal.checks) {
        checks.push_back(check.says);
    }
    return Json{{"id", goal.id},
                {"text", goal.text},
                {"decided_by", goal.checks.empty() ? "you" : "checks"},
                {"checks", std::move(checks)},
                {"standing", app::to_string(standing)}};
}

Json stage_json(const library::Stage& stage, const progress::State& state) {
    Json object{{"id", stage.id}, {"title", app::heading_of(stage)}, {"goal", stage.goal}};
    auto topics = Json::array();
    for (const auto& entry : stage.topics) {
        topics.push_back(entry.topic);
    }
    auto projects = Json::array();
    for (const auto& entry : stage.projects) {
        if (!entry.project.empty()) {
            projects.push_back(entry.project);
            continue;
        }
        auto from = Json::array();
        for (const auto& alternative : entry.from) {
            from.push_back(alternative.project);
        }
        projects.push_back(Json{{"choose", entry.choose}, {"from", std::move(from)}});
    }
    object["topics"] = std::move(topics);
    object["projects"] = std::move(projects);
    if (!stage.core.empty()) {
        object["core"] = stage.core;
    }
    if (!stage.goals.empty()) {
        auto goals = Json::array();
        for (const auto& goal : stage.goals) {
            goals.push_back(goal_json(goal, app::standing_of(state, goal.id)));
        }
        object["goals"] = std::move(goals);
    }
    if (!stage.stages.empty()) {
        auto inner = Json::array();
        for (const auto& part : stage.stages) {
            inner.push_back(stage_json(part, state));
        }
        object["stages"] = std::move(inner);
    }
    return object;
}

}  // namespace

Json json_of(const app::Shown& shown) {
    Json object{{"format", 1}};
    if (shown.milestone) {
        object["milestone"] = milestone_json(*shown.milestone);
    }
    if (shown.project) {
        object["project"] = project_json(*shown.project);
    }
    if (shown.curriculum) {
        const auto& curriculum = *shown.curriculum->curriculum;
        auto stages = Json::array();
        for (const auto& stage : curriculum.stages) {
            stages.push_back(stage_json(stage, shown.state));
        }
        object["curriculum"] = Json{{"id", curriculum.id},
                                    {"title", curriculum.title},
                                    {"summary", curriculum.summary},
                                    {"stages", std::move(stages)}};
    }
    if (!shown.stages.empty()) {
        auto stages = Json::array();
        for (const auto& entry : shown.stages) {
            auto stage = stage_json(*entry.stage, shown.state);
            stage["curriculum"] = entry.curriculum->id;
            stages.push_back(std::move(stage));
        }
        object["stages"] = std::move(stages);
    }
    if (shown.goal) {
        auto goal = goal_json(*shown.goal->found.goal, shown.goal->standing);
        goal["curriculum"] = shown.goal->found.curriculum->id;
        goal["stage"] = shown.goal->found.stage->id;
        object["goal"] = std::move(goal);
    }
    if (shown.topic) {
        object["topic"] = topic_json(*shown.topic);
    }
    if (shown.dataset) {
        object["dataset"] = dataset_json(*shown.dataset);
    }
    return object;
}

}  // namespace mlpath::cli
