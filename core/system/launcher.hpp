// The hidden command that stands between mlpath and a program that it runs. libuv has no hook before exec, and a
// process group alone does not hold a daemon that left it; so a copy of our own binary becomes the reaper of the whole
// tree, sets the limits, starts the program in a session of its own, and ends every descendant before it leaves. It
// does so too when its control socket closes, which is what happens when mlpath is killed with -9.
#pragma once

#include <cstdint>
#include <string_view>

namespace mlpath::system {

// The first argument that makes a binary the launcher: `main` passes everything on to launcher_main at once.
inline constexpr std::string_view launcher_command = "__launch";

// Arguments: __launch CONTROL_FD FIRST_CLOSED_FD MAX_FILE_BYTES PROGRAM ARGV…
// Descriptors below FIRST_CLOSED_FD are the program's, all others end here. Returns the exit code.
[[nodiscard]] int launcher_main(int argc, char** argv);

// What the launcher writes to its control socket. Any byte that it reads from there, or its end, is the order to end.
struct LauncherReport {
    // The id is told before the program can do anything, such as kill its launcher; then one of started and failed.
    enum class What : std::uint32_t { forked = 1, started = 2, failed = 3, ended = 4 };
    What what = What::forked;
    std::int32_t number = 0;              // forked: the program's id; failed: errno; ended: the wait status
    std::uint32_t ordered = 0;            // ended: 1 where the order to end came while the program ran
    std::uint32_t survivors = 0;          // ended: 1 where some descendant could not be ended
    std::uint64_t peak_memory_bytes = 0;  // ended: of the largest single process
    std::uint64_t wall_us = 0;            // ended: how long the program ran
};

}  // namespace mlpath::system
