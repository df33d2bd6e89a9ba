// The system calls that a learner's program is refused.
#pragma once

#include <string>

#include "base/error.hpp"
#include "confine/confinement.hpp"

namespace mlpath::confine {

// A seccomp program, for Confinement::filter. Refused with EPERM: looking into other processes, mounts and namespaces,
// modules, keys, the clock, typing into a terminal, handles of files. Refused as unknown: io_uring, which other rules
// do not see, and clone3, whose arguments no filter can read (the C library then uses clone). With Network::none under
// Walls::rules, sockets of the internet too: there is no namespace that would hold them. With SetId::refused, making a
// file run as its owner, where the program's user owns what it can only read.
enum class SetId { allowed, refused };
[[nodiscard]] Result<std::string> make_filter(Walls walls, Network network, SetId set_id = SetId::allowed);

}  // namespace mlpath::confine
