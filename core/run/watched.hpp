// What has to be known of a project folder to tell that the learner's work has changed.
#pragma once

#include <filesystem>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "library/project.hpp"

namespace mlpath::run {

struct Work {
    std::vector<std::string> folders{};             // where sources may lie: those to follow; relative, "" first
    std::map<std::string, std::string> contents{};  // of each source and checked document, as a hash, by path
};
// The work as it is now. What cannot be read counts by why it cannot: that changes as well.
[[nodiscard]] Work look_at_work(const library::Project& project, const std::filesystem::path& folder);

// The paths that are new, gone, or hold something else.
[[nodiscard]] std::vector<std::string> changed_paths(const Work& before, const Work& now);

// Whether an event about this path, relative to the project folder, is a reason to look: not what editors lay beside
// the file that they save (`.foo.swp`, `4913`, `foo~`), what the project itself makes, nor what is never a source.
[[nodiscard]] bool is_worth_a_look(const library::Project& project, std::string_view path);

}  // namespace mlpath::run
