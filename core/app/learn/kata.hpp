// The use case behind `mlpath kata`: a function of a few lines, checked at once.
#pragma once

#include <string>
#include <string_view>

#include "app/judge/exercise.hpp"
#include "app/project/here.hpp"

namespace mlpath::app {

struct KataSheet {
    std::string quiz{};  // the id of the topic, or of an interview
    std::string title{};
    library::Kata kata{};
};

// "numpy", "numpy/softmax", or empty for one of what the learner has been taught (up to the stage where they are;
// without a workspace, the first of the usual roadmap): one never solved first, of topics that are learned before
// others, then the one solved longest ago. `lot` decides among equals.
[[nodiscard]] Result<KataSheet> kata_sheet(const Context& context, std::string_view named, std::uint64_t lot);

// What was typed as the whole program: as it is where it holds the function's `def`, otherwise as the function's body,
// indented where it is not.
[[nodiscard]] std::string whole_program(const library::Kata& kata, std::string_view typed);

// In the journal of the workspace; not `ok` where there is none.
enum class Solved { yes, no };
[[nodiscard]] Recorded record_kata(const Context& context, const KataSheet& sheet, Solved solved);

}  // namespace mlpath::app
