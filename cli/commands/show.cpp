#include "app/learn/show.hpp"

#include <memory>

#include "commands/all.hpp"
#include "host.hpp"
#include "render/shown.hpp"

namespace mlpath::cli {

Action make_show(Options& options) {
    auto request = std::make_shared<app::ShowRequest>();
    options.optional("ID",
                     "a project, topic, dataset, curriculum, stage or goal, or a milestone of the project that you are "
                     "in; by default that project",
                     request->id, Values::ids);
    options.optional("MILESTONE", "of the project, by its number, its id or how its title begins: what it asks in full",
                     request->milestone, Values::milestones);
    return [request](Host& host) -> Result<Exit> {
        MLPATH_TRY(const auto context, host.context());
        MLPATH_TRY(const auto shown, app::show(context, *request));
        if (host.json()) {
            host.print(json_of(shown));
            return Exit::done;
        }
        Page page(host.out_terminal());
        MLPATH_CHECK(write_shown(page, shown));
        host.print(page);
        return Exit::done;
    };
}

}  // namespace mlpath::cli
