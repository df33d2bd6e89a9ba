#include "app/project/reset.hpp"

#include "base/text.hpp"

namespace mlpath::app {

Result<Reset> reset(const Context& context, const DiffRequest& request) {
    MLPATH_TRY(const auto seen, diff(context, request));
    MLPATH_TRY(const auto marker, workspace::read_marker(seen.folder));
    std::map<std::string, std::string> given;
    for (const auto& file : seen.files) {
        if (file.standing == workspace::FileStanding::added) {
            return fail(
                ErrorKind::usage, "`" + file.path + "` is a file of your own: the project did not come with it",
                "`mlpath reset` takes " + list_of(workspace::skeleton_files(marker)) + " back to what they were");
        }
        given.emplace(file.path, marker.skeleton.at(file.path));
    }
    Reset result{.project = seen.project, .folder = seen.folder};
    MLPATH_TRY(result.laid, workspace::lay_over(seen.folder, given, context.clock.now()));
    return result;
}

}  // namespace mlpath::app
