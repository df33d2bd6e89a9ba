// What a process gives up for good before it becomes the learner's program.
#pragma once

#include "confine/confinement.hpp"
#include "confine/trouble.hpp"

namespace mlpath::confine {

// File size, open files, processor time of one process; no core files. The number of processes binds a user, so it is
// set by `limit_processes`, after the user is what it will be.
void limit_resources(const Limits& limits);
void limit_processes(const Limits& limits);

// Where we are root and must not stay it: becomes the confinement's user, in a user namespace of its own where one
// can be had, so that its number of processes is counted apart (a reader's capability would mean nothing there: it has
// none). Elsewhere nothing.
[[nodiscard]] Trouble become_user(const Confinement& confinement);

// All capabilities, save the one of a reader, and every way to get one back.
[[nodiscard]] Trouble give_up_capabilities(Becomes becomes);

// The seccomp program of the confinement. Needs no_new_privs.
[[nodiscard]] Trouble load_filter(const Confinement& confinement);

struct User {
    std::uint32_t user = 0;
    std::uint32_t group = 0;
};
// In the user namespace that the caller has just made: who it is there, and who it was outside.
[[nodiscard]] Trouble map_own_user(User inside, User outside);

}  // namespace mlpath::confine
