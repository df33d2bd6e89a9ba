// Judging an answer to a question, without running anything: what was typed against what is right. One line of code
// is judged elsewhere, since it has to be run.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "library/quiz.hpp"

namespace mlpath::quiz {

// The order in which options or steps are shown: a permutation of their places, the same for the same seed and
// question, so that a face that only knows the seed can be answered. Empty for other kinds.
using Shuffle = std::vector<std::size_t>;
[[nodiscard]] Shuffle shuffle_of(const library::Question& question, std::uint64_t seed);

enum class Judgement {
    right,
    wrong,
    unreadable,  // no answer of this kind; `says` tells what is
    to_be_run,   // a line of code
};

struct Grade {
    Judgement judgement = Judgement::wrong;
    // Wrong: the misconceptions that it reveals, where they are known. Unreadable: what an answer looks like.
    std::vector<std::string> says{};
};

// `typed`: letters of the options or steps as shown ("b", "a c", "cab"), or an option's own text; a number ("0.75",
// "75%", "3/4"); a line number; words; what a program prints; code.
[[nodiscard]] Grade grade(const library::Question& question, const Shuffle& shuffle, std::string_view typed);

// "a letter from a to d": what is typed in answer to it.
[[nodiscard]] std::string how_to_answer(const library::Question& question);
// The right answer as one would type it: with the option's text behind its letter.
[[nodiscard]] std::vector<std::string> right_answer(const library::Question& question, const Shuffle& shuffle);
// 'a' for the first that is shown.
[[nodiscard]] char letter_of(std::size_t place);

}  // namespace mlpath::quiz
