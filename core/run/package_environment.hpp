// Environments with a group of packages, as `mlpath env` makes them: a folder beside others of its kind, whole or not
// there. It is made where it stays, since what is installed knows its place; what says that it is whole is written
// last.
#pragma once

#include <filesystem>
#include <functional>
#include <optional>
#include <stop_token>
#include <string>
#include <string_view>
#include <vector>

#include "base/error.hpp"
#include "system/environment.hpp"
#include "system/process.hpp"

namespace mlpath::run {

// What a whole environment says of itself.
struct MadeEnvironment {
    std::filesystem::path folder{};
    std::string group{};
    std::string pins{};    // SHA-256 of the pins that it was made from
    std::string python{};  // "3.11.2"
    std::string made_with{};
    [[nodiscard]] std::filesystem::path program() const { return folder / "bin/python"; }
};
// Below `places`, such as `.mlpath/environments` of a workspace. Nothing where there is none, or not a whole one.
[[nodiscard]] std::optional<MadeEnvironment> made_environment(const std::filesystem::path& places,
                                                              std::string_view group);
// Of all groups, by name.
[[nodiscard]] std::vector<MadeEnvironment> made_environments(const std::filesystem::path& places);
[[nodiscard]] std::filesystem::path environments_of_workspace(const std::filesystem::path& workspace);
// Those that belong to no workspace.
[[nodiscard]] std::filesystem::path environments_of_cache(const system::Environment& environment);

// What makes it.
struct PackageTool {
    enum class Kind { uv, pip };
    Kind kind = Kind::pip;
    std::filesystem::path program{};  // of uv
};
[[nodiscard]] std::string_view to_string(PackageTool::Kind kind);
enum class ToolWish { automatic, uv, pip };
// uv where it is installed, else the venv and pip of Python itself. missing where uv is wished for and not there.
[[nodiscard]] Result<PackageTool> package_tool(ToolWish wish, const system::Environment& environment);

struct MakingRequest {
    std::string group{};
    std::string pins{};  // the text of the pins
    std::size_t packages = 0;
    std::string index{};               // another index besides; may be empty
    std::vector<std::string> links{};  // folders and pages with wheels besides; with them the index is asked last
    std::filesystem::path places{};    // where the environment's folder goes
    std::filesystem::path python{};    // that it is made from
    std::string python_version{};
    PackageTool tool{};
};

// Told in a few words what goes on: "getting numpy 2.4.6 (12 of 76)".
using MakingSays = std::function<void(std::string_view)>;

// Makes it anew; one that was there stays until the new one is whole, and comes back where that fails. Errors leave
// nothing behind: integrity (a hash is another), missing (no index has it, no venv module), network, io (the disk is
// full), busy (another mlpath is at it), interrupted.
[[nodiscard]] Result<MadeEnvironment> make_environment(const MakingRequest& request,
                                                       const system::Environment& environment,
                                                       system::Processes& processes, const MakingSays& says,
                                                       std::stop_token stop = {});

// What a tool that failed meant, from what it printed.
[[nodiscard]] Error tool_error(const PackageTool& tool, std::string_view printed, std::string_view group);
// A line of it in our words; nothing where it says nothing that a person wants to know.
[[nodiscard]] std::optional<std::string> tool_line(std::string_view line);

}  // namespace mlpath::run
