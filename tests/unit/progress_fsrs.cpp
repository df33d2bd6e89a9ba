#include <doctest/doctest.h>

#include "progress/fsrs.hpp"
#include "unit/progress_support.hpp"

using namespace mlpath;
using namespace mlpath::progress;
using namespace mlpath::test;

namespace {

constexpr auto again = Recall::again;
constexpr auto hard = Recall::hard;
constexpr auto good = Recall::good;
constexpr auto easy = Recall::easy;

Day day(int number) { return *parse_date("2026-11-20") + std::chrono::days(number); }

struct Answer {
    Recall recall;
    int days;  // since the answer before
    double stability;
    double difficulty;
    int interval;
};

}  // namespace

// The first is the published memory state of py-fsrs (stability 53.62691, difficulty 6.3574867), the second its
// published row of intervals, both of version 6 with default parameters; the others were computed by py-fsrs 6.3.2
// without its steps of minutes.
TEST_CASE("what is remembered is what the published implementation says") {
    const std::vector<std::vector<Answer>> stories{
        {{again, 0, 0.212, 6.4133, 1},
         {good, 0, 0.246689, 6.402115, 1},
         {good, 1, 2.021477, 6.390941, 2},
         {good, 3, 7.863699, 6.379779, 8},
         {good, 8, 21.917713, 6.368627, 22},
         {good, 21, 53.62691, 6.3574867, 54}},
        {{good, 0, 2.3065, 2.118104, 2},
         {good, 2, 10.964332, 2.111214, 11},
         {good, 11, 46.280217, 2.104331, 46},
         {good, 46, 162.862202, 2.097455, 163},
         {good, 163, 497.447194, 2.090586, 497},
         {again, 497, 6.886189, 7.385458, 7},
         {again, 7, 1.117664, 9.125846, 1},
         {good, 1, 2.139772, 9.111949, 2},
         {good, 2, 3.96623, 9.098065, 4},
         {good, 4, 7.216441, 9.084195, 7},
         {good, 7, 12.459576, 9.07034, 12},
         {good, 12, 20.741968, 9.056498, 21}},
        {{good, 0, 2.3065, 2.118104, 2},
         {again, 0, 0.775084, 7.394503, 1},
         {good, 3, 4.308887, 7.382337, 4},
         {hard, 10, 11.111469, 8.247501, 11},
         {easy, 40, 55.96678, 7.647126, 56},
         {good, 200, 167.802806, 7.634708, 168}},
        {{easy, 0, 8.2956, 1, 8}, {easy, 100, 218.118409, 1, 218}, {easy, 1000, 2404.969676, 1, 2405}}};
    for (const auto& story : stories) {
        Memory memory;
        auto today = day(0);
        for (const auto& [recall, days, stability, difficulty, interval] : story) {
            today += std::chrono::days(days);
            memory = after_answer(memory, recall, {minute(0), today});
            CAPTURE(stability);
            CHECK(memory.stability == doctest::Approx(stability).epsilon(2e-6));
            CHECK(memory.difficulty == doctest::Approx(difficulty).epsilon(2e-6));
            CHECK(interval_days(memory) == interval);
            CHECK(due_day(memory, today) == today + std::chrono::days(interval));
            CHECK(memory.day == today);
        }
        CHECK(memory.answers == static_cast<int>(story.size()));
    }
}

TEST_CASE("the chance falls to 0.9 after as many days as the stability says") {
    auto memory = after_answer({}, good, {minute(0), day(0)});
    memory.stability = 10;
    CHECK(retrievability(memory, day(0)) == doctest::Approx(1));
    CHECK(retrievability(memory, day(10)) == doctest::Approx(0.9));
    CHECK(retrievability(memory, day(1000)) < 0.5);
    CHECK(retrievability({}, day(0)) == 0);
}

TEST_CASE("what was answered by a clock that was wrong") {
    const auto wrong = after_answer({}, again, {minute(1), day(0)});
    CHECK_FALSE(is_due(wrong, day(0)));
    CHECK(is_due(wrong, day(1)));
    SUBCASE("ahead: it is due now, for nobody knows when it was; a day ahead is a traveler's") {
        const auto ahead = after_answer({}, good, {minute(1), day(5 * 365)});
        CHECK(is_due(ahead, day(0)));
        CHECK_FALSE(is_due(ahead, day(5 * 365 - 1)));
        CHECK_FALSE(is_due(after_answer({}, good, {minute(1), day(1)}), day(0)));
        // Answered again by a clock that is right, and all is well.
        const auto right = after_answer(ahead, again, {minute(2), day(0)});
        CHECK_FALSE(is_due(right, day(0)));
        CHECK(is_due(right, day(1)));
        CHECK(right.stability < ahead.stability);
        CHECK(after_answer(right, good, {minute(3), day(4)}).stability > right.stability);
    }
    SUBCASE("behind: the days since the last date that can be are what counts") {
        const auto known = after_answer({}, good, {minute(1), day(0)});
        const auto behind = after_answer(known, again, {minute(2), *parse_date("1970-01-01")});
        CHECK(due_day(behind, day(0)) == day(1));
        const auto after = after_answer(behind, good, {minute(3), day(10)});
        // As if it had been answered on the day of the first: not after 56 years.
        auto there = behind;
        there.day = there.latest = day(0);
        CHECK(after.stability == after_answer(there, good, {minute(3), day(10)}).stability);
    }
}

TEST_CASE("clocks that run backwards, and a life of wrong answers, stay in bounds") {
    auto memory = after_answer({}, good, {minute(100), day(100)});
    const auto before = after_answer(memory, good, {minute(101), day(0)});
    CHECK(before.asked == minute(101));
    CHECK(before.stability >= memory.stability);
    for (int i = 0; i < 5000; ++i) {
        memory = after_answer(memory, i % 97 == 0 ? easy : again,
                              {minute(i), memory.day + std::chrono::days(i % 50 - (i % 7 == 0 ? 90 : 0))});
        REQUIRE(memory.stability >= 0.001);
        REQUIRE(memory.stability <= 1e9);
        REQUIRE(memory.difficulty >= 1);
        REQUIRE(memory.difficulty <= 10);
        REQUIRE(interval_days(memory) >= 1);
        REQUIRE(interval_days(memory) <= 36500);
    }
}
