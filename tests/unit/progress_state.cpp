#include <doctest/doctest.h>

#include <algorithm>
#include <random>

#include "unit/progress_support.hpp"

using namespace mlpath;
using namespace mlpath::progress;
using namespace mlpath::test;

TEST_CASE("a milestone is done, open again and done again") {
    const auto events =
        dated({started("iris", 2), checked("iris", "load", true, 2), checked("iris", "load", true, 2),
               checked("iris", "load", false, 2), checked("iris", "load", false, 2), checked("iris", "load", true, 3)});
    struct Case {
        std::size_t count;
        std::optional<TimePoint> done;
        std::optional<TimePoint> open_again;
    };
    for (const auto& [count, done, open_again] : std::vector<Case>{{1, {}, {}},
                                                                   {2, minute(1), {}},
                                                                   {3, minute(1), {}},
                                                                   {4, {}, minute(3)},
                                                                   {5, {}, minute(3)},
                                                                   {6, minute(5), {}}}) {
        CAPTURE(count);
        const auto state = replay(std::span(events).first(count));
        REQUIRE(state.project("iris") != nullptr);
        CHECK(state.project("iris")->started == minute(0));
        CHECK(state.project("iris")->version == 2);
        const auto* const milestone = state.project("iris")->milestone("load");
        if (count == 1) {
            CHECK(milestone == nullptr);
            continue;
        }
        REQUIRE(milestone != nullptr);
        CHECK(milestone->done == done);
        CHECK(milestone->open_again == open_again);
        CHECK(state.passes("iris", "load") == done.has_value());
    }
}

TEST_CASE("hints, solutions and words of the learner") {
    auto events =
        dated({started("iris"), hinted("iris", "load", 1), hinted("iris", "load", 2), hinted("iris", "load", 1),
               said("numpy"), said("pandas"), unsaid("numpy"), unsaid("never-said")});
    events.push_back({.id = id_of(70), .at = minute(20), .type = EventType::solution_shown, .project = "iris"});
    events.push_back({.id = id_of(71), .at = minute(21), .type = EventType::solution_shown, .project = "iris"});
    events.push_back({.id = id_of(72), .at = minute(22), .type = EventType::solution_applied, .project = "iris"});
    events.push_back({.id = id_of(73), .at = minute(23), .type = EventType::said, .goal = "portfolio"});
    const auto state = replay(events);
    const auto& iris = *state.project("iris");
    CHECK(iris.milestone("load")->hints == 2);
    CHECK(iris.milestone("load")->hint_position == 1);
    CHECK(iris.solution_shown == minute(20));
    CHECK(iris.solution_applied == minute(22));
    CHECK(iris.last == minute(22));
    CHECK(state.topics.size() == 1);
    CHECK(state.topics.at("pandas") == minute(5));
    CHECK(state.goals.at("portfolio") == minute(23));
}

TEST_CASE("quizzes, answers, goals and plans") {
    const auto at = [](int when, Event event) {
        event.id = id_of(static_cast<unsigned>(when));
        event.at = minute(when);
        return event;
    };
    const std::vector events{
        at(1, {.type = EventType::answered, .quiz = "numpy", .question = "axis", .passed = true}),
        at(2, {.type = EventType::answered, .quiz = "numpy", .question = "axis"}),
        at(3, {.type = EventType::quizzed, .quiz = "numpy"}),
        at(4, {.type = EventType::quizzed, .quiz = "pandas", .passed = true}),
        at(5, {.type = EventType::quizzed, .quiz = "pandas"}),
        at(6, {.type = EventType::goal_checked, .goal = "repo", .passed = true}),
        at(7, {.type = EventType::goal_checked, .goal = "readme", .passed = true}),
        at(8, {.type = EventType::goal_checked, .goal = "readme"}),
        at(9, {.type = EventType::planned, .curriculum = "levels", .start = "2026-11-20", .minutes = 600}),
        at(10, {.type = EventType::planned, .curriculum = "levels", .start = "2026-12-01", .minutes = 300})};
    const auto state = replay(events);
    CHECK(!state.has_learned("numpy"));
    CHECK(state.has_learned("pandas"));
    CHECK(state.quizzes.at("pandas") == minute(4));
    CHECK(state.has_reached("repo"));
    CHECK(!state.has_reached("readme"));
    REQUIRE(state.memories.size() == 1);
    CHECK(state.memories.at("numpy/axis").answers == 2);
    CHECK(state.memories.at("numpy/axis").lapses == 1);
    // Whose plan it is, and how often it was made anew, is what calendars know it by.
    CHECK(state.plans.at("levels") == Plan{*parse_date("2026-12-01"), 300, minute(10), *read_id(id_of(9)), 1});

    auto taken_back = events;
    taken_back.push_back(at(11, {.type = EventType::unsaid, .topic = "pandas"}));
    taken_back.push_back(at(12, {.type = EventType::unsaid, .goal = "repo"}));
    CHECK(!replay(taken_back).has_learned("pandas"));
    CHECK(!replay(taken_back).has_reached("repo"));
}

TEST_CASE("the order of lines and their copies change nothing") {
    std::vector<Event> events;
    std::mt19937 random(7);
    for (int i = 0; i < 300; ++i) {
        const auto project = "p" + std::to_string(random() % 3);
        const auto milestone = "m" + std::to_string(random() % 3);
        events.push_back(random() % 4 == 0 ? hinted(project, milestone, static_cast<int>(random() % 3) + 1)
                                           : checked(project, milestone, random() % 2 == 0));
        events.back().at = minute(static_cast<int>(random() % 50));  // many at the same time: the id decides
        events.back().id = id_of(static_cast<unsigned>(i));
    }
    const auto expected = replay(events);
    for (int round = 0; round < 20; ++round) {
        auto shuffled = events;
        for (int copies = 0; copies < 100; ++copies) {
            shuffled.push_back(events[random() % events.size()]);
        }
        std::ranges::shuffle(shuffled, random);
        CHECK(replay(shuffled) == expected);
    }
}

TEST_CASE("only what changes something is recorded") {
    const auto state = replay(dated({started("iris"), checked("iris", "load", true), checked("iris", "plot", true),
                                     checked("iris", "plot", false), said("numpy")}));
    struct Case {
        const char* name;
        std::string project;
        int version;
        std::vector<Outcome> outcomes;
        std::vector<std::string> expected;
    };
    for (const auto& [name, project, version, outcomes, expected] : std::vector<Case>{
             {"passes and passed", "iris", 1, {{"load", true}}, {}},
             {"fails and passed", "iris", 1, {{"load", false}}, {"load fail"}},
             {"passes and is open again", "iris", 1, {{"plot", true}}, {"plot pass"}},
             {"fails and is open again", "iris", 1, {{"plot", false}}, {}},
             {"fails and never passed", "iris", 1, {{"split", false}}, {}},
             {"passes and never passed", "iris", 1, {{"split", true}}, {"split pass"}},
             {"passes by the checks of another version", "iris", 2, {{"load", true}}, {"load pass"}},
             {"several", "iris", 1, {{"load", true}, {"split", true}, {"plot", true}}, {"split pass", "plot pass"}},
             {"a project that is not known", "titanic", 1, {{"a", false}, {"b", true}}, {"started", "b pass"}},
             {"nothing decided", "iris", 1, {}, {}},
         }) {
        CAPTURE(name);
        std::vector<std::string> got;
        for (const auto& event : events_for(state, project, version, outcomes)) {
            CHECK(event.project == project);
            CHECK(event.version == version);
            got.push_back(event.type == EventType::started ? "started"
                                                           : event.milestone + (event.passed ? " pass" : " fail"));
        }
        CHECK(got == expected);
    }
}

TEST_CASE("what passes on synthetic data alone is known as that, until it passes on the real ones") {
    const auto on = [](library::DataKind data, bool passed) {
        auto event = checked("iris", "load", passed);
        event.data = data;
        return event;
    };
    constexpr auto real = library::DataKind::real;
    constexpr auto synthetic = library::DataKind::synthetic;
    struct Case {
        std::string name;
        std::vector<Event> events;
        bool done;
        bool synthetic;
        bool noted_on_real;  // that it passes there is worth a line
    };
    for (const auto& [name, events, done, alone, noted] : std::vector<Case>{
             {"on synthetic data", {on(synthetic, true)}, true, true, true},
             {"twice", {on(synthetic, true), on(synthetic, true)}, true, true, true},
             {"then on the real ones", {on(synthetic, true), on(real, true)}, true, false, false},
             {"on the real ones before", {on(real, true), on(synthetic, true)}, true, false, false},
             {"no more", {on(synthetic, true), on(synthetic, false)}, false, false, true},
             {"again", {on(real, true), on(real, false), on(synthetic, true)}, true, true, true},
         }) {
        CAPTURE(name);
        const auto state = replay(dated(events));
        const auto* const milestone = state.project("iris")->milestone("load");
        CHECK(milestone->done.has_value() == done);
        CHECK(milestone->synthetic == alone);
        CHECK(state.project("iris")->synthetic() == alone);
        const std::vector<Outcome> passes{{"load", true, real}};
        const auto added = events_for(state, "iris", 1, passes);
        CHECK(added.size() == (noted ? 1 : 0));
        const std::vector<Outcome> here{{"load", true, synthetic}};
        CHECK(events_for(state, "iris", 1, here).size() == (done ? 0 : 1));
        for (const auto& event : events_for(state, "iris", 1, here)) {
            CHECK(event.data == synthetic);
        }
    }
}

TEST_CASE("an event is later than what another machine's clock wrote") {
    auto known = dated({started("iris"), checked("iris", "load", true)});
    known.back().at = minute(10'000);
    const std::vector<Outcome> fails{{"load", false}};
    const auto events = events_for(replay(known), "iris", 1, fails);
    REQUIRE(events.size() == 1);
    CHECK(events.front().order > minute(10'000));
}

TEST_CASE("a clock that was wrong turns nothing around, and dates nothing else") {
    // The first line of each row of the story was written by a clock five years ahead, or one that had lost its date.
    const auto line = [](unsigned id, TimePoint at, TimePoint order, bool passed) {
        auto event = checked("iris", "load", passed);
        event.id = id_of(id);
        event.at = at;
        event.order = order;
        return event;
    };
    const auto ahead = minute(0) + std::chrono::days(5 * 365);
    const auto behind = TimePoint{} + std::chrono::hours(1);
    const auto later = [&](int n) { return ahead + std::chrono::microseconds(n); };
    struct Case {
        std::string name;
        std::vector<Event> events;
        std::optional<Moment> done;
        std::optional<Moment> open_again;
    };
    for (const auto& [name, events, done, open_again] : std::vector<Case>{
             {"ahead, then right",
              {line(1, ahead, ahead, true), line(2, minute(1), later(1), false)},
              {},
              Moment{minute(1), later(1)}},
             {"ahead, right, right",
              {line(1, ahead, ahead, true), line(2, minute(1), later(1), false), line(3, minute(2), later(2), true)},
              Moment{minute(2), later(2)},
              {}},
             {"right, then behind",
              {line(1, minute(1), minute(1), true), line(2, behind, minute(1) + std::chrono::microseconds(1), false)},
              {},
              Moment{behind, minute(1) + std::chrono::microseconds(1)}},
             {"ahead, behind, right",
              {line(1, ahead, ahead, true), line(2, behind, later(1), false), line(3, minute(2), later(2), true)},
              Moment{minute(2), later(2)},
              {}},
         }) {
        CAPTURE(name);
        auto shuffled = events;
        do {
            const auto state = replay(shuffled);
            const auto* const milestone = state.project("iris")->milestone("load");
            CHECK(milestone->done == done);
            CHECK(milestone->open_again == open_again);
        } while (std::ranges::next_permutation(shuffled, {}, &Event::id).found);
    }
}
