// One line of the journal as a value. Events are facts that happened; what is done now is computed from them
// (state.hpp).
#pragma once

#include <string>

#include "base/time.hpp"

namespace mlpath::progress {

enum class EventType { started, checked, hinted, solution_shown, solution_applied, said, unsaid };

struct Event {
    std::string id{};  // 32 hex digits, unique
    TimePoint at{};
    EventType type = EventType::started;
    std::string project{};
    std::string milestone{};
    std::string topic{};  // for said, unsaid: either a topic …
    std::string goal{};   // … or a goal of a curriculum
    int version = 0;      // of the project's template
    bool passed = false;  // for checked
    int step = 0;         // for hinted: 1 to 3
};

}  // namespace mlpath::progress
