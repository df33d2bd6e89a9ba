#include "progress/course.hpp"

#include <algorithm>

namespace mlpath::progress {

namespace {

bool all_pass(const library::IndexProject& project, const State& state) {
    return project.status == library::ProjectStatus::ready && !project.milestones.empty() &&
           current_milestone(project, state) == nullptr;
}

using Done = std::map<std::string_view, const library::IndexProject*>;

// The done projects, and what they satisfy, and what those satisfy; each with the project that was built.
Done done_projects(const library::Index& index, const State& state) {
    Done done;
    std::vector<std::pair<const library::IndexProject*, const library::IndexProject*>> open;
    for (const auto& project : index.projects) {
        if (all_pass(project, state)) {
            done.emplace(project.id, &project);
            open.emplace_back(&project, &project);
        }
    }
    while (!open.empty()) {
        const auto [project, built] = open.back();
        open.pop_back();
        for (const auto& id : project->satisfies) {
            const auto* const other = index.projects.find(id);
            if (other != nullptr && done.emplace(other->id, built).second) {
                open.emplace_back(other, built);
            }
        }
    }
    return done;
}

// When its last milestone came to pass.
Moment done_since(const library::IndexProject& project, const State& state) {
    Moment latest;
    for (const auto& milestone : project.milestones) {
        const auto* const known = state.project(project.id);
        const auto* const was = known == nullptr ? nullptr : known->milestone(milestone.id);
        if (was != nullptr && was->done && was->done->order >= latest.order) {
            latest = *was->done;
        }
    }
    return latest;
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

}  // namespace

std::set<std::string_view> with_what_they_require(const library::Index& index, std::vector<std::string_view> open) {
    std::set<std::string_view> found;
    while (!open.empty()) {
        const auto id = open.back();
        open.pop_back();
        const auto* const topic = index.topics.find(id);
        if (topic != nullptr && found.insert(topic->id).second) {
            open.insert(open.end(), topic->requires_topics.begin(), topic->requires_topics.end());
        }
    }
    return found;
}

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
    for (const auto& [id, built] : m_done) {
        const auto when = done_since(*built, state);
        for (const auto& topic : m_index.projects.find(id)->requires_topics) {
            const auto [place, fresh] = m_proved.try_emplace(topic, ProvedBy{built->id, when});
            if (!fresh && std::pair(when.order, std::string_view(built->id)) <
                              std::pair(place->second.when.order, place->second.project)) {
                place->second = {built->id, when};
            }
        }
    }
    follow(followed.curricula);
    pass_over_first_pages();
}

void Course::follow(const std::vector<std::string>& curricula) {
    for (const auto& id : curricula) {
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

bool Course::is_learned(std::string_view topic) const {
    return m_state.has_learned(topic) || m_proved.contains(topic) || !m_index.topics.contains(topic);
}

const ProvedBy* Course::proved_by(std::string_view topic) const {
    const auto found = m_proved.find(topic);
    return found == m_proved.end() ? nullptr : &found->second;
}

bool Course::is_done(const library::Stage& stage) const { return holds(stage, Asked::all); }

bool Course::is_complete(const library::Stage& stage) const { return holds(stage, Asked::core); }

bool Course::holds(const library::Stage& stage, Asked asked) const {
    const bool built = std::ranges::all_of(stage.projects, [&](const library::ProjectRef& entry) {
        return entry.optional || (asked == Asked::core && !stage.is_core(entry)) || missing(entry) == 0;
    });
    const bool reached =
        std::ranges::all_of(stage.goals, [&](const library::Goal& goal) { return m_state.has_reached(goal.id); });
    const bool learned = (asked == Asked::core && has_core_to_build(stage)) ||
                         std::ranges::all_of(stage.topics, [&](const library::TopicRef& entry) {
                             return entry.optional || is_learned(entry.topic);
                         });
    return built && reached && learned && std::ranges::all_of(stage.stages, [&](const library::Stage& inside) {
               return inside.optional || holds(inside, asked);
           });
}

bool Course::has_core_to_build(const library::Stage& stage) const {
    const auto ready = [&](const library::ProjectRef& entry) {
        const auto* const project = m_index.projects.find(entry.project);
        return project != nullptr && project->status == library::ProjectStatus::ready;
    };
    return std::ranges::any_of(stage.projects, [&](const library::ProjectRef& entry) {
        return stage.is_core(entry) && (entry.from.empty() ? ready(entry) : std::ranges::any_of(entry.from, ready));
    });
}

std::optional<std::set<std::string_view>> Course::core_topics(const library::Stage& stage) const {
    if (!stage.has_more() || !has_core_to_build(stage)) {
        return std::nullopt;
    }
    std::vector<std::string_view> open;
    for (const auto& entry : stage.projects) {
        const auto* const project = m_index.projects.find(entry.project);
        if (stage.is_core(entry) && project != nullptr && project->status == library::ProjectStatus::ready) {
            open.insert(open.end(), project->requires_topics.begin(), project->requires_topics.end());
        }
    }
    return with_what_they_require(m_index, std::move(open));
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

std::set<std::string_view> taught(const library::Index& index, const Course& course, const Whereabouts& here) {
    std::set<std::string_view> topics;
    for (const auto& topic : index.topics) {
        if (course.is_learned(topic.id)) {
            topics.insert(topic.id);
        }
    }
    for (const auto& place : course.stages()) {
        // Of another curriculum that is followed beside, nothing is known to be taught but what is learned.
        if (!here.curriculum.empty() && place.curriculum->id != here.curriculum) {
            continue;
        }
        for (const auto& entry : place.stage->topics) {
            topics.insert(entry.topic);
        }
        if (place.stage->id == here.stage) {
            break;
        }
    }
    return topics;
}

// What was learned through a topic that builds on it is not offered by itself, where no stage lists it: who knows
// Python need not read its first pages.
void Course::pass_over_first_pages() {
    std::vector<std::string_view> learned;
    for (const auto& topic : m_index.topics) {
        if (is_learned(topic.id)) {
            learned.insert(learned.end(), topic.requires_topics.begin(), topic.requires_topics.end());
        }
    }
    if (learned.empty()) {
        return;
    }
    m_known_by_more = with_what_they_require(m_index, std::move(learned));
    for (const auto& place : m_stages) {
        for (const auto& entry : place.stage->topics) {
            m_known_by_more.erase(entry.topic);
        }
    }
}

void Course::missing_topics(std::string_view id, std::vector<std::string_view>& found) const {
    const auto* const topic = m_index.topics.find(id);
    if (topic == nullptr || is_learned(topic->id) || m_known_by_more.contains(id) ||
        std::ranges::find(found, id) != found.end() || found.size() > m_index.topics.size()) {
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
