// What the journal proves, computed from its events: nothing here is stored that the events do not say.
#pragma once

#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/time.hpp"
#include "progress/fsrs.hpp"
#include "progress/line.hpp"

namespace mlpath::progress {

struct MilestoneState {
    std::optional<TimePoint> done{};        // since when it passes; absent: it never did, or it is open again
    std::optional<TimePoint> open_again{};  // it was done, and fails since then
    int version = 0;                        // of the template whose checks last decided
    int hints = 0;                          // the furthest hint ever taken, 0 to 3: what `solution` asks
    int hint_position = 0;                  // the last hint shown: where `hint` goes on
    friend bool operator==(const MilestoneState&, const MilestoneState&) = default;
};

struct ProjectState {
    std::optional<TimePoint> started{};
    std::optional<TimePoint> solution_shown{};    // the first time
    std::optional<TimePoint> solution_applied{};  // the first time
    TimePoint last{};                             // the latest event about it
    int version = 0;                              // of the template it was last started from
    std::map<std::string, MilestoneState, std::less<>> milestones{};
    // Null where nothing was ever recorded about it.
    [[nodiscard]] const MilestoneState* milestone(std::string_view id) const;
    [[nodiscard]] bool passes(std::string_view milestone) const;
    friend bool operator==(const ProjectState&, const ProjectState&) = default;
};

// A curriculum laid over the calendar.
struct Plan {
    Day start{};
    int minutes = 0;   // to learn in each week
    TimePoint made{};  // what was done before takes no time in it
    friend bool operator==(const Plan&, const Plan&) = default;
};

struct State {
    std::map<std::string, ProjectState, std::less<>> projects{};
    std::map<std::string, TimePoint, std::less<>> topics{};        // said to be learned, and when
    std::map<std::string, TimePoint, std::less<>> goals{};         // said to be reached, and when
    std::map<std::string, TimePoint, std::less<>> quizzes{};       // passed, and when first
    std::map<std::string, TimePoint, std::less<>> proved_goals{};  // their checks pass since
    std::map<std::string, Memory, std::less<>> memories{};         // of each answered question, by "quiz/question"
    std::map<std::string, Plan, std::less<>> plans{};              // by curriculum
    // Its quiz was passed, or the learner says so.
    [[nodiscard]] bool has_learned(std::string_view topic) const;
    // When the question or kata "numpy/axis-of-a-sum" was last answered; the beginning of time where it never was.
    [[nodiscard]] TimePoint asked(std::string_view question) const;
    // Its checks pass, or the learner says so.
    [[nodiscard]] bool has_reached(std::string_view goal) const;
    // Null where nothing was ever recorded about it.
    [[nodiscard]] const ProjectState* project(std::string_view id) const;
    [[nodiscard]] bool passes(std::string_view project, std::string_view milestone) const;
    // Just behind the latest event about the project: what a new one may not be earlier than (Journal::append).
    [[nodiscard]] TimePoint after(std::string_view project) const;
    friend bool operator==(const State&, const State&) = default;
};

// Takes records in any order, sorts them by (time, id), counts each id once, and folds them. Reorders `records`.
[[nodiscard]] State replay(std::vector<Record>& records);
// The same for events as values.
[[nodiscard]] State replay(std::span<const Event> events);

// What a check run decided about one milestone. Could not tell, or skipped: leave it out.
struct Outcome {
    std::string milestone{};
    bool passed = false;
};
// The events that these outcomes add, and no more: what the state knows already is not recorded again (passes and
// passed; fails and never passed), so that a journal does not grow with every save. A first check of a project that the
// journal does not know also starts it. Ids and times are left to Journal::append; `at`
// says what they may not be earlier than, as another machine's clock may have been ahead of ours.
[[nodiscard]] std::vector<Event> events_for(const State& state, std::string_view project, int version,
                                            std::span<const Outcome> outcomes);

}  // namespace mlpath::progress
