// The git repository that a folder lies in, as its files say it: nothing is run.
#pragma once

#include <optional>
#include <vector>

#include "base/files.hpp"

namespace mlpath::workspace {

struct Repository {
    fs::path git{};                   // what git calls GIT_DIR
    std::vector<fs::path> folders{};  // all that it reads: that, and of a linked worktree the repository's own
};
// The nearest one around the folder; nullopt where there is none.
[[nodiscard]] std::optional<Repository> repository_around(const fs::path& folder);

}  // namespace mlpath::workspace
