#include <memory>

#include "commands/all.hpp"
#include "commands/judging_setup.hpp"
#include "watch/session.hpp"

namespace mlpath::cli {

Action make_watch(Options& options) {
    struct Input {
        WatchRequest request{};
        SandboxOption sandbox{};
        bool poll = false;
    };
    auto input = std::make_shared<Input>();
    options.optional("PROJECT", "the project, or a milestone of it; by default the project you are in",
                     input->request.words.project, Values::projects);
    options.flag("--poll",
                 "look at the files twice a second instead of waiting to be told; chosen by itself on network and "
                 "shared file systems",
                 input->poll);
    input->sandbox.declare(options);
    return [input](Host& host) -> Result<Exit> {
        input->request.looking = input->poll ? app::Looking::polling : app::Looking::as_fits;
        input->request.sandbox = input->sandbox.wish();
        return watch(host, input->request);
    };
}

}  // namespace mlpath::cli
