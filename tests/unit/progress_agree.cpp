// `next`, `status` and `plan` agree: one place decides what is done, whatever a journal holds and whichever roadmap is
// followed.
#include <doctest/doctest.h>

#include <random>

#include "library/library.hpp"
#include "progress/course.hpp"
#include "progress/overview.hpp"
#include "progress/schedule.hpp"
#include "unit/progress_support.hpp"

using namespace mlpath;
using namespace mlpath::progress;
using namespace mlpath::test;

namespace {

const library::Index& roadmaps() {
    static const auto index = [] {
        const auto content = library::folder_content(MLPATH_SOURCE_DIR);
        REQUIRE(content);
        const auto loaded = library::load(*content);
        REQUIRE(loaded);
        return library::make_index(loaded->library);
    }();
    return index;
}

// What a learner may have done: so many in a hundred of all projects, topics and goals, some of it undone again.
std::vector<Event> some_of(const library::Index& index, std::mt19937& random, unsigned percent) {
    std::vector<Event> events;
    const auto chosen = [&] { return random() % 100 < percent; };
    for (const auto& project : index.projects) {
        if (!chosen()) {
            continue;
        }
        events.push_back(started(project.id));
        for (const auto& milestone : project.milestones) {
            if (percent == 100 || random() % 8 != 0) {
                events.push_back(checked(project.id, milestone.id, true));
            }
            if (percent < 100 && random() % 30 == 0) {
                events.push_back(checked(project.id, milestone.id, false));
            }
        }
    }
    for (const auto& topic : index.topics) {
        if (chosen()) {
            events.push_back(random() % 2 == 0 ? said(topic.id)
                                               : Event{.type = EventType::quizzed, .quiz = topic.id, .passed = true});
        }
    }
    const auto goals = [&](const auto& self, const std::vector<library::Stage>& stages) -> void {
        for (const auto& stage : stages) {
            for (const auto& goal : stage.goals) {
                if (chosen()) {
                    events.push_back({.type = EventType::said, .goal = goal.id});
                }
            }
            self(self, stage.stages);
        }
    };
    for (const auto& curriculum : index.curricula) {
        goals(goals, curriculum.stages);
    }
    std::ranges::shuffle(events, random);
    // What begins a milestone's story must stay before what ends it.
    std::ranges::stable_sort(events, [](const Event& a, const Event& b) {
        return a.type == EventType::checked && b.type == EventType::checked && a.passed && !b.passed &&
               a.project == b.project;
    });
    return events;
}

std::size_t left(const Count& count) { return count.total - count.done; }

}  // namespace

TEST_CASE("next, status and plan say the same, over random journals and all roadmaps") {
    const auto& index = roadmaps();
    REQUIRE(index.curricula.ids().size() == 5);
    std::mt19937 random(20261130);
    for (int round = 0; round < 60; ++round) {
        const unsigned percent = round % 6 == 0 ? 100 : static_cast<unsigned>(random() % 101);
        const auto state = replay(dated(some_of(index, random, percent)));
        for (const auto& curriculum : index.curricula) {
            CAPTURE(round);
            CAPTURE(percent);
            CAPTURE(curriculum.id);
            const Followed followed{index, {curriculum.id}, {}};
            const Course course(followed, state);
            const auto things = frontier(followed, state);
            const auto view = overview(followed, state);
            const Day start = *parse_date("2026-11-20");
            const auto plan = schedule(index, curriculum.id, {.start = start, .minutes = 600}, state, start);
            // The stages, one by one.
            REQUIRE(view.curricula.size() == 1);
            const auto& stages = view.curricula.front().stages;
            REQUIRE(stages.size() == plan.stages.size());
            std::size_t open = 0;
            std::size_t with_an_end = 0;
            for (const auto& stage : stages) {
                const auto* const laid = plan.stage(stage.id);
                REQUIRE(laid != nullptr);
                const auto here = left(stage.projects) + left(stage.topics) + left(stage.goals);
                CHECK(left(laid->works) == here);
                CHECK_FALSE((stage.done && here > 0));
                open += here;
                CHECK(left(laid->core) >= left(stage.core));
                with_an_end += laid->ongoing ? 0 : left(laid->core);
            }
            CHECK((plan.standing.pace == Pace::finished) == (with_an_end == 0));
            // What is next is open, and what is open is next some day.
            const auto required = std::ranges::count(things, false, &NextThing::optional);
            CHECK((open == 0 || required > 0));
            CHECK((view.next.kind == NextKind::finished) == things.empty());
            for (const auto& thing : things) {
                CHECK_FALSE((thing.kind == NextKind::topic && course.is_learned(thing.topic)));
                CHECK_FALSE((thing.kind == NextKind::goal && state.has_reached(thing.goal)));
                CHECK_FALSE((thing.kind == NextKind::project && course.is_done(thing.project)));
            }
            // One place where the learner is.
            std::string current;
            for (const auto& stage : stages) {
                current = stage.current ? stage.id : current;
            }
            CHECK(current == whereabouts(things).stage);
            CHECK((plan.standing.pace == Pace::finished || plan.standing.stage == current || current.empty()));
        }
    }
}
