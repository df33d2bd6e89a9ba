// Where the user stands and which project is meant: shared by every use case that works on one.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "app/context.hpp"
#include "library/project.hpp"
#include "progress/journal.hpp"
#include "progress/next.hpp"
#include "workspace/find.hpp"

namespace mlpath::app {

struct Here {
    std::optional<workspace::Workspace> workspace{};  // around the folder
    std::optional<fs::path> project_folder{};         // around the folder
    std::string project{};                            // of project_folder; empty where there is none
};
[[nodiscard]] Result<Here> find_here(const Context& context);
// The same for what cannot be done without a workspace: not_found, and `mlpath init` as the hint.
[[nodiscard]] Result<Here> in_workspace(const Context& context);

// Which project lies in a folder, by its id of today; empty where its marker is absent or broken.
[[nodiscard]] std::string project_at(const Context& context, const fs::path& folder);

struct ProjectHere {
    std::string project{};
    fs::path folder{};
    // The folder that holds the journal (`.mlpath`): the workspace around the project, or the project folder itself
    // where there is none, so that hints and checks are remembered there too.
    fs::path home{};
    std::optional<workspace::Workspace> workspace{};
};
// `named`: a project's id, whose folder is sought in the workspace, or the path of a project folder; empty: the project
// folder around the user. The errors say what to do: `mlpath new iris`, `cd`, "did you mean".
[[nodiscard]] Result<ProjectHere> find_project(const Context& context, std::string_view named);

// The project as the library has it. Kind usage where that only plans it: with no checks, all of them would pass.
[[nodiscard]] Result<library::Project> load_ready_project(const Context& context, std::string_view id);

// What a workspace follows unless something else is said; empty where the library has no curriculum.
[[nodiscard]] std::string usual_curriculum(const library::Index& index);
// The curricula that the learner follows, or would if this were made a workspace: for what is shown anywhere, so that
// nothing is wrong with a workspace that cannot be read.
[[nodiscard]] std::vector<std::string> followed_curricula(const Context& context);

// not_found where none of the curricula that the workspace follows is in any library here: nothing could be said of it.
[[nodiscard]] Status must_follow_something(const Context& context, const Here& here);

// What the workspace's journal proves; nothing outside of any.
[[nodiscard]] Result<progress::State> state_here(const Context& context);

// What `next` and `status` follow: the curricula of the workspace.
[[nodiscard]] progress::Followed followed_by(const Context& context, const Here& here);

// Whether what happened was remembered. Not remembering is no failure of the command: it is said beside.
struct Recorded {
    bool ok = true;
    std::string why_not{};  // "the file system is read-only", …; empty if ok
};
// Appends to the journal of `home`.
[[nodiscard]] Recorded record(const Context& context, const fs::path& home, std::vector<progress::Event> events);

// "cd ../iris && mlpath check", or the command alone where the user stands there; relative where that is short.
[[nodiscard]] std::string command_in(const fs::path& from, const fs::path& folder, std::string_view command);

}  // namespace mlpath::app
