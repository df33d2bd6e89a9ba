// Whether a program failed by a limit of the shell it was judged from, which is the machine's doing.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "system/process.hpp"

namespace mlpath::run {

struct ShellsDoing {
    std::string why{};     // "a process may have only … open at a time here (`ulimit -n`)"
    std::string remedy{};  // what to do
};
// Of a program that did not succeed. Nothing where no limit is tight, or nothing that it said or did tells of one.
[[nodiscard]] std::optional<ShellsDoing> by_shell(const system::ProcessOutcome& outcome);
// Of an exception ("OSError: [Errno 24] Too many open files") that a call raised.
[[nodiscard]] std::optional<ShellsDoing> by_shell(std::string_view raised);

}  // namespace mlpath::run
