// `mlpath diff [PROJECT] [FILE]`: against the skeleton of the version that the project came from. Needs no workspace,
// and a library only to tell which added files are the learner's work.
#pragma once

#include <string>
#include <vector>

#include "app/project/here.hpp"
#include "workspace/changes.hpp"

namespace mlpath::app {

struct DiffRequest {
    std::string project{};  // empty: where the user stands
    std::string file{};     // below the project folder, or as seen from where the user stands; empty: all
};

struct Diff {
    std::string project{};
    fs::path folder{};
    int version = 0;          // of the template that the project came from
    int library_version = 0;  // of the template as the library has it now; 0: it has none
    std::vector<workspace::FileChange> files{};
    std::vector<std::string> added{};  // sources that the skeleton has not, where all of the project is asked for
};

// A file that the learner added is shown where it is asked for by its path.
[[nodiscard]] Result<Diff> diff(const Context& context, const DiffRequest& request);

// One positional argument may be a project or a file: what `mlpath diff WORD` and `mlpath reset WORD` mean. A file
// of the project that the user stands in goes before a project of that name.
[[nodiscard]] DiffRequest read_diff_words(const Context& context, const std::vector<std::string>& words);

}  // namespace mlpath::app
