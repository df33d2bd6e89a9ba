#include "progress/next.hpp"

#include <algorithm>

#include "base/text.hpp"
#include "progress/course.hpp"

namespace mlpath::progress {

namespace {

// Null where what is next is in none.
const CourseStage* place_of(const Course& course, const NextThing& thing) {
    const auto found = std::ranges::find_if(course.stages(), [&](const CourseStage& place) {
        return place.stage->id == thing.stage && place.curriculum->id == thing.curriculum;
    });
    return found == course.stages().end() ? nullptr : &*found;
}

// What the project asks for first, then what its stage names.
std::vector<LearnAdvice> learn_beside(const library::Index& index, const Course& course, const NextThing& thing) {
    std::vector<std::string_view> ids;
    if (const auto* const project = index.projects.find(thing.project)) {
        for (const auto& topic : project->requires_topics) {
            course.missing_topics(topic, ids);
        }
    }
    if (!thing.topic.empty()) {
        course.missing_topics(thing.topic, ids);
    }
    const auto asked = ids.size();
    if (const auto* const place = place_of(course, thing)) {
        for (const auto& entry : place->stage->topics) {
            if (!entry.optional) {
                course.missing_topics(entry.topic, ids);
            }
        }
    }
    std::vector<LearnAdvice> learn;
    for (const auto id : ids) {
        const auto& topic = *index.topics.find(id);
        learn.push_back(
            {topic.id, topic.title, topic.resource_title, topic.resource_url, topic.hours, learn.size() < asked});
    }
    return learn;
}

// Of the stage of what is next, what is more practice and not done.
MorePractice more_beside(const Course& course, const NextThing& thing) {
    MorePractice more;
    const auto* const place = place_of(course, thing);
    if (place == nullptr || place->optional || !thing.core || thing.optional) {
        return more;
    }
    for (const auto& entry : place->stage->projects) {
        if (entry.optional || place->stage->is_core(entry)) {
            continue;
        }
        if (course.is_open(entry.project)) {
            more.projects.push_back(entry.project);
        } else if (course.is_planned(entry.project) && !course.is_done(entry.project)) {
            more.planned += 1;
        }
    }
    return more;
}

// The planned projects that stand before it; before one of the core, those of the core.
std::vector<std::string> passed_over(const Course& course, const NextThing& thing) {
    std::vector<std::string> ids;
    const bool all = !thing.core || thing.optional;
    for (const auto& place : course.stages()) {
        for (const auto& entry : place.stage->projects) {
            const bool one_of = std::ranges::any_of(
                entry.from, [&](const library::ProjectRef& choice) { return choice.project == thing.project; });
            if (!thing.project.empty() && (entry.project == thing.project || one_of)) {
                return ids;
            }
            if (!all && !place.stage->is_core(entry)) {
                continue;
            }
            if (entry.from.empty() && course.is_planned(entry.project) && !course.is_done(entry.project)) {
                ids.push_back(entry.project);
            }
        }
        if (thing.project.empty() && place.stage->id == thing.stage && place.curriculum->id == thing.curriculum) {
            return ids;
        }
    }
    return ids;
}

}  // namespace

std::string_view to_string(NextKind kind) {
    switch (kind) {
        case NextKind::open_again: return "open-again";
        case NextKind::review: return "review";
        case NextKind::milestone: return "milestone";
        case NextKind::project: return "project";
        case NextKind::topic: return "topic";
        case NextKind::goal: return "goal";
        case NextKind::finished: return "finished";
    }
    return "";
}

Advice next(const Followed& followed, const State& state) {
    const Course course(followed, state);
    auto found = frontier(followed, state);
    Advice advice;
    for (const auto& id : course.unknown_curricula()) {
        advice.notes.push_back("the workspace follows `" + printable(id) + "`, which is no curriculum of this library");
    }
    if (found.empty()) {
        advice.next.why = "everything that is there is done";
    } else {
        advice.next = std::move(found.front());
        advice.learn = learn_beside(followed.index, course, advice.next);
        advice.more = more_beside(course, advice.next);
    }
    if (advice.next.kind == NextKind::open_again || advice.next.kind == NextKind::milestone ||
        advice.next.kind == NextKind::review) {
        return advice;
    }
    if (auto planned = passed_over(course, advice.next); !planned.empty()) {
        constexpr std::size_t shown = 5;
        const auto more = planned.size() > shown ? planned.size() - shown : 0;
        planned.resize(planned.size() - more);
        const bool one = planned.size() == 1;
        advice.notes.push_back("planned and not there yet, so passed over: " +
                               (more > 0 ? list_of(planned) + ", and " + std::to_string(more) + " more"
                                         : (one ? "`" + planned.front() + "`" : list_of(planned))));
    }
    return advice;
}

}  // namespace mlpath::progress
