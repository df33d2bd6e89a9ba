// What tells that a file is still the one seen before, without reading it.
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>

#include "base/error.hpp"

struct stat;

namespace mlpath {

struct FileIdentity {
    std::uint64_t device = 0;
    std::uint64_t inode = 0;
    std::uint64_t size = 0;
    std::int64_t modified_ns = 0;
    std::int64_t changed_ns = 0;
    friend bool operator==(const FileIdentity&, const FileIdentity&) = default;
};
[[nodiscard]] Result<FileIdentity> identity_of(const std::filesystem::path& path);
[[nodiscard]] FileIdentity identity_from(const struct stat& status);

// As text, "device inode size modified changed", and back; nothing where it is not that.
[[nodiscard]] std::string to_record(const FileIdentity& identity);
[[nodiscard]] std::optional<FileIdentity> identity_from(std::string_view record);

// The "racy git" rule. A file that changes twice within one tick of the file system's clock looks the same after both,
// so it may be known again by its identity only if its times lie a tick before the reading began (`read_at_ns`, by the
// clock of the same file system, in nanoseconds since 1970).
[[nodiscard]] bool was_settled(const FileIdentity& identity, std::int64_t read_at_ns);
// The identity of a file that is about to be read; nothing where it may not be known again by it.
[[nodiscard]] std::optional<FileIdentity> settled_identity(const std::filesystem::path& file);

}  // namespace mlpath
