#include "progress/work.hpp"

#include <algorithm>
#include <functional>
#include <unordered_set>

namespace mlpath::progress {

namespace {

double middle(const std::optional<library::Hours>& hours) {
    return hours ? std::max(0.0, (hours->min + std::max(hours->min, hours->max)) / 2) : 0;
}

class Gatherer {
public:
    Gatherer(const library::Index& index, const Course& course, const State& state)
        : m_index(index), m_course(course), m_state(state) {}

    // First of all stages: the topics that one of them has in its core.
    void list(const library::Stage& stage) {
        const auto core = m_course.core_topics(stage);
        for (const auto& entry : stage.topics) {
            if (!entry.optional && (!core || core->contains(entry.topic))) {
                m_listed.insert(entry.topic);
            }
        }
    }

    void gather(StageWork& stage) {
        const auto core = m_course.core_topics(*stage.place.stage);
        for (const auto& entry : stage.place.stage->topics) {
            if (!entry.optional) {
                auto work = topic(entry);
                work.core = !core || core->contains(entry.topic);
                work.repeated = is_repeated("topic/" + entry.topic, work, stage);
                stage.works.push_back(std::move(work));
            }
        }
        for (const auto& entry : stage.place.stage->projects) {
            if (entry.optional) {
                continue;
            }
            if (!entry.from.empty()) {
                choice(entry, stage.works);
            } else if (const auto* const known = there(entry.project)) {
                auto work = project(*known);
                work.core = stage.place.stage->is_core(entry);
                work.repeated = is_repeated("project/" + entry.project, work, stage);
                if (work.core && !work.repeated && !stage.ongoing) {
                    bring_topics(*known, work);
                }
                stage.works.push_back(std::move(work));
            }
        }
        for (const auto& goal : stage.place.stage->goals) {
            stage.works.push_back({.id = goal.id, .title = goal.text, .done = m_state.has_reached(goal.id) ? 1.0 : 0});
        }
    }

private:
    // What goes on or is more practice takes no time, so that hours are never counted there.
    bool is_repeated(std::string id, const Work& work, const StageWork& stage) {
        return stage.ongoing || !work.core ? m_seen.contains(id) : !m_seen.insert(std::move(id)).second;
    }

    // A project brings the topics with it that it asks for and no stage has in its core; each once. Those that are
    // learned count as work done.
    void bring_topics(const library::IndexProject& project, Work& work) {
        double hours = 0;
        double learned = 0;
        std::vector<std::string_view> open(project.requires_topics.begin(), project.requires_topics.end());
        while (!open.empty()) {
            const auto* const topic = m_index.topics.find(open.back());
            open.pop_back();
            if (topic == nullptr || !m_brought.insert(topic->id).second) {
                continue;
            }
            if (!m_listed.contains(topic->id)) {
                hours += middle(topic->hours);
                learned += m_course.is_learned(topic->id) ? middle(topic->hours) : 0;
            }
            open.insert(open.end(), topic->requires_topics.begin(), topic->requires_topics.end());
        }
        if (work.done < 1 && work.hours > 0) {  // so it stays below 1
            work.done = (work.hours * work.done + learned) / (work.hours + hours);
        }
        work.hours += hours;
    }

    // Null where it cannot be built, also where another one satisfies it.
    [[nodiscard]] const library::IndexProject* there(std::string_view id) const {
        const auto* const project = m_index.projects.find(id);
        return project != nullptr && project->status == library::ProjectStatus::ready ? project : nullptr;
    }

    Work topic(const library::TopicRef& entry) {
        Work work{.id = entry.topic, .title = entry.heading};
        if (const auto* const known = m_index.topics.find(entry.topic)) {
            work.title = known->title;
            work.hours = middle(known->hours);
        }
        work.done = m_course.is_learned(entry.topic) ? 1 : 0;
        if (const auto* const proof = m_course.proved_by(entry.topic)) {
            work.when = proof->when.at;
        }
        for (const auto* const learned : {&m_state.topics, &m_state.quizzes}) {
            if (const auto found = learned->find(entry.topic); found != learned->end()) {
                work.when = std::min(work.when.value_or(found->second.at), found->second.at);
            }
        }
        return work;
    }

    [[nodiscard]] Work project(const library::IndexProject& project) const {
        Work work{.id = project.id, .title = project.title, .hours = middle(project.hours)};
        if (m_course.is_done(project.id)) {
            work.done = 1;
        } else if (!project.milestones.empty()) {
            work.done =
                static_cast<double>(passed_of(project, m_state).done) / static_cast<double>(project.milestones.size());
        }
        const auto* const known = m_state.project(project.id);
        for (const auto& milestone : project.milestones) {
            const auto* const was = known == nullptr ? nullptr : known->milestone(milestone.id);
            if (was != nullptr && was->done && work.done >= 1) {
                work.when = std::max(work.when.value_or(was->done->at), was->done->at);
            }
        }
        return work;
    }

    // As many as are to be chosen, each with the mean of the hours; those that are furthest count.
    void choice(const library::ProjectRef& entry, std::vector<Work>& works) const {
        std::vector<Work> options;
        double hours = 0;
        for (const auto& option : entry.from) {
            if (const auto* const known = there(option.project)) {
                options.push_back(project(*known));
                hours += options.back().hours;
            }
        }
        std::ranges::stable_sort(options, std::ranges::greater(), &Work::done);
        const auto there = options.size();
        options.resize(std::min(there, static_cast<std::size_t>(std::max(entry.choose, 0))));
        // What was done by way of another project, planned itself, is none of the options and yet chosen.
        const auto left = m_course.missing(entry);
        for (std::size_t i = 0; i + left < options.size(); ++i) {
            options[i].done = 1;
        }
        for (auto& option : options) {
            option.hours = hours / static_cast<double>(there);
            if (option.done <= 0) {
                option.id.clear();
                option.title =
                    entry.heading.empty() ? "one of " + std::to_string(entry.from.size()) + " projects" : entry.heading;
            }
            works.push_back(std::move(option));
        }
    }

    const library::Index& m_index;
    const Course& m_course;
    const State& m_state;
    std::unordered_set<std::string> m_seen{};
    std::unordered_set<std::string_view> m_listed{};   // topics
    std::unordered_set<std::string_view> m_brought{};  // topics
};

}  // namespace

std::vector<StageWork> work_of(const library::Index& index, std::string_view curriculum, const State& state) {
    const Course course({index, {std::string(curriculum)}, {}}, state);
    Gatherer gatherer(index, course, state);
    for (const auto& place : course.stages()) {
        if (!place.optional) {
            gatherer.list(*place.stage);
        }
    }
    std::vector<StageWork> stages;
    std::vector<bool> ongoing_at;  // by depth: the stage that was the latest there
    for (const auto& place : course.stages()) {
        StageWork stage{.place = place};
        stage.ongoing = (place.stage->length && place.stage->length->ongoing) ||
                        (place.depth > 0 && ongoing_at.at(place.depth - 1));
        ongoing_at.resize(place.depth + 1);
        ongoing_at[place.depth] = stage.ongoing;
        if (!place.optional) {
            gatherer.gather(stage);
        }
        stages.push_back(std::move(stage));
    }
    return stages;
}

}  // namespace mlpath::progress
