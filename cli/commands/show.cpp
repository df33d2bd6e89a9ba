#include "app/learn/show.hpp"

#include <memory>

#include "commands/all.hpp"
#include "host.hpp"
#include "render/shown.hpp"

namespace mlpath::cli {

Action make_show(Options& options) {
    auto id = std::make_shared<std::string>();
    options.required("ID", "a project, topic, dataset, curriculum, stage or goal", *id, Values::ids);
    return [id](Host& host) -> Result<Exit> {
        MLPATH_TRY(const auto context, host.context());
        MLPATH_TRY(const auto shown, app::show(context.content, context.index, *id, app::followed_curricula(context),
                                               app::state_here(context).value_or(progress::State())));
        if (host.json()) {
            host.print(json_of(shown));
            return Exit::done;
        }
        Page page(host.out_terminal());
        write_shown(page, shown);
        host.print(page);
        return Exit::done;
    };
}

}  // namespace mlpath::cli
