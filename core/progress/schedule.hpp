// A curriculum laid over the calendar: which days each stage takes, and how far the learner is ahead or behind.
// Computed from the curriculum, the plan and the journal; never stored.
//
// A stage that has a length takes the middle of it ("2 to 3 weeks": 17.5 days); its topics and projects share that in
// proportion to their hours, and what stages inside of it take by lengths of their own is taken off. Any other stage
// takes the hours of its topics and projects at the learner's hours a week; a project brings those of the topics with
// it that it asks for and no core has. What is optional, ongoing or only planned takes no time, and neither does what
// is more practice than a stage's core; what was done before the plan was made takes none any more. Every other stage
// takes at least a day: a stage of which only a goal is open too.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "progress/overview.hpp"

namespace mlpath::progress {

struct Span {
    Day begin{};
    Day end{};  // the day after the last
    friend bool operator==(const Span&, const Span&) = default;
};

struct StagePlan {
    std::string id{};
    std::string first_id{};  // where it had another id before: for entries in somebody's calendar, which outlive it
    std::string title{};     // "Level 1: Your first ML project"
    std::string label{};     // "Level 1"; the title where the source has no label
    std::size_t depth = 0;
    bool optional = false;
    bool ongoing = false;
    bool repeated = false;               // all that is in it counts in earlier stages
    double hours = 0;                    // of its own topics and projects, those that earlier stages have left out
    double core_hours = 0;               // of these, those of the core
    Count works{};                       // own topics, projects and goals
    Count core{};                        // of these, those of the core
    std::vector<std::string> titles{};   // of the core, those that were open when the plan was made
    std::optional<Span> own{};           // the days of its own topics, projects and goals; none where nothing was left
    std::optional<Span> whole{};         // with the stages inside of it
    std::optional<TimePoint> done_at{};  // all its own work is done, since then
};

enum class Pace {
    not_begun,  // the plan begins later, and nothing of it is done
    behind,
    on_time,  // within a day
    ahead,
    finished,  // nothing is left of what has an end
};
[[nodiscard]] std::string_view to_string(Pace pace);  // "not-begun", "behind", …

struct Standing {
    Pace pace = Pace::finished;
    int days = 0;               // ahead or behind; until it begins; 0 where it is finished
    std::string due{};          // the stage or the entry that would be done by now; empty where there is none
    std::string due_id{};       // its id; empty where it has none (one of a choice)
    std::string today_stage{};  // the id of the stage that today is for; empty before the begin
    std::string stage{};        // the id of the stage where the learner is, as in `next`; empty where it is finished
    std::string goes_on{};      // where it is finished: the first stage without an end that has something open
};

struct Schedule {
    std::string curriculum{};
    std::string first_id{};  // of the curriculum, where it had another
    std::string title{};
    Plan plan{};
    std::vector<StagePlan> stages{};
    Day end{};              // the day after the last; the start where there is nothing to do
    bool beyond = false;    // it ends after the year 9999: what lies there is not laid
    double asked = 0;       // hours a week that stages with a length of their own take; 0: there are none
    std::size_t planned{};  // projects that are only planned
    Standing standing{};
    // Null where there is none.
    [[nodiscard]] const StagePlan* stage(std::string_view id) const;
};

// The curriculum must be one of the index. `here` is the project that the learner stands in; it may be empty.
[[nodiscard]] Schedule schedule(const library::Index& index, std::string_view curriculum, const Plan& plan,
                                const State& state, Day today, std::string_view here = {});

}  // namespace mlpath::progress
