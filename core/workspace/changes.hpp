// A project folder against the skeleton that it came from: what changed, taking it back, laying something over it. What
// is overwritten is kept in a dated backup first.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/time.hpp"
#include "workspace/marker.hpp"

namespace mlpath::workspace {

enum class FileStanding {
    same,
    changed,
    missing,     // of the skeleton, gone from the folder
    unreadable,  // a link, a folder, or not ours to read: `text` says which
    added,       // by the learner: the skeleton has no such file
};
[[nodiscard]] std::string_view to_string(FileStanding standing);

struct FileChange {
    std::string path{};
    FileStanding standing = FileStanding::same;
    bool binary = false;  // no text to show
    std::string text{};   // the unified diff, skeleton to present; not made printable
};

// One entry a file of the skeleton, sorted; `only` names one of them, and not_found (with a "did you mean") where it is
// none.
[[nodiscard]] Result<std::vector<FileChange>> changes(const fs::path& project_folder, const Marker& marker,
                                                      std::string_view only = {});

// A file that the learner added, as a change from nothing.
[[nodiscard]] FileChange addition(const fs::path& project_folder, const std::string& path);

struct LaidOver {
    std::vector<std::string> written{};    // what differs now from before
    std::vector<std::string> unchanged{};  // was so already
    std::vector<std::string> kept{};       // had other contents, which lie in `backup`
    std::optional<fs::path> backup{};  // .mlpath-backup/20261120-062711 in the project folder; absent: nothing to keep
};

// Writes `files` (path -> bytes) into the folder. First everything that would be overwritten is copied to the backup;
// where that fails nothing is written.
[[nodiscard]] Result<LaidOver> lay_over(const fs::path& project_folder, const std::map<std::string, std::string>& files,
                                        TimePoint now);

}  // namespace mlpath::workspace
