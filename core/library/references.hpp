// Where a part of a library names another part by its id, and where it says which ids it had itself: told once for the
// linter, the index and whoever reads a part alone.
#pragma once

#include <string>

#include "json/document.hpp"
#include "library/library.hpp"
#include "library/renamed.hpp"

namespace mlpath::library {

// Of all that has an id: `visit(kind, id, aliases, within, pointer)`, the pointer from the value's own place.
template <typename Visit>
void each_named(const Topic& topic, const Visit& visit) {
    visit(IdKind::topic, topic.id, topic.aliases, std::string(), std::string());
}
template <typename Visit>
void each_named(const Skill& skill, const Visit& visit) {
    visit(IdKind::skill, skill.id, skill.aliases, std::string(), std::string());
}
template <typename Visit>
void each_named(const Dataset& dataset, const Visit& visit) {
    visit(IdKind::dataset, dataset.id, dataset.aliases, std::string(), std::string());
}
template <typename Visit>
void each_named(const Project& project, const Visit& visit) {
    visit(IdKind::project, project.id, project.aliases, std::string(), std::string());
    for (std::size_t i = 0; i < project.milestones.size(); ++i) {
        const auto& milestone = project.milestones[i];
        visit(IdKind::milestone, milestone.id, milestone.aliases, project.id, json::pointer_to("/milestones", i));
    }
}
template <typename Visit>
void each_named(const Quiz& quiz, const Visit& visit) {
    visit(IdKind::quiz, quiz.id, quiz.aliases, std::string(), std::string());
    for (std::size_t i = 0; i < quiz.questions.size(); ++i) {
        const auto& question = quiz.questions[i];
        visit(IdKind::question, question.id, question.aliases, quiz.id, json::pointer_to("/questions", i));
    }
    for (std::size_t i = 0; i < quiz.katas.size(); ++i) {
        visit(IdKind::question, quiz.katas[i].id, quiz.katas[i].aliases, quiz.id, json::pointer_to("/katas", i));
    }
}
template <typename Visit>
void each_named(const Curriculum& curriculum, const std::vector<Stage>& stages, const std::string& at,
                const Visit& visit) {
    for (std::size_t i = 0; i < stages.size(); ++i) {
        const auto& stage = stages[i];
        const auto pointer = json::pointer_to(at + "/stages", i);
        visit(IdKind::stage, stage.id, stage.aliases, curriculum.id, pointer);
        for (std::size_t g = 0; g < stage.goals.size(); ++g) {
            visit(IdKind::goal, stage.goals[g].id, stage.goals[g].aliases, std::string(),
                  json::pointer_to(pointer + "/goals", g));
        }
        each_named(curriculum, stage.stages, pointer, visit);
    }
}
template <typename Visit>
void each_named(const Curriculum& curriculum, const Visit& visit) {
    visit(IdKind::curriculum, curriculum.id, curriculum.aliases, std::string(), std::string());
    each_named(curriculum, curriculum.stages, "", visit);
}

// Of all that names another: `visit(kind, id, within, pointer)`, which may change the id.
template <typename Visit>
void each_reference(IdKind kind, std::vector<std::string>& ids, const std::string& within, const std::string& at,
                    const Visit& visit) {
    for (std::size_t i = 0; i < ids.size(); ++i) {
        visit(kind, ids[i], within, json::pointer_to(at, i));
    }
}
template <typename Visit>
void each_reference(Topic& topic, const Visit& visit) {
    each_reference(IdKind::topic, topic.requires_topics, "", "/requires", visit);
    each_reference(IdKind::skill, topic.skills, "", "/skills", visit);
}
template <typename Visit>
void each_reference(Project& project, const Visit& visit) {
    each_reference(IdKind::project, project.requires_projects, "", "/requires/projects", visit);
    each_reference(IdKind::topic, project.requires_topics, "", "/requires/topics", visit);
    each_reference(IdKind::project, project.satisfies, "", "/satisfies", visit);
    each_reference(IdKind::skill, project.skills, "", "/skills", visit);
    visit(IdKind::project, project.extends, std::string(), std::string("/extends"));
    for (std::size_t i = 0; i < project.data.size(); ++i) {
        visit(IdKind::dataset, project.data[i].dataset, std::string(), json::pointer_to("/data", i) + "/dataset");
    }
}
template <typename Visit>
void each_reference(Quiz& quiz, const Visit& visit) {
    for (std::size_t i = 0; i < quiz.questions.size(); ++i) {
        each_reference(IdKind::project, quiz.questions[i].projects, "", json::pointer_to("/questions", i) + "/projects",
                       visit);
    }
}
template <typename Visit>
void each_reference(std::vector<ProjectRef>& entries, const std::string& at, const Visit& visit) {
    for (std::size_t i = 0; i < entries.size(); ++i) {
        const auto pointer = json::pointer_to(at, i);
        visit(IdKind::project, entries[i].project, std::string(), pointer + "/project");
        each_reference(entries[i].from, pointer + "/from", visit);
    }
}
template <typename Visit>
void each_reference(std::vector<Stage>& stages, const std::string& curriculum, const std::string& at,
                    const Visit& visit) {
    for (std::size_t i = 0; i < stages.size(); ++i) {
        auto& stage = stages[i];
        const auto pointer = json::pointer_to(at + "/stages", i);
        each_reference(IdKind::stage, stage.requires_stages, curriculum, pointer + "/requires", visit);
        for (std::size_t t = 0; t < stage.topics.size(); ++t) {
            visit(IdKind::topic, stage.topics[t].topic, std::string(),
                  json::pointer_to(pointer + "/topics", t) + "/topic");
        }
        each_reference(stage.projects, pointer + "/projects", visit);
        each_reference(IdKind::project, stage.core, "", pointer + "/core", visit);
        each_reference(stage.stages, curriculum, pointer, visit);
    }
}
template <typename Visit>
void each_reference(Curriculum& curriculum, const Visit& visit) {
    each_reference(curriculum.stages, curriculum.id, "", visit);
}

// The ids of before, of the whole library. A quiz had what its topic was called.
[[nodiscard]] Renamed renamed_in(const Library& library);

// What it names it names by the ids of today.
template <typename T>
void name_as_today(T& value, const Renamed& renamed) {
    if (!renamed.empty()) {
        each_reference(value, [&](IdKind kind, std::string& id, const std::string& within, const std::string&) {
            id = std::string(renamed.now(kind, id, within));
        });
    }
}

}  // namespace mlpath::library
