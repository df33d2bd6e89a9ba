// Judging a line of code or a kata: as a small project of one check, in the same sandbox and by the same engine as any.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "app/judge/judging.hpp"
#include "library/quiz.hpp"

namespace mlpath::app {

struct Exercise {
    struct File {
        std::string name{};
        std::string text{};
    };
    struct Case {
        std::string function{};  // "first.answer", which takes no arguments
        std::string gives{};     // a Python literal
        std::string says{};      // begins the sentence that says what is wrong: "`softmax([1, 2])`"
    };
    enum class Order { as_given, any };  // of the rows that come
    enum class Ends { right, wrong };
    struct Trial {
        std::string says{};  // what is tried, for selftest
        std::vector<Case> cases{};
        Order order = Order::as_given;
        Ends should_end = Ends::right;
    };
    std::vector<File> files{};
    std::vector<Trial> trials{};
};

// The line in the world that the question sets up, once and once more with the other data.
[[nodiscard]] Exercise exercise_of(const library::Question& question, std::string_view line);
[[nodiscard]] Exercise exercise_of(const library::Kata& kata, std::string_view code);

// The parts that exercises are made of. `stem` and `module` keep the files of several trials apart; what a trial says
// and how it should end is the caller's.
void add_trial(Exercise& exercise, const library::Question& question, std::string_view line, const std::string& stem);
void add_trial(Exercise& exercise, const library::Kata& kata, std::string_view code, const std::string& module);
// A text as Python writes it.
[[nodiscard]] std::string python_literal(const std::string& text);

// Everything that the quiz claims, as one exercise for `prove_exercise`: numbers and outputs are what their proofs
// give, corrected lines repair the bug, right answers and solutions are right, wrong answers, starts and flawed katas
// are wrong.
[[nodiscard]] Exercise proof_of(const library::Quiz& quiz);

// pass or fail. An Error: it could not be told (no Python with the packages that it imports, no sandbox, interrupted).
[[nodiscard]] Result<checks::Finding> judge_exercise(const Context& context, const JudgingTools& tools,
                                                     const Exercise& exercise, std::stop_token stop = {});
struct ExerciseProof {
    std::vector<std::string> faults{};  // a line each; empty where all trials end as they should
    bool lasting = true;                // another time would find the same
};
// The same for trials of which some should end wrongly, with the interpreter of `interpreter_for`.
[[nodiscard]] Result<ExerciseProof> prove_exercise(const Context& context, const JudgingTools& tools,
                                                   const Exercise& exercise, const run::Interpreter& python,
                                                   std::stop_token stop = {});
// That has the packages which the exercise imports.
[[nodiscard]] Result<run::Interpreter> interpreter_for(const Context& context, const JudgingTools& tools,
                                                       const Exercise& exercise, const std::stop_token& stop = {});

}  // namespace mlpath::app
