// The table of commands: the one place that says what there is, in which group, and what it needs.
#pragma once

#include <optional>
#include <span>
#include <string_view>

#include "options.hpp"
#include "signals.hpp"

namespace mlpath::cli {

enum class Group { start, work, know, learn, prove, author, tools };
[[nodiscard]] std::string_view title_of(Group group);

struct Command {
    std::string_view name;
    Group group;
    std::string_view summary;  // one line, no trailing period
    std::string_view example;  // a command line that does something useful
    Interrupt interrupt;
    Action (*make)(Options& options);  // declares the options; what it returns runs the command
};

[[nodiscard]] std::span<const Command> all_commands();
[[nodiscard]] const Command* find_command(std::string_view name);
// usage, with "did you mean".
[[nodiscard]] Error unknown_command(std::string_view name);

}  // namespace mlpath::cli
