#include "app/reset.hpp"

#include <memory>

#include "commands/all.hpp"
#include "host.hpp"
#include "render/changes.hpp"

namespace mlpath::cli {

Action make_reset(Options& options) {
    auto words = std::make_shared<std::vector<std::string>>();
    options.optional("PROJECT|FILE", "a project, a file of it, or both; all of where you stand unless said", *words,
                     Values::projects);
    return [words](Host& host) -> Result<Exit> {
        MLPATH_TRY(const auto context, host.context());
        MLPATH_TRY(const auto reset, app::reset(context, app::read_diff_words(context, *words)));
        if (host.json()) {
            auto object = json_of(reset.laid);
            object["project"] = reset.project;
            host.print(std::move(object));
            return Exit::done;
        }
        Page page(host.out_terminal());
        page.line("`" + reset.project + "` is as it was given:", Tone::strong);
        write_laid_over(page, reset.laid);
        host.print(page);
        return Exit::done;
    };
}

}  // namespace mlpath::cli
