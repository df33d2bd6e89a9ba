#include <algorithm>

#include "library/read.hpp"

namespace mlpath::library {

namespace {

std::optional<Length> read_length(const json::Value& json) {
    const auto found = json.find("length");
    if (found == json.end()) {
        return std::nullopt;
    }
    if (flag(*found, "ongoing")) {
        return Length{true, LengthUnit::weeks, 0, 0};
    }
    const auto unit = text_or(*found, "unit");
    return Length{false,
                  unit == "hours"    ? LengthUnit::hours
                  : unit == "days"   ? LengthUnit::days
                  : unit == "months" ? LengthUnit::months
                                     : LengthUnit::weeks,
                  found->at("min").get<double>(), found->at("max").get<double>()};
}

ProjectRef read_reference(const json::Value& json) {
    ProjectRef reference{
        text_or(json, "project"), text_or(json, "heading"), flag(json, "optional"), whole(json, "choose", 0), {}};
    each(json, "from", [&](const auto& entry) { reference.from.push_back(read_reference(entry)); });
    return reference;
}

Goal read_goal(const json::Value& json) {
    Goal goal{text_or(json, "id"), text_or(json, "text"), {}, texts(json, "aliases")};
    each(json, "checks", [&](const auto& check) { goal.checks.push_back(read_check(check)); });
    return goal;
}

// As deep as the document, which is bounded.
Stage read_stage(const json::Value& json) {
    Stage stage;
    stage.id = text_or(json, "id");
    stage.aliases = texts(json, "aliases");
    stage.kind = text_or(json, "kind");
    stage.label = text_or(json, "label");
    stage.title = text_or(json, "title");
    stage.goal = text_or(json, "goal");
    stage.length = read_length(json);
    stage.optional = flag(json, "optional");
    stage.requires_stages = texts(json, "requires");
    each(json, "topics", [&](const auto& entry) {
        stage.topics.push_back({text_or(entry, "topic"), text_or(entry, "heading"), flag(entry, "optional")});
    });
    each(json, "projects", [&](const auto& entry) { stage.projects.push_back(read_reference(entry)); });
    stage.core = texts(json, "core");
    each(json, "goals", [&](const auto& entry) { stage.goals.push_back(read_goal(entry)); });
    each(json, "stages", [&](const auto& entry) { stage.stages.push_back(read_stage(entry)); });
    return stage;
}

}  // namespace

bool Stage::is_core(const ProjectRef& entry) const {
    return core.empty() || !entry.from.empty() || std::ranges::find(core, entry.project) != core.end();
}

bool Stage::has_more() const {
    return std::ranges::any_of(projects, [&](const ProjectRef& entry) { return !entry.optional && !is_core(entry); });
}

Curriculum read_curriculum(const json::Value& json) {
    Curriculum curriculum{
        text_or(json, "id"),   text_or(json, "title"), text_or(json, "summary"), read_length(json), {},
        texts(json, "aliases")};
    each(json, "stages", [&](const auto& stage) { curriculum.stages.push_back(read_stage(stage)); });
    return curriculum;
}

Topic read_topic(const json::Value& json) {
    Topic topic{text_or(json, "id"),   text_or(json, "title"),  text_or(json, "summary"), read_hours(json),
                texts(json, "skills"), texts(json, "requires"), texts(json, "subtopics"), {},
                texts(json, "aliases")};
    each(json, "resources", [&](const auto& entry) {
        topic.resources.push_back({text_or(entry, "title"), text_or(entry, "url"), text_or(entry, "kind"),
                                   text_or(entry, "origin"), text_or(entry, "replaces")});
    });
    return topic;
}

Skill read_skill(const json::Value& json) {
    return {text_or(json, "id"), text_or(json, "title"), texts(json, "aliases")};
}

}  // namespace mlpath::library
