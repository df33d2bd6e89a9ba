#include "app/learn/status.hpp"

#include "app/learn/next.hpp"
#include "app/learn/plan.hpp"

namespace mlpath::app {

Result<StatusView> status(const Context& context) {
    MLPATH_TRY(const auto here, in_workspace(context));
    MLPATH_CHECK(must_follow_something(context, here));
    MLPATH_TRY(auto history, progress::Journal(here.workspace->folder, context.log).load(context.index.renamed));
    StatusView view;
    view.workspace = here.workspace->folder;
    view.project = here.project;
    view.overview = progress::overview(followed_by(context, here), history.state);
    view.plans = schedules(context, here, here.workspace->settings.curricula, history.state);
    if (view.overview.next.kind == progress::NextKind::finished) {
        view.achieved = achieved(context, view.overview, history.state);
    }
    view.command = command_for(context, view.workspace, view.overview.next);
    view.notes = std::move(history.notes);
    return view;
}

}  // namespace mlpath::app
