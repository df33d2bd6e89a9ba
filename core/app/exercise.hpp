// Judging a line of code or a kata: as a small project of one check, in the same sandbox and by the same engine as any.
#pragma once

#include <string>
#include <vector>

#include "app/judging.hpp"
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
    std::vector<File> files{};
    std::vector<Case> cases{};
    Order order = Order::as_given;
};

// The line in the world that the question sets up, once and once more with the other data.
[[nodiscard]] Exercise exercise_of(const library::Question& question, std::string_view line);
[[nodiscard]] Exercise exercise_of(const library::Kata& kata, std::string_view code);

// pass or fail. An Error: it could not be told (no Python with the packages that it imports, no sandbox, interrupted).
[[nodiscard]] Result<checks::Finding> judge_exercise(const Context& context, const JudgingTools& tools,
                                                     const Exercise& exercise, std::stop_token stop = {});

}  // namespace mlpath::app
