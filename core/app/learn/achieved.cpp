#include "app/learn/achieved.hpp"

#include <algorithm>
#include <set>

#include "base/text.hpp"

namespace mlpath::app {

namespace {

bool is_finished(progress::ProjectStanding standing) {
    return standing == progress::ProjectStanding::done || standing == progress::ProjectStanding::satisfied;
}

void count(const progress::CurriculumProgress& curriculum, const library::Index& index, Achieved& all) {
    std::set<std::string_view> projects;
    std::set<std::string_view> planned;
    std::set<std::string_view> topics;
    all.roadmaps.push_back(curriculum.title);
    for (const auto& stage : curriculum.stages) {
        for (const auto& project : stage.project_list) {
            if (is_finished(project.standing)) {
                projects.insert(project.id);
            } else if (project.standing == progress::ProjectStanding::planned) {
                planned.insert(project.id);
            }
        }
        for (const auto& topic : stage.topic_list) {
            if (topic.done) {
                topics.insert(topic.id);
            }
        }
        all.goals += stage.goals.done;
    }
    for (const auto id : projects) {
        const auto* const project = index.projects.find(id);
        all.milestones += project == nullptr ? 0 : project->milestones.size();
    }
    all.projects += projects.size();
    all.planned += planned.size();
    all.topics += topics.size();
}

// What is open in a roadmap that is not followed; empty: nothing.
std::string open_in(const progress::CurriculumProgress& curriculum) {
    std::vector<std::string> parts;
    const auto add = [&](const progress::Count& part, std::string_view what) {
        if (part.done < part.total) {
            parts.push_back(count_of(part.total - part.done, what));
        }
    };
    add(curriculum.projects, "project");
    add(curriculum.topics, "topic");
    add(curriculum.goals, "goal");
    std::string text;
    for (std::size_t i = 0; i < parts.size(); ++i) {
        text += (i == 0 ? "" : i + 1 == parts.size() ? " and " : ", ") + parts[i];
    }
    return text;
}

}  // namespace

Achieved achieved(const Context& context, const progress::Overview& overview, const progress::State& state) {
    Achieved all;
    for (const auto& curriculum : overview.curricula) {
        count(curriculum, context.index, all);
    }
    for (const auto& other : context.index.curricula) {
        if (std::ranges::find(overview.curricula, other.id, &progress::CurriculumProgress::id) !=
            overview.curricula.end()) {
            continue;
        }
        const auto seen = progress::overview({context.index, {other.id}}, state);
        if (const auto open = seen.curricula.empty() ? std::string() : open_in(seen.curricula.front()); !open.empty()) {
            all.offers.push_back({"mlpath init . --curriculum " + other.id, other.title + ": " + open + " to do"});
        }
    }
    if (!state.memories.empty()) {
        all.offers.push_back({"mlpath review", "asks again what you answered, when it begins to fade"});
    }
    all.offers.push_back({"mlpath interview", "asks what an interviewer would ask about your projects"});
    all.offers.push_back({"mlpath skills --markdown", "writes what you have proved, for a README or a CV"});
    return all;
}

}  // namespace mlpath::app
