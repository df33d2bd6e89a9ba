// A workspace seen from outside: which projects it holds, which files of them are the learner's work, what commit they
// are. Nothing in it is trusted, and nothing in it is run.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "app/context.hpp"
#include "library/data_kind.hpp"
#include "run/step.hpp"

namespace mlpath::app {

struct PortfolioProject {
    std::string id{};      // as its marker names it: a claim, looked up in our own library
    std::string folder{};  // relative to the portfolio; empty: the portfolio itself
    fs::path path{};
    library::DataKind data = library::DataKind::real;  // likewise: it decides on which data it is judged, and no more
};

// The project folders in a path: itself, or those below (three levels deep). usage where the path is no folder, io
// where it may not be looked into.
[[nodiscard]] Result<std::vector<PortfolioProject>> projects_in(const fs::path& portfolio);

// A marker that is a link names nothing: it could lead to any file of the judge's machine, and a report would tell of
// it.
[[nodiscard]] bool has_linked_marker(const fs::path& folder);

using FileHashes = std::map<std::string, std::string, std::less<>>;  // SHA-256 by path
// Of the names and bytes.
[[nodiscard]] std::string content_hash(const FileHashes& files);

struct PrivateCopy {
    TemporaryFolder folder;
    run::Sources sources{};
    FileHashes hashes{};  // of what was taken
};
// Copies what matches the project's sources, and no more.
[[nodiscard]] Result<PrivateCopy> take_sources(const library::Project& project, const fs::path& folder);

// What lies in the portfolio and is not among `taken` (relative to it), sorted: a folder of which nothing was taken is
// named once, with a '/' behind, and not looked into. Markers and `.git` are not named, nor what is below the folders
// in `untouched`: projects of which nobody decided what their sources are. At most a thousand.
[[nodiscard]] std::vector<std::string> left_out_of(const fs::path& portfolio, const std::vector<std::string>& taken,
                                                   const std::vector<std::string>& untouched = {});

}  // namespace mlpath::app
