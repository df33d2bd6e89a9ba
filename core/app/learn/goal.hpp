// A goal of a curriculum, judged by its own checks: as a project of one milestone, whose folder is the workspace.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "app/judge/judging.hpp"
#include "app/project/here.hpp"

namespace mlpath::app {

struct FoundGoal {
    const library::Curriculum* curriculum = nullptr;
    const library::Stage* stage = nullptr;
    const library::Goal* goal = nullptr;  // null where there is none of this id
};
// Among all curricula; points into the index.
[[nodiscard]] FoundGoal find_goal(const library::Index& index, std::string_view id);
// Whether a machine decides it: there is such a goal, and it has checks.
[[nodiscard]] bool has_checks(const library::Index& index, std::string_view goal);

// Whether the one word after `check` means a goal: no project and no milestone of the project around the user has it
// for a name.
[[nodiscard]] bool is_goal_word(const Context& context, std::string_view word);

enum class GoalStanding { open, said, proved };
[[nodiscard]] std::string_view to_string(GoalStanding standing);
[[nodiscard]] GoalStanding standing_of(const progress::State& state, std::string_view goal);

struct GoalReport {
    std::string goal{};
    std::string text{};
    std::string curriculum{};
    fs::path folder{};  // the workspace
    JudgedProject judged{};
    GoalStanding before = GoalStanding::open;
    GoalStanding now = GoalStanding::open;
    Recorded recorded{};
    Isolation isolation{};
    std::string next{};  // the command that goes on from here
};

// Runs the checks in the workspace around the user, and remembers what they decide. not_found outside of a workspace
// and for an unknown id, usage for a goal without checks.
[[nodiscard]] Result<GoalReport> check_goal(const Context& context, const JudgingTools& tools, std::string_view id,
                                            checks::Observer& observer, std::stop_token stop = {});

}  // namespace mlpath::app
