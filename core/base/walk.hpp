// One walk over what lies below a folder. It follows no link: each folder is opened inside of the open one that lists
// it, so that what somebody puts into its place while we look leads nowhere.
#pragma once

#include <functional>
#include <string_view>

#include "base/files.hpp"

namespace mlpath {

struct Met {
    enum class Kind { file, folder, link, other };
    std::string_view path{};  // relative to where the walk began, with '/'
    const char* name = "";    // its last part
    Kind kind = Kind::other;
    int folder = -1;  // the open one that lists it, for fstatat and its like
    int depth = 0;    // 0 for what lies in the root itself
};

enum class Step {
    on,    // into a folder; past everything else
    past,  // not into this folder
    stop,
};

// What becomes of a folder that may not be read, or went away while we looked. The root must be there in any case.
enum class Unreadable {
    fails,
    passed,       // also the root, where it may not be read
    passed_below  // but not the root
};

// Calls `visit` with everything below `root`, which may be a link itself: by name in each folder, a folder before what
// is in it. Ends with the first Error; that of a folder which cannot be looked into begins with `cannot`.
[[nodiscard]] Status walk(const fs::path& root, const std::function<Result<Step>(const Met&)>& visit,
                          Unreadable unreadable = Unreadable::fails, std::string_view cannot = "cannot list");

}  // namespace mlpath
