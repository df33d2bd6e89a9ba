// Which file of the learner's a check is about: where a reader of a failure looks first.
#pragma once

#include <string>

#include "library/project.hpp"

namespace mlpath::checks {

// The file that the check names, or the program of its step or command, or the module whose functions it calls;
// relative to the project folder. Empty where the manifest does not tell, or tells several.
[[nodiscard]] std::string file_about(const library::Check& check, const library::Project& project);

}  // namespace mlpath::checks
