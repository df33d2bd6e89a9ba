#include "commands.hpp"

#include <algorithm>
#include <array>
#include <string>
#include <vector>

#include "base/text.hpp"
#include "commands/all.hpp"

namespace mlpath::cli {

namespace {

constexpr auto at_once = Interrupt::at_once;
[[maybe_unused]] constexpr auto gracefully = Interrupt::gracefully;

constexpr std::array commands{
    Command{"completion", Group::tools, "Print the completion script of a shell", "mlpath completion bash", at_once,
            make_completion},
    Command{"help", Group::tools, "Show what a command does and takes", "mlpath help completion", at_once, make_help},
    Command{"score", Group::prove, "Compute metrics of predictions against the truth",
            "mlpath score truth.csv predictions.csv --metric accuracy", gracefully, make_score},
};

}  // namespace

std::string_view title_of(Group group) {
    switch (group) {
        case Group::start: return "Start here";
        case Group::work: return "Work on a project";
        case Group::learn: return "See where you are";
        case Group::prove: return "Prove and measure";
        case Group::author: return "For authors";
        case Group::tools: return "Tools";
    }
    return "";
}

std::span<const Command> all_commands() { return commands; }

const Command* find_command(std::string_view name) {
    const auto found =
        std::find_if(commands.begin(), commands.end(), [name](const Command& command) { return command.name == name; });
    return found == commands.end() ? nullptr : &*found;
}

Error unknown_command(std::string_view name) {
    std::vector<std::string> names;
    for (const auto& command : commands) {
        names.emplace_back(command.name);
    }
    auto near = nearest(name, names);
    if (!near && name.size() > 1) {
        const auto longer = std::find_if(names.begin(), names.end(),
                                         [name](const std::string& full) { return full.starts_with(name); });
        if (longer != names.end()) {
            near = *longer;
        }
    }
    return Error{ErrorKind::usage,
                 "unknown command `" + std::string(name) + "`",
                 {},
                 near ? "did you mean `mlpath " + *near + "`?" : "`mlpath --help` lists the commands"};
}

}  // namespace mlpath::cli
