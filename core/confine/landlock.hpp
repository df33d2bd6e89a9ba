// Landlock: rules on files, sockets and signals that a process lays upon itself and all that it starts.
#pragma once

#include <vector>

#include "confine/confinement.hpp"
#include "confine/trouble.hpp"

namespace mlpath::confine {

// The version of the interface that this kernel offers: 1 to 3 files; 4 TCP; 5 devices; 6 signals and abstract sockets.
// 0: none.
[[nodiscard]] int landlock_version();

// From now on: only what the rules allow. Needs no_new_privs. Where the kernel has no Landlock, nothing happens.
[[nodiscard]] Trouble lay_down_rules(const Confinement& confinement);

}  // namespace mlpath::confine
