// Which questions are asked: of a topic, and of all that is due.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "progress/state.hpp"

namespace mlpath::quiz {

constexpr std::size_t asked_at_once = 5;

// How many of `asked` must be right to pass: three quarters, rounded up.
[[nodiscard]] std::size_t needed_to_pass(std::size_t asked);

// At most `most` of the quiz's questions: those never asked first, in the author's order (easiest first), then those
// asked longest ago. They come in the author's order.
[[nodiscard]] std::vector<std::string> draw(std::string_view quiz, std::span<const std::string> questions,
                                            const progress::State& state, std::size_t most = asked_at_once);

struct DueQuestion {
    std::string quiz{};
    std::string question{};
    double chance = 0;  // that it is still recalled
};
// What is due on that day by spaced repetition, the most forgotten first.
[[nodiscard]] std::vector<DueQuestion> due_questions(const progress::State& state, Day today);

}  // namespace mlpath::quiz
