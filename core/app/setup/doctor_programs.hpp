// The part of `mlpath doctor` that looks for the programs that kinds of check start (`checks::Kind::starts`).
#pragma once

#include <string_view>

#include "app/setup/doctor.hpp"

namespace mlpath::app {

// A line for each program that a project here asks for. `path` is where it is looked for, as PATH has it.
void look_at_check_programs(const Context& context, std::string_view path, std::vector<Symptom>& found);

}  // namespace mlpath::app
