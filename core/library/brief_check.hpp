// What the brief tells of one check, beside its claim.
#pragma once

#include <string>
#include <vector>

#include "library/project.hpp"

namespace mlpath::library {

// Lines of Markdown without their bullets.
[[nodiscard]] std::vector<std::string> check_details(const Check& check);
// A command as a person would type it: `{python}` is python3.
[[nodiscard]] std::string as_typed(std::vector<std::string> argv);
// The same, in backquotes.
[[nodiscard]] std::string shown_command(const std::vector<std::string>& argv);

}  // namespace mlpath::library
