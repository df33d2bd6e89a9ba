#include "app/setup/init.hpp"

#include "app/project/here.hpp"
#include "library/library.hpp"
#include "workspace/marker.hpp"

namespace mlpath::app {

Result<Init> init(const Context& context, const InitRequest& request) {
    const auto& curricula = context.index.curricula;
    const auto& renamed = context.index.renamed;
    const auto curriculum = request.curriculum.empty()
                                ? usual_curriculum(context.index)
                                : std::string(renamed.now(library::IdKind::curriculum, request.curriculum));
    if (!curricula.contains(curriculum)) {
        return fail(library::no_such("curriculum", curriculum, curricula.ids()));
    }
    const auto folder = context.folder / request.folder;
    std::error_code ignored;
    if (fs::exists(folder / workspace::marker_name, ignored)) {
        return fail(ErrorKind::usage, "this is the folder of a project, and a workspace is the folder around projects",
                    "go one folder up: `cd .. && mlpath init`");
    }
    const auto asked = request.curriculum.empty() ? workspace::Asked::no : workspace::Asked::yes;
    Init result;
    MLPATH_TRY(result.made, workspace::init(folder, curriculum, asked, renamed));
    const auto& made = result.made.workspace;
    const bool more = result.made.outcome == workspace::InitOutcome::added;
    if (const auto* const main = curricula.find(
            renamed.now(library::IdKind::curriculum, more ? curriculum : made.settings.curricula.front()))) {
        result.curriculum_title = main->title;
    }
    result.next = command_in(context.folder, made.folder, "mlpath next");
    return result;
}

}  // namespace mlpath::app
