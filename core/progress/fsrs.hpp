// When to ask again what was learned: the Free Spaced Repetition Scheduler, version 6, with its published default
// parameters (https://github.com/open-spaced-repetition/awesome-fsrs/wiki/The-Algorithm). What is remembered of a
// question is its stability (the days after which it is still recalled with a chance of 0.9) and its difficulty (1 to
// 10). Without the steps of minutes that flash cards have: what was not known at first is due again the next day.
//
// Days are those of the learner's calendar: what was answered at ten in the evening is due the next morning, and
// "tomorrow" begins at midnight.
#pragma once

#include "base/time.hpp"

namespace mlpath::progress {

enum class Recall { again = 1, hard, good, easy };  // wrong; right with effort; right; right at once

struct Memory {
    double stability = 0;   // in days; 0: never asked
    double difficulty = 0;  // 1 to 10
    TimePoint asked{};      // where the last answer stands in the order (moment.hpp)
    Day day{};              // of the last answer, as the clock and the calendar had it
    Day latest{};           // of all answers: another than `day` where a clock was wrong
    int answers = 0;        // how often it was answered
    int lapses = 0;         // how often wrongly, after it had been right
    friend bool operator==(const Memory&, const Memory&) = default;
};

// When an answer was given.
struct Answered {
    TimePoint order{};
    Day day{};
};

// The chance, 0 to 1, that it is recalled on that day.
[[nodiscard]] double retrievability(const Memory& memory, Day today);
// What is remembered after an answer. Clocks may have been wrong: an answer that claims to be from before the last one
// counts as of the same day, and days that were never reached are not believed.
[[nodiscard]] Memory after_answer(const Memory& memory, Recall recall, Answered answered);
// The whole days until the chance falls to 0.9: 1 to 36500.
[[nodiscard]] int interval_days(const Memory& memory);
// The day on which it is due: that of the last answer and the interval. Answered in days to come, by a clock that was
// wrong: nobody knows when it was, and it is due today.
[[nodiscard]] Day due_day(const Memory& memory, Day today);
[[nodiscard]] inline bool is_due(const Memory& memory, Day today) { return due_day(memory, today) <= today; }

}  // namespace mlpath::progress
