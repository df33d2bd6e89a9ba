// One line of the journal as a value. Events are facts that happened; what is done now is computed from them
// (state.hpp).
#pragma once

#include <chrono>
#include <string>

#include "base/time.hpp"
#include "library/data_kind.hpp"

namespace mlpath::progress {

enum class EventType {
    started,
    checked,
    hinted,
    solution_shown,
    solution_applied,
    said,
    unsaid,
    goal_checked,  // a goal's own checks were run
    answered,      // a question or kata of a quiz
    quizzed,       // a quiz was ended, passed or not
    planned,       // a curriculum was laid over the calendar; the latest counts
};

struct Event {
    std::string id{};             // 32 hex digits, unique
    TimePoint at{};               // what the clock showed
    TimePoint order{};            // where it stands among the others: no earlier than `at`; see Journal::append
    std::chrono::minutes zone{};  // for answered: how far the learner's time was ahead of UTC
    EventType type = EventType::started;
    std::string project{};
    std::string milestone{};
    std::string topic{};                               // for said, unsaid: either a topic …
    std::string goal{};                                // … or a goal of a curriculum, as for goal_checked
    std::string quiz{};                                // for answered and quizzed: the quiz, which has the topic's id
    std::string question{};                            // for answered
    std::string curriculum{};                          // for planned
    std::string start{};                               // for planned: 2026-11-20
    int version = 0;                                   // of the project's template
    bool passed = false;                               // for checked, goal_checked, answered (it was right), quizzed
    int step = 0;                                      // for hinted: 1 to 3
    int minutes = 0;                                   // for planned: of each week
    library::DataKind data = library::DataKind::real;  // for checked: what it was judged on
};

}  // namespace mlpath::progress
