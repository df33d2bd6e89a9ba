// `mlpath new`: a project folder appears whole or not at all. Everything is built in a hidden folder beside it and
// renamed into place; what a kill left behind is swept by the next run.
#pragma once

#include <string>
#include <vector>

#include "base/files.hpp"
#include "library/content.hpp"
#include "library/project.hpp"
#include "run/step.hpp"
#include "system/clock.hpp"
#include "workspace/marker.hpp"

namespace mlpath::workspace {

struct ScaffoldRequest {
    const library::Project& project;
    const library::Content& content;
    fs::path folder{};                                 // where it is to be; may exist if it is empty
    std::vector<run::LaidFile> data{};                 // laid as they are
    library::DataKind kind = library::DataKind::real;  // of them
};

struct Scaffolded {
    fs::path folder{};
    std::vector<std::string> files{};  // the learner's: the skeleton and BRIEF.md, sorted
    std::vector<std::string> data{};   // what was laid, sorted
};

// Fails with usage where the folder exists and is not empty, or is no folder, with advice.
[[nodiscard]] Result<Scaffolded> scaffold(const ScaffoldRequest& request);

// The learner's files of a template's part ("skeleton", "solution"): path -> bytes.
[[nodiscard]] Result<std::map<std::string, std::string>> template_files(const library::Content& content,
                                                                        const std::string& project,
                                                                        const std::string& part);
// The .gitignore of a project folder: its data, its artifacts but the pictures and pages that one shows, backups,
// Python's leavings.
[[nodiscard]] std::string gitignore_text(const library::Project& project);

}  // namespace mlpath::workspace
