// A workspace seen from outside: which projects it holds, which files of them are the learner's work, what commit they
// are. Nothing in it is trusted, and nothing in it is run.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "app/context.hpp"
#include "run/step.hpp"
#include "system/process.hpp"

namespace mlpath::app {

struct PortfolioProject {
    std::string id{};      // as its marker names it: a claim, looked up in our own library
    std::string folder{};  // relative to the portfolio; empty: the portfolio itself
    fs::path path{};
};

// The project folders in a path: itself, or those below (three levels deep). usage where the path is no folder, io
// where it may not be looked into.
[[nodiscard]] Result<std::vector<PortfolioProject>> projects_in(const fs::path& portfolio);

// A marker that is a link names nothing: it could lead to any file of the judge's machine, and a report would tell of
// it.
[[nodiscard]] bool has_linked_marker(const fs::path& folder);

struct PrivateCopy {
    TemporaryFolder folder;
    run::Sources sources{};
    std::string content_hash{};  // of the names and bytes that were taken
};
// Copies what matches the project's sources, and no more.
[[nodiscard]] Result<PrivateCopy> take_sources(const library::Project& project, const fs::path& folder);

// What lies in the portfolio and is not among `taken` (relative to it), sorted: a folder of which nothing was taken is
// named once, with a '/' behind, and not looked into. Markers and `.git` are not named, nor what is below the folders
// in `untouched`: projects of which nobody decided what their sources are. At most a thousand.
[[nodiscard]] std::vector<std::string> left_out_of(const fs::path& portfolio, const std::vector<std::string>& taken,
                                                   const std::vector<std::string>& untouched = {});

// The portfolio's folder seen from the root of its repository, "" for the root itself; nullopt outside of one.
[[nodiscard]] std::optional<std::string> folder_in_repository(const fs::path& portfolio,
                                                              const system::Environment& environment,
                                                              system::Processes& processes);

struct Commit {
    std::string id{};
    bool dirty = false;  // whether a file that was taken differs from the commit or is not in it, or one is gone
};
// Whether a file would be taken, were it there.
using WouldTake = std::function<bool(std::string_view path)>;
// `taken`: the files of the portfolio that were taken, relative to it. nullopt outside of a repository, or without git.
// Only plumbing is asked that runs no hook, filter or transport of the repository.
[[nodiscard]] std::optional<Commit> commit_of(const fs::path& portfolio, const std::vector<std::string>& taken,
                                              const WouldTake& would_take, const system::Environment& environment,
                                              system::Processes& processes);

}  // namespace mlpath::app
