// What the brief tells of one check, beside its claim.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "library/project.hpp"

namespace mlpath::library {

// Lines of Markdown without their bullets: sentences without a capital and a full stop.
[[nodiscard]] std::vector<std::string> check_details(const Project& project, const Check& check);
// Where a JSON pointer leads: "`lix`", "item 0 (counted from 0) of `top`", "the whole".
[[nodiscard]] std::string place_in_words(std::string_view pointer);
// "60 seconds"
[[nodiscard]] std::string seconds_in_words(double seconds);
// A command as a person would type it: `{python}` is python3.
[[nodiscard]] std::string as_typed(std::vector<std::string> argv);
// The same, in backquotes.
[[nodiscard]] std::string shown_command(const std::vector<std::string>& argv);

}  // namespace mlpath::library
