// The one next thing to do, from the curricula that are followed and what the journal proves.
//
// In this order: what was done and is open again; what is due for review, once a handful is; a started project's first
// open milestone; the next project of the curriculum whose prerequisites hold (requires of stages, topics and projects
// outrank the order of lists), with the goals of its stage behind it, the core of all stages first and then what is
// more practice; what is optional; what is left to learn. Planned projects are passed over with a note. The very first
// thing is a win within minutes: the first ready project without prerequisites, never "read a book".
#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "library/index.hpp"
#include "progress/state.hpp"
#include "system/clock.hpp"

namespace mlpath::progress {

enum class NextKind {
    open_again,  // a milestone that was done and fails now
    review,      // questions that were answered and are due again
    milestone,   // of a project that was started
    project,     // to start
    topic,       // to learn, where no project is left that could be built
    goal,        // to reach, likewise
    finished,    // nothing is left
};
[[nodiscard]] std::string_view to_string(NextKind kind);  // "open-again", "milestone", …

struct NextThing {
    NextKind kind = NextKind::finished;
    std::string curriculum{};
    std::string stage{};        // id; empty for a project of no followed curriculum
    std::string stage_title{};  // "Level 1: Your first ML project"
    std::string project{};
    std::string milestone{};
    std::string topic{};
    std::string goal{};
    std::string title{};                    // of the project or topic, as everywhere; the text of a goal
    std::string milestone_title{};          // of the milestone, or a new project's first
    std::string says{};                     // the milestone's goal, or the summary of project or topic
    std::string why{};                      // one sentence
    std::optional<library::Hours> hours{};  // of the whole project or topic
    std::size_t done = 0;                   // milestones of the project
    std::size_t total = 0;
    std::size_t due = 0;                // for review: so many questions
    int choose = 0;                     // of a choice: how many of it in all; 0: no choice
    std::vector<std::string> others{};  // of a choice: the other ready projects of it that are not done
    bool optional = false;
    bool core = true;  // false of a project that is more practice, and not optional
};

struct LearnAdvice {
    std::string topic{};
    std::string title{};
    std::string resource_title{};  // where to learn it; may be empty
    std::string resource_url{};
    std::optional<library::Hours> hours{};
    bool asked = false;  // by what is next; else its stage names it
};

// What the stage has beside its core, and is not done.
struct MorePractice {
    std::vector<std::string> projects{};  // that could be built now
    std::size_t planned = 0;              // that are announced only
};

struct Advice {
    NextThing next{};
    std::vector<LearnAdvice> learn{};  // recommended beside: what the project asks for, in order, then the stage's own
    MorePractice more{};               // beside a project or milestone of the core
    std::vector<std::string> notes{};  // "`iris` is planned and not yet there: passed over"
};

struct Followed {
    const library::Index& index;
    std::vector<std::string> curricula{};  // ids, the main one first; unknown ones are passed over with a note
    std::string here{};                    // the project that the learner stands in; may be empty: it goes first
    // For what is due, and for days as the learner's calendar has them. Null: nothing is due, and days are those of
    // UTC.
    const system::Clock* clock = nullptr;
};

[[nodiscard]] Advice next(const Followed& followed, const State& state);

// All that could be done now, in the order of preference; `next` is the first. Without the texts of `learn`.
[[nodiscard]] std::vector<NextThing> frontier(const Followed& followed, const State& state);

// Where the learner is: the stage of what is next. A review, or a project of no followed curriculum, is in none; then
// it is that of what comes after. Empty where nothing is left.
struct Whereabouts {
    std::string curriculum{};
    std::string stage{};
};
[[nodiscard]] Whereabouts whereabouts(const std::vector<NextThing>& frontier);

// Whether the project is done: all its milestones pass, or a done project satisfies it.
[[nodiscard]] bool is_done(const library::Index& index, const State& state, std::string_view project);
// The first milestone of the project that does not pass; null where all do.
[[nodiscard]] const library::IndexMilestone* current_milestone(const library::IndexProject& project,
                                                               const State& state);

}  // namespace mlpath::progress
