#include "app/project/python_search.hpp"

#include "run/package_environment.hpp"

namespace mlpath::app {

run::InterpreterSearch own_search(const Context& context, const fs::path& home, const workspace::Workspace* workspace) {
    auto search = portfolio_search(context);
    search.trust = run::Trust::workspace;
    search.workspace = home;
    if (workspace != nullptr) {
        search.configured = workspace->settings.python;
    }
    if (!home.empty()) {
        search.environments.insert(search.environments.begin(), run::environments_of_workspace(home));
    }
    return search;
}

run::InterpreterSearch portfolio_search(const Context& context, run::MadeBy by) {
    return {.trust = run::Trust::portfolio,
            .cache = system::cache_folder(context.environment),
            .log = context.log,
            .environments = {run::environments_of_cache(context.environment)},
            .made_by = by};
}

}  // namespace mlpath::app
