// The libraries of others that a workspace has added: a copy of each below `.mlpath/libraries/`, and in
// `.mlpath/libraries.json` what was copied from where, pinned by its hash.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/files.hpp"

namespace mlpath::workspace {

struct AddedLibrary {
    std::string name{};
    std::string from{};    // a folder, or an address with its tag: what `library add` was given
    std::string commit{};  // of the repository; empty for a folder
    std::string sha256{};  // of all that was copied
};

inline constexpr std::string_view libraries_file = ".mlpath/libraries.json";
// A folder for each content, so that what the file names is whole at every moment.
[[nodiscard]] fs::path folder_of(const fs::path& workspace, const AddedLibrary& library);
// The learner's own: `library/` in the workspace, where there is one with curricula, templates or a library.json.
[[nodiscard]] std::optional<fs::path> own_library(const fs::path& workspace);

// In the order in which they were added; none where there is no file. A broken file is malformed, with its line.
[[nodiscard]] Result<std::vector<AddedLibrary>> read_libraries(const fs::path& workspace);
[[nodiscard]] Result<std::vector<AddedLibrary>> parse_libraries(std::string_view text, const std::string& file);
[[nodiscard]] std::string libraries_text(const std::vector<AddedLibrary>& libraries);
[[nodiscard]] Status write_libraries(const fs::path& workspace, const std::vector<AddedLibrary>& libraries);

}  // namespace mlpath::workspace
