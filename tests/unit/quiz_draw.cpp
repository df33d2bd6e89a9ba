#include <doctest/doctest.h>

#include "quiz/draw.hpp"
#include "unit/progress_support.hpp"

using namespace mlpath;
using namespace mlpath::quiz;
using namespace mlpath::test;

namespace {

progress::Memory remembered(TimePoint asked, double stability) {
    const auto day = day_at(asked, {});
    return {.stability = stability, .difficulty = 5, .asked = asked, .day = day, .latest = day, .answers = 1};
}

const Day today = *parse_date("2026-11-20");  // the day of minute(0)

}  // namespace

TEST_CASE("how many must be right") {
    const std::vector<std::size_t> needed{0, 1, 2, 3, 3, 4, 5, 6, 6};
    for (std::size_t asked = 0; asked < needed.size(); ++asked) {
        CHECK(needed_to_pass(asked) == needed[asked]);
    }
}

TEST_CASE("what was never asked comes first, then what was asked longest ago, in the author's order") {
    const std::vector<std::string> questions{"a", "b", "c", "d"};
    progress::State state;
    CHECK(draw("numpy", questions, state) == questions);
    CHECK(draw("numpy", questions, state, 2) == std::vector<std::string>{"a", "b"});
    state.memories["numpy/a"] = remembered(minute(5), 1);
    state.memories["numpy/b"] = remembered(minute(3), 1);
    state.memories["pandas/c"] = remembered(minute(1), 1);  // another quiz
    CHECK(draw("numpy", questions, state, 2) == std::vector<std::string>{"c", "d"});
    CHECK(draw("numpy", questions, state, 3) == std::vector<std::string>{"b", "c", "d"});
    CHECK(draw("numpy", {}, state).empty());
}

TEST_CASE("what is due, the most forgotten first") {
    progress::State state;
    state.memories["numpy/fresh"] = remembered(minute(0), 30);
    state.memories["numpy/faded"] = remembered(minute(0) - std::chrono::days(20), 2);
    state.memories["sql/fading"] = remembered(minute(0) - std::chrono::days(11), 10);
    state.memories["odd"] = remembered(minute(0) - std::chrono::days(11), 10);
    const auto due = due_questions(state, today);
    REQUIRE(due.size() == 2);
    CHECK(due[0].quiz == "numpy");
    CHECK(due[0].question == "faded");
    CHECK(due[1].quiz == "sql");
    CHECK(due[0].chance < due[1].chance);
    CHECK(due[1].chance < 0.9);
    CHECK(due_questions(state, today - std::chrono::days(1)).size() == 2);
}

TEST_CASE("what was answered in days to come is asked now") {
    progress::State state;
    state.memories["numpy/later"] = remembered(minute(0) + std::chrono::days(400), 30);
    state.memories["numpy/soon"] = remembered(minute(0) + std::chrono::hours(26), 30);  // another machine's clock
    const auto due = due_questions(state, today);
    REQUIRE(due.size() == 1);
    CHECK(due[0].question == "later");
}
