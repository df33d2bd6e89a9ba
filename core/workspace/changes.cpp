#include "workspace/changes.hpp"

#include "base/text.hpp"
#include "workspace/inside.hpp"
#include "workspace/line_diff.hpp"

namespace mlpath::workspace {

namespace {

FileChange change_of(const fs::path& project_folder, const std::string& path, const std::string& given) {
    FileChange change{.path = path};
    const auto present = read_inside(project_folder, path);
    if (!present) {
        change.standing = FileStanding::unreadable;
        change.text = present.error().message;
        return change;
    }
    if (!*present) {
        change.standing = FileStanding::missing;
        change.binary = is_binary(given);
        return change;
    }
    if (**present != given) {
        change.standing = FileStanding::changed;
        change.binary = is_binary(given) || is_binary(**present);
        if (!change.binary) {
            change.text = unified_diff(given, **present, "skeleton/" + path, path);
        }
    }
    return change;
}

// A folder that is not there yet: a second backup within one second gets a number.
std::string backup_name(const fs::path& project_folder, TimePoint now) {
    const auto name = ".mlpath-backup/" + format_compact(now);
    auto free = name;
    std::error_code error;
    for (int number = 2; fs::exists(fs::symlink_status(project_folder / free, error)); ++number) {
        free = name + "-" + std::to_string(number);
    }
    return free;
}

}  // namespace

std::string_view to_string(FileStanding standing) {
    switch (standing) {
        case FileStanding::same: return "same";
        case FileStanding::changed: return "changed";
        case FileStanding::missing: return "missing";
        case FileStanding::unreadable: return "unreadable";
        case FileStanding::added: return "added";
    }
    return "";
}

Result<std::vector<FileChange>> changes(const fs::path& project_folder, const Marker& marker, std::string_view only) {
    std::vector<FileChange> found;
    std::vector<std::string> names;
    for (const auto& [path, given] : marker.skeleton) {
        names.push_back(path);
        if (only.empty() || only == path) {
            found.push_back(change_of(project_folder, path, given));
        }
    }
    if (found.empty() && !only.empty()) {
        const auto near = nearest(only, names);
        return fail(ErrorKind::not_found,
                    "the skeleton of " + marker.project + " has no file `" + printable(only) + "`",
                    near ? "did you mean `" + *near + "`?" : "it has " + list_of(names));
    }
    return found;
}

FileChange addition(const fs::path& project_folder, const std::string& path) {
    FileChange change{.path = path, .standing = FileStanding::added};
    const auto present = read_inside(project_folder, path);
    if (!present || !*present) {
        change.standing = FileStanding::unreadable;
        change.text = present ? "it is gone" : present.error().message;
        return change;
    }
    change.binary = is_binary(**present);
    if (!change.binary) {
        change.text = unified_diff("", **present, "/dev/null", path);
    }
    return change;
}

Result<LaidOver> lay_over(const fs::path& project_folder, const std::map<std::string, std::string>& files,
                          TimePoint now) {
    LaidOver laid;
    std::map<std::string, std::string> keep;
    for (const auto& [path, bytes] : files) {
        MLPATH_TRY(auto present, read_inside(project_folder, path));
        if (present && *present == bytes) {
            laid.unchanged.push_back(path);
            continue;
        }
        laid.written.push_back(path);
        if (present) {
            laid.kept.push_back(path);
            keep.emplace(path, std::move(*present));
        }
    }
    // The backup first, then the files: both are whole on the disk before anything of the learner's is touched.
    PendingFiles pending(project_folder);
    if (!keep.empty()) {
        const auto name = backup_name(project_folder, now);
        for (const auto& [path, bytes] : keep) {
            MLPATH_CHECK(pending.add(name + "/" + path, bytes));
        }
        laid.backup = project_folder / name;
    }
    for (const auto& path : laid.written) {
        MLPATH_CHECK(pending.add(path, files.at(path)));
    }
    MLPATH_CHECK(pending.publish());
    return laid;
}

}  // namespace mlpath::workspace
