// When to ask again what was learned: the Free Spaced Repetition Scheduler, version 6, with its published default
// parameters (https://github.com/open-spaced-repetition/awesome-fsrs/wiki/The-Algorithm). What is remembered of a
// question is its stability (the days after which it is still recalled with a chance of 0.9) and its difficulty (1 to
// 10). Without the steps of minutes that flash cards have: what was not known is due again the next day.
#pragma once

#include "base/time.hpp"

namespace mlpath::progress {

enum class Recall { again = 1, hard, good, easy };  // wrong; right with effort; right; right at once

struct Memory {
    double stability = 0;   // in days; 0: never asked
    double difficulty = 0;  // 1 to 10
    TimePoint asked{};      // the last time
    int answers = 0;        // how often it was answered
    int lapses = 0;         // how often wrongly, after it had been right
    friend bool operator==(const Memory&, const Memory&) = default;
};

// The chance, 0 to 1, that it is recalled at `now`. Whole days count, as published.
[[nodiscard]] double retrievability(const Memory& memory, TimePoint now);
// What is remembered after an answer. A time before the last answer counts as the same day.
[[nodiscard]] Memory after_answer(const Memory& memory, Recall recall, TimePoint at);
// The whole days until the chance falls to 0.9: 1 to 36500.
[[nodiscard]] int interval_days(const Memory& memory);
// When it is due: `asked` and the interval.
[[nodiscard]] TimePoint due(const Memory& memory);

}  // namespace mlpath::progress
