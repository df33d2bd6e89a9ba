// What the journal proves, computed from its events: nothing here is stored that the events do not say.
#pragma once

#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/time.hpp"
#include "library/renamed.hpp"
#include "progress/fsrs.hpp"
#include "progress/line.hpp"
#include "progress/moment.hpp"

namespace mlpath::progress {

struct MilestoneState {
    std::optional<Moment> done{};        // since when it passes; absent: it never did, or it is open again
    std::optional<Moment> open_again{};  // it was done, and fails since then
    int version = 0;                     // of the template whose checks last decided
    int hints = 0;                       // the furthest hint ever taken, 0 to 3: what `solution` asks
    int hint_position = 0;               // the last hint shown: where `hint` goes on
    bool synthetic = false;              // done, and on synthetic data alone
    friend bool operator==(const MilestoneState&, const MilestoneState&) = default;
};

struct ProjectState {
    std::optional<Moment> started{};
    std::optional<Moment> solution_shown{};    // the first time
    std::optional<Moment> solution_applied{};  // the first time
    Moment last{};                             // the latest event about it
    int version = 0;                           // of the template it was last started from
    std::map<std::string, MilestoneState, std::less<>> milestones{};
    // Null where nothing was ever recorded about it.
    [[nodiscard]] const MilestoneState* milestone(std::string_view id) const;
    [[nodiscard]] bool passes(std::string_view milestone) const;
    // Some of its milestones pass on synthetic data alone.
    [[nodiscard]] bool synthetic() const;
    friend bool operator==(const ProjectState&, const ProjectState&) = default;
};

// A curriculum laid over the calendar.
struct Plan {
    Day start{};
    int minutes = 0;   // to learn in each week
    Moment made{};     // what was done before takes no time in it
    Id id{};           // of the first plan that was made for the curriculum: random, and the same wherever it is copied
    int revision = 0;  // how often it was made anew
    friend bool operator==(const Plan&, const Plan&) = default;
};

struct State {
    std::map<std::string, ProjectState, std::less<>> projects{};
    std::map<std::string, Moment, std::less<>> topics{};        // said to be learned, and when
    std::map<std::string, Moment, std::less<>> goals{};         // said to be reached, and when
    std::map<std::string, Moment, std::less<>> quizzes{};       // passed, and when first
    std::map<std::string, Moment, std::less<>> proved_goals{};  // their checks pass since
    std::map<std::string, Memory, std::less<>> memories{};      // of each answered question, by "quiz/question"
    std::map<std::string, Plan, std::less<>> plans{};           // by curriculum
    // Its quiz was passed, or the learner says so.
    [[nodiscard]] bool has_learned(std::string_view topic) const;
    // Where the last answer to the question or kata "numpy/axis-of-a-sum" stands in the order; the beginning of time
    // where there is none.
    [[nodiscard]] TimePoint asked(std::string_view question) const;
    // Its checks pass, or the learner says so.
    [[nodiscard]] bool has_reached(std::string_view goal) const;
    // Null where nothing was ever recorded about it.
    [[nodiscard]] const ProjectState* project(std::string_view id) const;
    [[nodiscard]] bool passes(std::string_view project, std::string_view milestone) const;
    // Just behind the latest event about the project: the `order` of a new one (Journal::append).
    [[nodiscard]] TimePoint after(std::string_view project) const;
    friend bool operator==(const State&, const State&) = default;
};

// Takes records in any order, sorts them by (order, id), counts each id once, and folds them. What they name by an id
// of before counts for that of today, as if it had always been called so. Reorders `records`; what they then refer to
// is in `renamed` as well.
[[nodiscard]] State replay(std::vector<Record>& records, const library::Renamed& renamed = {});
// The same for events as values.
[[nodiscard]] State replay(std::span<const Event> events);

// What a check run decided about one milestone. Could not tell, or skipped: leave it out.
struct Outcome {
    std::string milestone{};
    bool passed = false;
    library::DataKind data = library::DataKind::real;  // it was judged on
};
// The events that these outcomes add, and no more: what the state knows already is not recorded again (passes and
// passed; fails and never passed), so that a journal does not grow with every save. A first check of a project that the
// journal does not know also starts it. Ids and times are left to Journal::append; `order` says behind what they stand,
// as another machine's clock may have been ahead of ours.
[[nodiscard]] std::vector<Event> events_for(const State& state, std::string_view project, int version,
                                            std::span<const Outcome> outcomes);

}  // namespace mlpath::progress
