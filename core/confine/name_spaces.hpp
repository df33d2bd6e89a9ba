// The program's own world: namespaces, and a root folder in which only what was listed exists.
#pragma once

#include "base/descriptor.hpp"
#include "confine/confinement.hpp"
#include "confine/trouble.hpp"

namespace mlpath::confine {

// By the process that will start the first process of the new world: a user namespace where we are not root or stay
// who we are, and a pid namespace for its next child.
[[nodiscard]] Trouble leave_for_new_world(const Confinement& confinement);

// By the first process of the new pid namespace: mounts the confinement's list, makes it the root, and gives up all
// others. `folder` becomes an open descriptor of the confinement's scratch folder.
[[nodiscard]] Trouble build_new_world(const Confinement& confinement, Descriptor& folder);

}  // namespace mlpath::confine
