// `.mlpath-project.json`: what makes a folder a project folder. It keeps the skeleton as it was given, so that `diff`
// and `reset` work against the version that the project came from, whatever mlpath is installed later.
//
// {"format":1,"project":"titanic","version":1,"skeleton":{"titanic.py":"…","logo.png":{"base64":"…"}}}
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "base/files.hpp"

namespace mlpath::workspace {

inline constexpr std::string_view marker_name = ".mlpath-project.json";

struct Marker {
    std::string project{};
    int version = 1;
    std::map<std::string, std::string> skeleton{};  // path with '/' -> bytes
};

// The files of the skeleton, sorted.
[[nodiscard]] std::vector<std::string> skeleton_files(const Marker& marker);

// Fails with malformed, naming the line, where it is not what we wrote (or of a later format: then the hint is to
// update mlpath). Paths that would leave the folder are refused.
[[nodiscard]] Result<Marker> read_marker(const fs::path& project_folder);
[[nodiscard]] std::string marker_text(const Marker& marker);
// Only which project it is; empty where the marker is absent or broken.
[[nodiscard]] std::string project_of(const fs::path& project_folder);

}  // namespace mlpath::workspace
