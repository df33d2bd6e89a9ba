// Making a workspace: `.mlpath/` in a folder, and nothing else in it touched.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "workspace/find.hpp"

namespace mlpath::workspace {

enum class InitOutcome {
    made,
    already,   // it was one, and stays as it was (as `git init` does)
    added,     // it was one, and now follows the curriculum as well
    repaired,  // its settings could not be read: they were written anew, and what was there is beside them
};

struct Initialised {
    Workspace workspace{};
    InitOutcome outcome = InitOutcome::made;
    std::vector<std::string> written{};  // below the folder, with '/'
    std::vector<std::string> adopted{};  // projects that were begun before, whose own journal was taken in
    std::optional<fs::path> inside{};    // another workspace around it: from here on this one counts
    fs::path kept{};                     // the settings that could not be read, where they are now
    bool in_git = false;                 // the folder is in a git repository: else `git init` is good advice
};

// `curriculum` must exist (the caller knows the library). `asked`: the learner named it, so an existing workspace takes
// it in; else an existing one stays as it is.
enum class Asked { no, yes };
// `renamed`: what it follows by an id of before is followed already.
// What projects that were begun outside of any workspace, and now lie in this one, have recorded is taken in.
[[nodiscard]] Result<Initialised> init(const fs::path& folder, const std::string& curriculum, Asked asked,
                                       const library::Renamed& renamed = {});

}  // namespace mlpath::workspace
