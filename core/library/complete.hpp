// What a check leaves out and others say: its project, and the schema of its kind.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "library/project.hpp"

namespace mlpath::library {

// Puts each `default` of the kind's schema where the check says nothing. The default stands nowhere else.
void put_defaults(Check& check);

// Where the check says nothing, puts what the project says: the step, where there is only one, or where it writes the
// `path` that is no source; and what the kind takes of that (`from_step` in its schema), which are its `data` and
// `predictions`, and the target of the data as `column`.
void take_from_project(Check& check, const Project& project);

// The first of these that neither the check nor the project has; such a check cannot be judged.
[[nodiscard]] std::optional<std::string> left_out(const Check& check);

// What is wrong, and what helps.
[[nodiscard]] std::string left_out_message(const Check& check, std::string_view field);
[[nodiscard]] std::string left_out_hint(std::string_view field);

}  // namespace mlpath::library
