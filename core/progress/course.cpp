#include "progress/course.hpp"

#include <algorithm>

namespace mlpath::progress {

namespace {

bool all_pass(const library::IndexProject& project, const State& state) {
    return project.status == library::ProjectStatus::ready && !project.milestones.empty() &&
           current_milestone(project, state) == nullptr;
}

// The done projects, and what they satisfy, and what those satisfy.
std::set<std::string, std::less<>> done_projects(const library::Index& index, const State& state) {
    std::set<std::string, std::less<>> done;
    std::vector<const library::IndexProject*> open;
    for (const auto& project : index.projects) {
        if (all_pass(project, state)) {
            open.push_back(&project);
        }
    }
    while (!open.empty()) {
        const auto* const project = open.back();
        open.pop_back();
        if (!done.insert(project->id).second) {
            continue;
        }
        for (const auto& id : project->satisfies) {
            if (const auto* const other = index.projects.find(id)) {
                open.push_back(other);
            }
        }
    }
    return done;
}

const library::Stage* find_stage(const std::vector<library::Stage>& stages, std::string_view id) {
    for (const auto& stage : stages) {
        if (stage.id == id) {
            return &stage;
        }
        if (const auto* const inside = find_stage(stage.stages, id)) {
            return inside;
        }
    }
    return nullptr;
}

bool has_projects(const library::Index& index, const library::Stage& stage) {
    const auto ready = [&](const library::ProjectRef& entry) {
        const auto* const project = index.projects.find(entry.project);
        return project != nullptr && project->status == library::ProjectStatus::ready;
    };
    return std::ranges::any_of(stage.projects, [&](const library::ProjectRef& entry) {
        return entry.from.empty() ? ready(entry) : std::ranges::any_of(entry.from, ready);
    });
}

}  // namespace

std::string title_of(const library::Stage& stage) {
    return stage.label.empty() ? stage.title : stage.label + ": " + stage.title;
}

Passed passed_of(const library::IndexProject& project, const State& state) {
    Passed passed;
    bool behind = false;
    const auto* const known = state.project(project.id);
    for (const auto& milestone : project.milestones) {
        const auto* const was = known == nullptr ? nullptr : known->milestone(milestone.id);
        behind = behind || (was != nullptr && was->open_again);
        if (was != nullptr && was->done) {
            (behind ? passed.before : passed.done) += 1;
        }
    }
    return passed;
}

const library::IndexMilestone* current_milestone(const library::IndexProject& project, const State& state) {
    const auto* const known = state.project(project.id);
    for (const auto& milestone : project.milestones) {
        if (known == nullptr || !known->passes(milestone.id)) {
            return &milestone;
        }
    }
    return nullptr;
}

bool is_done(const library::Index& index, const State& state, std::string_view project) {
    return done_projects(index, state).contains(project);
}

Course::Course(const Followed& followed, const State& state)
    : m_index(followed.index), m_state(state), m_done(done_projects(followed.index, state)) {
    for (const auto& id : followed.curricula) {
        const auto* const curriculum = m_index.curricula.find(id);
        if (curriculum == nullptr) {
            m_unknown.push_back(id);
            continue;
        }
        for (const auto& stage : curriculum->stages) {
            add(*curriculum, stage, nullptr);
        }
    }
}

void Course::add(const library::Curriculum& curriculum, const library::Stage& stage, const CourseStage* around) {
    CourseStage place{&curriculum, &stage, 0, stage.optional, {}};
    if (around != nullptr) {
        place.depth = around->depth + 1;
        place.optional = place.optional || around->optional;
        place.requires_stages = around->requires_stages;
    }
    place.requires_stages.insert(place.requires_stages.end(), stage.requires_stages.begin(),
                                 stage.requires_stages.end());
    m_stages.push_back(place);
    for (const auto& inside : stage.stages) {
        add(curriculum, inside, &place);
    }
}

bool Course::is_planned(std::string_view id) const {
    const auto* const project = m_index.projects.find(id);
    return project != nullptr && project->status == library::ProjectStatus::planned;
}

bool Course::is_open(std::string_view id) const {
    const auto* const project = m_index.projects.find(id);
    return project != nullptr && project->status == library::ProjectStatus::ready && !is_done(id);
}

std::size_t Course::missing(const library::ProjectRef& entry) const {
    if (entry.from.empty()) {
        return is_open(entry.project) ? 1 : 0;
    }
    std::size_t done = 0;
    std::size_t open = 0;
    for (const auto& choice : entry.from) {
        done += is_done(choice.project) ? 1 : 0;
        open += is_open(choice.project) ? 1 : 0;
    }
    const auto wanted = static_cast<std::size_t>(std::max(entry.choose, 0));
    return std::min(open, wanted - std::min(done, wanted));
}

bool Course::is_complete(const library::Stage& stage) const {
    if (std::ranges::any_of(stage.projects, [&](const auto& entry) { return !entry.optional && missing(entry) > 0; })) {
        return false;
    }
    if (!has_projects(m_index, stage)) {
        const bool learned = std::ranges::all_of(stage.topics, [&](const library::TopicRef& entry) {
            return entry.optional || m_state.has_learned(entry.topic);
        });
        const bool reached =
            std::ranges::all_of(stage.goals, [&](const library::Goal& goal) { return m_state.has_reached(goal.id); });
        if (!learned || !reached) {
            return false;
        }
    }
    return std::ranges::all_of(stage.stages,
                               [&](const library::Stage& inside) { return inside.optional || is_complete(inside); });
}

bool Course::is_reachable(const CourseStage& place) const {
    return std::ranges::all_of(place.requires_stages, [&](std::string_view id) {
        const auto* const required = find_stage(place.curriculum->stages, id);
        return required == nullptr || is_complete(*required);
    });
}

std::vector<std::string_view> Course::missing_projects(const library::IndexProject& project) const {
    std::vector<std::string_view> missing;
    for (const auto& id : project.requires_projects) {
        if (is_open(id)) {
            missing.emplace_back(id);
        }
    }
    return missing;
}

void Course::missing_topics(std::string_view id, std::vector<std::string_view>& found) const {
    const auto* const topic = m_index.topics.find(id);
    if (topic == nullptr || m_state.has_learned(topic->id) || std::ranges::find(found, id) != found.end() ||
        found.size() > m_index.topics.size()) {
        return;
    }
    // Marked before going deeper, so that topics that require each other end; moved behind what it requires after.
    found.push_back(topic->id);
    const auto place = found.size() - 1;
    for (const auto& required : topic->requires_topics) {
        missing_topics(required, found);
    }
    std::rotate(found.begin() + static_cast<std::ptrdiff_t>(place),
                found.begin() + static_cast<std::ptrdiff_t>(place) + 1, found.end());
}

}  // namespace mlpath::progress
