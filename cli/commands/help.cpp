#include "help.hpp"

#include <memory>

#include "commands/all.hpp"
#include "host.hpp"

namespace mlpath::cli {

Action make_help(Options& options) {
    auto name = std::make_shared<std::string>();
    options.optional("COMMAND", "the command to explain", *name, Values::commands);
    return [name](Host& host) -> Result<Exit> {
        Page page(for_help(host.out_terminal()));
        if (name->empty()) {
            write_help(page);
        } else {
            const auto* command = find_command(*name);
            if (command == nullptr) {
                return fail(unknown_command(*name));
            }
            GlobalOptions unused;
            Options described{std::string(command->name)};
            described.globals(unused);
            const auto action = command->make(described);
            write_help(page, *command, described);
        }
        host.out().write(page.take());
        return Exit::done;
    };
}

}  // namespace mlpath::cli
