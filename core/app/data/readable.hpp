// Files of ours that the user whose programs run must be able to reach.
#pragma once

#include <string_view>

#include "base/files.hpp"

namespace mlpath::app {

// Writes `path` below the folder with the mode that is said and no less, whatever our umask is; folders on the way can
// be entered by whoever can read the file.
[[nodiscard]] inline Status write_readable(const fs::path& folder, const fs::path& path, std::string_view bytes,
                                           unsigned mode) {
    constexpr unsigned reading = 0444;
    const auto entered = fs::perms::owner_all | static_cast<fs::perms>((mode & reading) | ((mode & reading) >> 2U));
    const auto file = folder / path;
    MLPATH_CHECK(write_file(file, bytes, Durability::cached, mode));
    std::error_code ignored;  // where there are no modes none can be wrong
    fs::permissions(file, static_cast<fs::perms>(mode), ignored);
    for (auto above = file.parent_path(); above != folder; above = above.parent_path()) {
        fs::permissions(above, entered, ignored);
    }
    return {};
}

}  // namespace mlpath::app
