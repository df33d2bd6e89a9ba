// `mlpath solution [PROJECT] [--apply|--why]`.
#pragma once

#include <string>
#include <vector>

#include "app/project/here.hpp"
#include "workspace/changes.hpp"

namespace mlpath::app {

enum class SolutionUse { read, apply, why };

struct SolutionRequest {
    std::string project{};  // empty: where the user stands
    SolutionUse use = SolutionUse::read;
};

struct SolutionFile {
    std::string path{};
    std::string bytes{};  // not made printable
    bool binary = false;
};

struct Solution {
    std::string project{};
    std::string title{};
    fs::path folder{};
    int version = 0;                    // of the template that the project came from
    int library_version = 0;            // of the template that the solution is for: another one where these differ
    std::vector<SolutionFile> files{};  // none where only the reasons were asked for
    std::string why{};                  // after.md: the reasons for the solution, Markdown; empty where it has none
    bool applied = false;
    workspace::LaidOver laid{};  // if applied
    Recorded recorded{};
    std::vector<progress::Note> notes{};
};

// To read: once every milestone passes, once the last hint of the current milestone was taken, or once it was read or
// applied before; else usage, and the hint says how far it is. To apply: at once. Either is recorded. The reasons may
// be read when the solution may, and that is not recorded.
[[nodiscard]] Result<Solution> solution(const Context& context, const SolutionRequest& request);

// What the library says of the solution, after.md; empty where it says nothing.
[[nodiscard]] Result<std::string> reasons_for(const library::Content& content, const std::string& project);

}  // namespace mlpath::app
