// Stands between mlpath and a program that it runs: watches its limits, and ends every descendant before it leaves. It
// does so too when its control socket closes, which is what happens when mlpath is killed with -9.
#pragma once

#include <cstdint>
#include <optional>

#include "confine/memory_group.hpp"
#include "confine/trouble.hpp"

namespace mlpath::confine {

// What the supervisor writes to its control socket. Any byte that it reads from there, or its end, is the order to end.
struct Report {
    // The id is told before the program can do anything, such as kill its supervisor; then one of started and failed.
    enum class What : std::uint32_t { forked = 1, started = 2, failed = 3, ended = 4 };
    enum class Exceeded : std::uint32_t { nothing, memory, cpu };
    What what = What::forked;
    std::int32_t number = 0;  // forked: the program's id, or of the first process of its world; ended: the wait status
    std::int32_t supervisor = 0;            // forked: our own id
    std::uint32_t ordered = 0;              // ended: 1 where the order to end came while the program ran
    std::uint32_t survivors = 0;            // ended: 1 where some descendant could not be ended
    Exceeded exceeded = Exceeded::nothing;  // ended: the limit for which the tree was ended
    std::uint64_t peak_memory_bytes = 0;    // ended: of the largest single process
    std::uint64_t wall_us = 0;              // ended: how long the program ran
    Trouble trouble{};                      // failed: why
};

// What a supervisor watches over.
struct Supervised {
    int control = -1;
    int go = -1;             // a byte here lets the program's process go on
    int failure = -1;        // a Trouble comes here, or nothing and the end: the program runs
    int end = -1;            // an End comes here from the first process of a world
    std::int32_t first = 0;  // the program, or the first process of its world
    int first_closed = 3;    // descriptors below are the program's
    std::uint64_t memory_bytes = 0;
    std::uint64_t cpu_seconds = 0;
};

// Before the first fork: signals, and that what loses its parents becomes ours.
void prepare_supervisor();
// From the fork until nothing of the program is left. `group` holds it already.
[[noreturn]] void supervise(const Supervised& all, std::optional<MemoryGroup> group);
// As the first process of a world: waits for the program, reaps whatever is left to it, and ends, which ends all.
[[noreturn]] void be_first(std::int32_t program, int end);

}  // namespace mlpath::confine
