#include "progress/overview.hpp"

#include <algorithm>
#include <set>

#include "progress/course.hpp"

namespace mlpath::progress {

namespace {

// Counts one curriculum after the other; a project that several entries name is shown at each.
class Counter {
public:
    Counter(const Followed& followed, const State& state, const Course& course)
        : m_index(followed.index), m_state(state), m_course(course) {}

    [[nodiscard]] ProjectProgress project(const library::ProjectRef& entry, bool optional) const {
        ProjectProgress progress{.id = entry.project, .title = entry.heading, .optional = optional};
        const auto* const known = m_state.project(entry.project);
        progress.solution_applied = known != nullptr && known->solution_applied.has_value();
        const auto* const project = m_index.projects.find(entry.project);
        if (project == nullptr) {
            progress.standing = ProjectStanding::planned;
            return progress;
        }
        progress.title = project->title;
        progress.milestones.total = project->milestones.size();
        const auto passed = passed_of(*project, m_state);
        progress.milestones.done = passed.done;
        progress.passed_before = passed.before;
        progress.synthetic = known != nullptr && known->synthetic();
        const bool all = progress.milestones.total > 0 && progress.milestones.done == progress.milestones.total;
        if (m_course.is_done(project->id)) {
            progress.standing = all ? ProjectStanding::done : ProjectStanding::satisfied;
        } else if (m_course.is_planned(project->id)) {
            progress.standing = ProjectStanding::planned;
            progress.milestones = {};
        } else {
            progress.standing = known != nullptr ? ProjectStanding::started : ProjectStanding::open;
        }
        return progress;
    }

    [[nodiscard]] StageProgress stage(const CourseStage& place, const Whereabouts& here) const {
        StageProgress progress{.id = place.stage->id,
                               .label = place.stage->label,
                               .title = place.stage->title,
                               .depth = place.depth,
                               .optional = place.optional};
        progress.current = here.stage == place.stage->id && here.curriculum == place.curriculum->id;
        progress.has_more = !place.optional && place.stage->has_more();
        for (const auto& entry : place.stage->projects) {
            count(place, entry, progress);
        }
        std::ranges::stable_sort(progress.project_list, {}, [](const ProjectProgress& project) {
            return std::pair(project.optional, !project.core);
        });
        for (const auto& entry : place.stage->topics) {
            const auto* const topic = m_index.topics.find(entry.topic);
            TopicProgress shown{.id = entry.topic,
                                .title = topic != nullptr ? topic->title : entry.heading,
                                .optional = entry.optional || place.optional};
            if (const auto said = m_state.topics.find(entry.topic); said != m_state.topics.end()) {
                shown.said = said->second.at;
            }
            if (const auto quiz = m_state.quizzes.find(entry.topic); quiz != m_state.quizzes.end()) {
                shown.passed = quiz->second.at;
            }
            if (const auto* const proof = m_course.proved_by(entry.topic)) {
                shown.project = proof->project;
                shown.proved = proof->when.at;
            }
            shown.done = m_course.is_learned(entry.topic);
            if (!shown.optional) {
                progress.topics.total += 1;
                progress.topics.done += shown.done ? 1 : 0;
                progress.passed_topics += shown.passed ? 1 : 0;
                progress.proved_topics += shown.proved && !shown.passed ? 1 : 0;
            }
            progress.topic_list.push_back(std::move(shown));
        }
        for (const auto& goal : place.stage->goals) {
            progress.goals.total += place.optional ? 0 : 1;
            progress.goals.done += !place.optional && m_state.has_reached(goal.id) ? 1 : 0;
            GoalProgress shown{.id = goal.id, .text = goal.text, .has_checks = !goal.checks.empty()};
            if (const auto said = m_state.goals.find(goal.id); said != m_state.goals.end()) {
                shown.said = said->second.at;
            }
            if (const auto proved = m_state.proved_goals.find(goal.id); proved != m_state.proved_goals.end()) {
                shown.proved = proved->second.at;
                progress.proved_goals += place.optional ? 0 : 1;
            }
            progress.goal_list.push_back(std::move(shown));
        }
        const bool holds_something = progress.projects.total + progress.topics.total + progress.goals.total > 0;
        progress.done = (holds_something || !place.stage->stages.empty()) && m_course.is_done(*place.stage);
        return progress;
    }

private:
    void count(const CourseStage& place, const library::ProjectRef& entry, StageProgress& stage) const {
        const bool optional = entry.optional || place.optional;
        const bool core = place.stage->is_core(entry);
        std::size_t done = 0;
        std::size_t there = 0;
        std::vector<Count> milestones;
        const auto take = [&](const library::ProjectRef& ref) {
            auto shown = project(ref, optional || ref.optional);
            shown.core = core || shown.optional;
            const bool planned = shown.standing == ProjectStanding::planned;
            const bool passed = shown.standing == ProjectStanding::done || shown.standing == ProjectStanding::satisfied;
            stage.planned += planned ? 1 : 0;
            there += planned ? 0 : 1;
            done += passed ? 1 : 0;
            // A project that another one satisfies has nothing left to do.
            milestones.push_back(passed ? Count{shown.milestones.total, shown.milestones.total} : shown.milestones);
            stage.project_list.push_back(std::move(shown));
        };
        if (entry.from.empty()) {
            take(entry);
        }
        std::ranges::for_each(entry.from, take);
        if (optional) {
            return;
        }
        const auto wanted =
            entry.from.empty() ? there : std::min(there, static_cast<std::size_t>(std::max(entry.choose, 0)));
        stage.projects.total += wanted;
        stage.projects.done += std::min(done, wanted);
        stage.core.total += core ? wanted : 0;
        stage.core.done += core ? std::min(done, wanted) : 0;
        // Of a choice, the projects that are furthest count.
        std::ranges::stable_sort(milestones, std::ranges::greater(), &Count::done);
        milestones.resize(std::min(milestones.size(), wanted));
        for (const auto& [passed, total] : milestones) {
            stage.milestones.done += passed;
            stage.milestones.total += total;
        }
    }

    const library::Index& m_index;
    const State& m_state;
    const Course& m_course;
};

void add(Count& sum, const Count& part) {
    sum.done += part.done;
    sum.total += part.total;
}

}  // namespace

std::string_view to_string(ProjectStanding standing) {
    switch (standing) {
        case ProjectStanding::open: return "open";
        case ProjectStanding::started: return "started";
        case ProjectStanding::done: return "done";
        case ProjectStanding::satisfied: return "satisfied";
        case ProjectStanding::planned: return "planned";
    }
    return "";
}

Overview overview(const Followed& followed, const State& state) {
    const Course course(followed, state);
    const Counter counter(followed, state, course);
    Overview overview;
    const auto found = frontier(followed, state);
    if (!found.empty()) {
        overview.next = found.front();
    }
    const auto here = whereabouts(found);

    std::set<std::string_view> shown;
    for (const auto& place : course.stages()) {
        if (overview.curricula.empty() || overview.curricula.back().id != place.curriculum->id) {
            overview.curricula.push_back({.id = place.curriculum->id, .title = place.curriculum->title});
        }
        auto& curriculum = overview.curricula.back();
        auto stage = counter.stage(place, here);
        curriculum.has_more = curriculum.has_more || stage.has_more;
        add(curriculum.projects, stage.projects);
        add(curriculum.core, stage.core);
        add(curriculum.milestones, stage.milestones);
        add(curriculum.topics, stage.topics);
        add(curriculum.goals, stage.goals);
        curriculum.passed_topics += stage.passed_topics;
        curriculum.proved_topics += stage.proved_topics;
        curriculum.planned += stage.planned;
        curriculum.stages.push_back(std::move(stage));
        for (const auto& entry : place.stage->projects) {
            shown.insert(entry.project);
            for (const auto& choice : entry.from) {
                shown.insert(choice.project);
            }
        }
    }
    for (const auto& [id, known] : state.projects) {
        const auto* const project = followed.index.projects.find(id);
        if (project == nullptr) {
            continue;
        }
        if (!shown.contains(id)) {
            overview.others.push_back(counter.project({.project = id}, true));
        }
        for (const auto& milestone : project->milestones) {
            if (const auto* const was = known.milestone(milestone.id); was != nullptr && was->open_again) {
                overview.open_again.push_back({id, milestone.id, milestone.title, was->open_again->at});
            }
        }
    }
    return overview;
}

}  // namespace mlpath::progress
