#include "app/project/reset.hpp"

#include <memory>

#include "commands/all.hpp"
#include "host.hpp"
#include "render/changes.hpp"

namespace mlpath::cli {

Action make_reset(Options& options) {
    auto words = std::make_shared<std::vector<std::string>>();
    options.optional("PROJECT|FILE", "a project, a file of it, or both; by default all of the project you are in",
                     *words, Values::projects);
    return [words](Host& host) -> Result<Exit> {
        MLPATH_TRY(const auto context, host.context());
        const auto request = app::read_diff_words(context, *words);
        MLPATH_TRY(const auto reset, app::reset(context, request));
        if (host.json()) {
            auto object = json_of(reset.laid);
            object["project"] = reset.project;
            host.print(std::move(object));
            return Exit::done;
        }
        Page page(host.out_terminal());
        // One file may be all that was asked for: then no more is claimed.
        const auto files = reset.laid.written.size() + reset.laid.unchanged.size();
        const auto& only = reset.laid.written.empty() ? reset.laid.unchanged : reset.laid.written;
        const auto what = files == 1 && !request.file.empty() ? "`" + only.front() + "` of `" + reset.project + "`"
                                                              : "`" + reset.project + "`";
        if (reset.laid.written.empty()) {
            page.line(what + " was as it was given already; nothing was written.");
        } else {
            page.line(what + " is as it was given:", Tone::strong);
            write_laid_over(page, reset.laid);
        }
        host.print(page);
        return Exit::done;
    };
}

}  // namespace mlpath::cli
