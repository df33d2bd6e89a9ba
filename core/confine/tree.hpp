// The processes that descend from one: what the kernel tells of them, and what ties them to it.
#pragma once

#include <sys/types.h>

#include <cstdint>

namespace mlpath::confine {

// Whatever descends from us becomes our child when its parent ends.
void adopt_orphans();
// A program may have stopped us; then nobody would see that mlpath is gone. (The kernel sends it when the thread that
// started us ends, which is why it is no SIGKILL.)
void wake_when_parent_ends();
// We end with the process that started us. False: it has ended already (where its id is given).
[[nodiscard]] bool end_with_parent(pid_t parent);
// The program may neither trace us nor open our descriptors.
void hide_from_program();

// Kills our direct children, each with its process group. Only these, because nobody but us can reap them, so that
// their ids cannot have passed to somebody else; their own children become ours (we are the reaper) and are found the
// next time. A signal to a group reaches all of it at once, which is what ends a fork bomb.
void kill_children();

struct Usage {
    std::uint64_t memory_bytes = 0;  // each page once a process that has it; shared pages of files not at all
    double cpu_seconds = 0;          // of the living, and of those they have reaped
};

// What the process and all below it use now. Where the kernel does not list children: of the process alone.
[[nodiscard]] Usage usage_of_tree(pid_t top);

// As memory_bytes, but pages that several processes share are counted once. Takes milliseconds a process.
[[nodiscard]] std::uint64_t exact_memory_of_tree(pid_t top);

}  // namespace mlpath::confine
