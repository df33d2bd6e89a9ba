// Which file of the learner's a check is about: where a reader of a failure looks first.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "library/project.hpp"

namespace mlpath::checks {

// "a/b.py" of the module `a.b`.
[[nodiscard]] std::string file_of_module(std::string_view module);
// Of a command line: the first word that is a source of the project, or the module behind `-m`.
[[nodiscard]] std::string program_in(const std::vector<std::string>& run, const library::Project& project);
// The file that the check names, or the program of its step or command, or the module whose functions it calls;
// relative to the project folder. Empty where the manifest does not tell, or tells several.
[[nodiscard]] std::string file_about(const library::Check& check, const library::Project& project);

}  // namespace mlpath::checks
