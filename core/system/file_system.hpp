// What kind of file system a folder lies on: some do not tell when a file changes, and have to be looked at again and
// again.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>

namespace mlpath::system {

enum class Tells {
    all_changes,
    not_all,  // those that another machine, or the system around ours, makes go unsaid
};

struct FileSystem {
    std::string name{};  // "a network file system (NFS)"; empty for one that tells
    Tells tells = Tells::all_changes;
};

// By the number that Linux gives to a kind of file system (statfs, f_type).
[[nodiscard]] FileSystem file_system_of(std::uint64_t number);
// By looking. One that cannot be looked at counts as one that tells.
[[nodiscard]] FileSystem file_system_at(const std::filesystem::path& folder);

}  // namespace mlpath::system
