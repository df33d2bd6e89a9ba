#include "workspace/init.hpp"

#include <algorithm>

#include "base/text.hpp"
#include "progress/journal.hpp"

namespace mlpath::workspace {

namespace {

bool in_git(const fs::path& from) {
    std::error_code error;
    for (auto folder = from;; folder = folder.parent_path()) {
        if (fs::exists(folder / ".git", error)) {
            return true;
        }
        if (folder == folder.parent_path()) {
            return false;
        }
    }
}

}  // namespace

Result<Initialised> init(const fs::path& folder, const std::string& curriculum, Asked asked) {
    Initialised made;
    auto& workspace = made.workspace;
    workspace.folder = fs::absolute(folder).lexically_normal();
    if (!workspace.folder.has_filename()) {
        workspace.folder = workspace.folder.parent_path();
    }
    const auto file = workspace.folder / ".mlpath" / "workspace.json";
    std::error_code error;
    if (fs::exists(fs::symlink_status(workspace.folder, error)) && !fs::is_directory(workspace.folder, error)) {
        return fail(ErrorKind::usage, printable(workspace.folder.string()) + " is no folder",
                    "name a folder, or one that is not there yet");
    }
    made.in_git = in_git(workspace.folder);
    if (fs::exists(fs::symlink_status(file, error))) {
        MLPATH_TRY(workspace.settings, read_settings(file));
        auto& followed = workspace.settings.curricula;
        made.outcome = InitOutcome::already;
        if (asked == Asked::yes && std::ranges::find(followed, curriculum) == followed.end()) {
            followed.push_back(curriculum);
            made.outcome = InitOutcome::added;
            MLPATH_CHECK(write_file(file, settings_text(workspace.settings)));
            made.written.push_back(".mlpath/workspace.json");
        }
        return made;
    }
    MLPATH_TRY(auto around, find_workspace(workspace.folder));
    if (around) {
        made.inside = std::move(around->folder);
    }
    workspace.settings.curricula = {curriculum};
    // The settings come last: with them the folder is a workspace, and not before the rest is there.
    MLPATH_TRY(made.written, progress::prepare_journal(workspace.folder));
    MLPATH_CHECK(write_file(file, settings_text(workspace.settings)));
    made.written.push_back(".mlpath/workspace.json");
    return made;
}

}  // namespace mlpath::workspace
