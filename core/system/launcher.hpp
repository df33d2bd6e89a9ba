// The hidden command that stands between mlpath and a program that it runs. libuv has no hook before exec, and a
// process group alone does not hold a daemon that left it; so a copy of our own binary becomes the supervisor
// (confine/supervisor.hpp), and a child of it, confined, the program.
#pragma once

#include <string_view>

namespace mlpath::system {

// The first argument that makes a binary the launcher: `main` passes everything on to launcher_main at once.
inline constexpr std::string_view launcher_command = "__launch";

// The descriptors that the launcher is given, beside the program's own below them.
inline constexpr int launcher_control = 5;      // a socket: reports go out, the order to end comes in
inline constexpr int launcher_gift = 6;         // a socket on which the scratch folder's descriptor is handed over
inline constexpr int launcher_confinement = 7;  // a file that holds the encoded confinement

// Arguments: __launch FIRST_CLOSED_FD PROGRAM ARGV…
// Descriptors below FIRST_CLOSED_FD are the program's, all others end here. Returns the exit code.
[[nodiscard]] int launcher_main(int argc, char** argv);

}  // namespace mlpath::system
