// `.mlpath-project.json`: what makes a folder a project folder. It keeps the skeleton as it was given, so that `diff`
// and `reset` work against the version that the project came from, whatever mlpath is installed later.
//
// {"format":1,"project":"titanic","version":1,"skeleton":{"titanic.py":"…","logo.png":{"base64":"…"}}}
// and `"data":"synthetic"` where it was made so: that says which data are used, and proves nothing.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "base/files.hpp"
#include "library/data_kind.hpp"

namespace mlpath::workspace {

inline constexpr std::string_view marker_name = ".mlpath-project.json";

struct Marker {
    std::string project{};
    int version = 1;
    std::map<std::string, std::string> skeleton{};  // path with '/' -> bytes
    library::DataKind data = library::DataKind::real;
};

// The files of the skeleton, sorted.
[[nodiscard]] std::vector<std::string> skeleton_files(const Marker& marker);

// Fails with malformed, naming the line, where it is not what we wrote (or of a later format: then the hint is to
// update mlpath). Paths that would leave the folder are refused.
[[nodiscard]] Result<Marker> read_marker(const fs::path& project_folder);
[[nodiscard]] std::string marker_text(const Marker& marker);
// Only which project it is, and on which data; empty and real where the marker is absent or broken.
struct Claimed {
    std::string project{};
    library::DataKind data = library::DataKind::real;
};
[[nodiscard]] Claimed claimed_by(const fs::path& project_folder);
[[nodiscard]] std::string project_of(const fs::path& project_folder);

}  // namespace mlpath::workspace
