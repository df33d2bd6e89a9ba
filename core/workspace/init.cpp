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

// Copies the file beside itself under a name that is free, and returns that. It stays where it is until it is replaced.
Result<fs::path> set_aside(const fs::path& file) {
    constexpr int most = 1000;
    for (int number = 1; number <= most; ++number) {
        const fs::path beside = file.string() + ".damaged" + (number == 1 ? "" : "-" + std::to_string(number));
        std::error_code error;
        if (fs::copy_file(file, beside, error)) {
            return beside;
        }
        if (error != std::errc::file_exists) {
            return fail(system_error("cannot write", beside, error.value()));
        }
    }
    return fail(ErrorKind::io, "there are too many files beside " + printable(file.string()));
}

// A workspace inside of this one keeps the progress of what lies in it.
bool lies_in_another(const fs::path& project, const fs::path& workspace) {
    std::error_code error;
    for (auto folder = project; folder != workspace && folder != folder.parent_path(); folder = folder.parent_path()) {
        if (fs::exists(folder / ".mlpath" / "workspace.json", error)) {
            return true;
        }
    }
    return false;
}

Status adopt_projects(Initialised& made) {
    const progress::Journal journal(made.workspace.folder);
    for (const auto& placed : projects_below(made.workspace.folder)) {
        if (placed.folder == made.workspace.folder || lies_in_another(placed.folder, made.workspace.folder)) {
            continue;
        }
        MLPATH_TRY(auto written, journal.adopt(progress::Journal(placed.folder)));
        if (!written.empty()) {
            made.adopted.push_back(placed.project);
            made.written.insert(made.written.end(), written.begin(), written.end());
        }
    }
    return {};
}

// What was written goes again.
tl::unexpected<Error> take_back(const Initialised& made, Error error) {
    std::error_code ignored;
    for (const auto& name : made.written) {
        fs::remove(made.workspace.folder / name, ignored);
    }
    return fail(std::move(error));
}

}  // namespace

Result<Initialised> init(const fs::path& folder, const std::string& curriculum, Asked asked,
                         const library::Renamed& renamed) {
    Initialised made;
    auto& workspace = made.workspace;
    workspace.folder = fs::absolute(folder).lexically_normal();
    if (!workspace.folder.has_filename()) {
        workspace.folder = workspace.folder.parent_path();
    }
    const auto file = workspace.folder / ".mlpath" / "workspace.json";
    std::error_code error;
    if (fs::exists(fs::symlink_status(workspace.folder, error)) && !fs::is_directory(workspace.folder, error)) {
        return fail(ErrorKind::usage, printable(workspace.folder.string()) + " is not a folder",
                    "name a folder, or one that is not there yet");
    }
    made.in_git = in_git(workspace.folder);
    if (fs::exists(fs::symlink_status(file, error))) {
        auto settings = read_settings(file);
        if (!settings && settings.error().kind == ErrorKind::malformed && !is_newer_format(settings.error())) {
            MLPATH_TRY(made.kept, set_aside(file));
            made.outcome = InitOutcome::repaired;
            workspace.settings.curricula = {curriculum};
        } else {
            MLPATH_TRY(workspace.settings, std::move(settings));
            auto& followed = workspace.settings.curricula;
            const bool more = asked == Asked::yes && std::ranges::none_of(followed, [&](const std::string& id) {
                                  return renamed.now(library::IdKind::curriculum, id) == curriculum;
                              });
            made.outcome = more ? InitOutcome::added : InitOutcome::already;
            if (more) {
                followed.push_back(curriculum);
            }
        }
        MLPATH_CHECK(adopt_projects(made));
        if (made.outcome != InitOutcome::already) {
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
    MLPATH_TRY(auto folders, NewFolders::make(file.parent_path()));
    MLPATH_TRY(auto progress, NewFolders::make(file.parent_path() / "progress"));  // goes again where nothing is in it
    MLPATH_TRY(made.written, progress::prepare_journal(workspace.folder));
    if (auto adopted = adopt_projects(made); !adopted) {
        return take_back(made, std::move(adopted).error());
    }
    if (auto written = write_file(file, settings_text(workspace.settings)); !written) {
        return take_back(made, std::move(written).error());
    }
    folders.keep();
    made.written.push_back(".mlpath/workspace.json");
    return made;
}

}  // namespace mlpath::workspace
