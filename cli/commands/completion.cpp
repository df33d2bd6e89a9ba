#include <memory>

#include "commands/all.hpp"
#include "complete.hpp"
#include "host.hpp"

namespace mlpath::cli {

Action make_completion(Options& options) {
    auto shell = std::make_shared<std::string>();
    options.required_choice("SHELL", "the shell: bash, zsh or fish", *shell, {"bash", "zsh", "fish"});
    return [shell](Host& host) -> Result<Exit> {
        if (host.json()) {
            host.print(Json{{"shell", *shell}, {"script", completion_script(*shell)}});
        } else {
            host.out().write(completion_script(*shell));
        }
        return Exit::done;
    };
}

}  // namespace mlpath::cli
