// The part of `mlpath doctor` that looks at what this user and shell may use: folders, room and limits.
#pragma once

#include "app/setup/doctor.hpp"

namespace mlpath::app {

// Whether temporary folders can be made, the home is there, and no limit of the shell (`ulimit`) stands in the way.
void look_at_machine(const Context& context, std::vector<Symptom>& found);

}  // namespace mlpath::app
