#include "app/skills.hpp"

namespace mlpath::app {

Result<SkillsView> skills(const Context& context) {
    MLPATH_TRY(const auto here, find_here(context));
    if (!here.workspace) {
        return fail(no_workspace(context));
    }
    MLPATH_TRY(auto history, progress::Journal(here.workspace->folder).load());
    return SkillsView{progress::skills(context.index, history.state), std::move(history.notes)};
}

}  // namespace mlpath::app
