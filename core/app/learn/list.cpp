#include "app/learn/list.hpp"

#include <algorithm>
#include <functional>
#include <set>
#include <string_view>
#include <unordered_set>

namespace mlpath::app {

namespace {

using library::ProjectRef;
using library::Stage;

struct Visitor {
    // The stage, the id, and the curriculum's own heading of it.
    using Visit = std::function<void(const Stage&, const std::string&, const std::string&)>;
    Visit project{};
    Visit topic{};
};

void visit(const Stage& stage, const ProjectRef& entry, const Visitor& visitor) {
    if (!entry.project.empty() && visitor.project) {
        visitor.project(stage, entry.project, entry.heading);
    }
    for (const auto& alternative : entry.from) {
        visit(stage, alternative, visitor);
    }
}

void visit(const std::vector<Stage>& stages, const Visitor& visitor) {
    for (const auto& stage : stages) {
        for (const auto& entry : stage.topics) {
            if (visitor.topic) {
                visitor.topic(stage, entry.topic, entry.heading);
            }
        }
        for (const auto& entry : stage.projects) {
            visit(stage, entry, visitor);
        }
        visit(stage.stages, visitor);
    }
}

void add_goals(const library::Curriculum& curriculum, const std::vector<Stage>& stages,
               std::vector<ListedGoal>& listed) {
    for (const auto& stage : stages) {
        for (const auto& goal : stage.goals) {
            listed.push_back({&goal, {curriculum.id, stage.id, heading_of(stage), {}}});
        }
        add_goals(curriculum, stage.stages, listed);
    }
}

std::vector<const library::Curriculum*> in_order(const library::Index& index, const First& first) {
    std::vector<const library::Curriculum*> curricula;
    for (const auto& id : first) {
        if (const auto* curriculum = index.curricula.find(id)) {
            curricula.push_back(curriculum);
        }
    }
    for (const auto& curriculum : index.curricula) {
        if (std::ranges::find(first, curriculum.id) == first.end()) {
            curricula.push_back(&curriculum);
        }
    }
    return curricula;
}

Placed placed_at(const library::Curriculum& curriculum, const Stage& stage, const std::string& heading) {
    return {curriculum.id, stage.id, heading_of(stage), heading};
}

}  // namespace

std::string heading_of(const Stage& stage) {
    return stage.label.empty() ? stage.title : stage.label + ": " + stage.title;
}

std::vector<ListedCurriculum> list_curricula(const library::Index& index) {
    std::vector<ListedCurriculum> listed;
    for (const auto& curriculum : index.curricula) {
        std::set<std::string, std::less<>> topics;
        std::set<std::string, std::less<>> projects;
        visit(curriculum.stages, {[&](const Stage&, const std::string& id, const std::string&) { projects.insert(id); },
                                  [&](const Stage&, const std::string& id, const std::string&) { topics.insert(id); }});
        const auto ready = std::count_if(projects.begin(), projects.end(), [&](const std::string& id) {
            const auto* project = index.projects.find(id);
            return project != nullptr && project->status == library::ProjectStatus::ready;
        });
        listed.push_back(
            {&curriculum, curriculum.stages.size(), topics.size(), projects.size(), static_cast<std::size_t>(ready)});
    }
    return listed;
}

std::vector<ListedProject> list_projects(const library::Index& index, const First& first) {
    std::vector<ListedProject> listed;
    std::unordered_set<std::string> seen;
    for (const auto* curriculum : in_order(index, first)) {
        visit(curriculum->stages, {[&](const Stage& stage, const std::string& id, const std::string& heading) {
                                       const auto* project = index.projects.find(id);
                                       if (project != nullptr && seen.insert(id).second) {
                                           listed.push_back({project, placed_at(*curriculum, stage, heading)});
                                       }
                                   },
                                   {}});
    }
    for (const auto& project : index.projects) {
        if (!seen.contains(project.id)) {
            listed.push_back({&project, {}});
        }
    }
    return listed;
}

std::vector<ListedTopic> list_topics(const library::Index& index, const First& first) {
    std::vector<ListedTopic> listed;
    std::unordered_set<std::string> seen;
    for (const auto* curriculum : in_order(index, first)) {
        visit(curriculum->stages, {{}, [&](const Stage& stage, const std::string& id, const std::string& heading) {
                                       const auto* topic = index.topics.find(id);
                                       if (topic != nullptr && seen.insert(id).second) {
                                           listed.push_back({topic, placed_at(*curriculum, stage, heading)});
                                       }
                                   }});
    }
    for (const auto& topic : index.topics) {
        if (!seen.contains(topic.id)) {
            listed.push_back({&topic, {}});
        }
    }
    return listed;
}

std::vector<ListedGoal> list_goals(const library::Index& index, const First& first) {
    std::vector<ListedGoal> listed;
    for (const auto* curriculum : in_order(index, first)) {
        add_goals(*curriculum, curriculum->stages, listed);
    }
    return listed;
}

std::vector<ListedDataset> list_datasets(const library::Index& index) {
    std::vector<ListedDataset> listed;
    for (const auto& dataset : index.datasets) {
        ListedDataset entry{&dataset, {}};
        for (const auto& project : index.projects) {
            if (std::find(project.datasets.begin(), project.datasets.end(), dataset.id) != project.datasets.end()) {
                entry.projects.push_back(project.id);
            }
        }
        listed.push_back(std::move(entry));
    }
    return listed;
}

}  // namespace mlpath::app
