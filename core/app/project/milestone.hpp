// Which of a project's milestones a word of the user means: shared by every command that takes one.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "base/error.hpp"
#include "library/project.hpp"

namespace mlpath::app {

// Its index. The word is an id (also one of before), a number from 1, or how one id or title begins. usage, with the
// milestones that there are, where it means none or more than one.
[[nodiscard]] Result<std::size_t> find_milestone(const library::Project& project, std::string_view word);

// "mlpath show titanic 2": what tells all of it.
[[nodiscard]] std::string show_command(std::string_view project, std::size_t index);

}  // namespace mlpath::app
