#include "help.hpp"

#include <memory>

#include "commands/all.hpp"
#include "host.hpp"

namespace mlpath::cli {

Action make_help(Options& options) {
    auto name = std::make_shared<std::string>();
    options.optional("COMMAND", "the command to explain", *name, Values::commands);
    return [name](Host& host) -> Result<Exit> {
        if (name->empty()) {
            show_help(host);
        } else {
            const auto* command = find_command(*name);
            if (command == nullptr) {
                return fail(unknown_command(*name));
            }
            GlobalOptions unused;
            Options described{std::string(command->name)};
            described.globals(unused);
            const auto action = command->make(described);
            show_help(host, *command, described);
        }
        return Exit::done;
    };
}

}  // namespace mlpath::cli
