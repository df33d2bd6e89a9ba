// What stands behind links: the folder that we stand in, and project folders of a workspace or a portfolio.
#pragma once

#include <string>
#include <vector>

#include "system/environment.hpp"
#include "workspace/find.hpp"

namespace mlpath::workspace {

// The folder that the user stands in. Behind a link it has two names: the one by which the shell came there (PWD), and
// its own; what lies above differs. The first counts where it is true, unless a workspace lies above the second alone.
// Fails where the folder is gone.
[[nodiscard]] Result<fs::path> folder_we_stand_in(const system::Environment& environment);

// The project folders of what somebody handed over, sorted, broken ones too. No link is followed: `links` are those
// that stand where a project folder could.
struct WithinFolder {
    std::vector<PlacedProject> projects{};
    std::vector<fs::path> links{};
};
[[nodiscard]] WithinFolder projects_within(const fs::path& portfolio);

// A link in the workspace's folder itself that `projects_below` does not follow, and why.
struct LinkLeft {
    fs::path path{};
    std::string why{};  // the predicate of a sentence: "is a link to ../elsewhere, which is not there"
};
[[nodiscard]] std::vector<LinkLeft> links_left(const fs::path& workspace);

}  // namespace mlpath::workspace
