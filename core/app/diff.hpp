// `mlpath diff [PROJECT] [FILE]`: against the skeleton of the version that the project came from. Needs no library and
// no workspace.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "app/here.hpp"
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
};

[[nodiscard]] Result<Diff> diff(const Context& context, const DiffRequest& request);

// `file` as a path below the project folder, whether it was given from there or from where the user stands.
[[nodiscard]] std::string file_in_project(const Context& context, const fs::path& project_folder,
                                          const std::map<std::string, std::string>& skeleton, const std::string& file);

// One positional argument may be a project or a file: what `mlpath diff WORD` and `mlpath reset WORD` mean. A file
// of the project that the user stands in goes before a project of that name.
[[nodiscard]] DiffRequest read_diff_words(const Context& context, const std::vector<std::string>& words);

}  // namespace mlpath::app
