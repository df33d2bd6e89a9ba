// Reading and writing below a folder without ever leaving it: a link in the path, a path that climbs, or something that
// is no regular file is refused, also when it is put there while we look.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "base/files.hpp"

namespace mlpath::workspace {

// Relative, with '/', no empty, "." or ".." parts, no NUL.
[[nodiscard]] bool stays_inside(std::string_view path);

// A file below `root`, replaced whole; missing folders are made. A file that was there keeps its permissions, a new one
// gets `mode`. Fails with malformed where a part of the path is a link, or where something that is no file is in the
// way.
[[nodiscard]] Status write_inside(const fs::path& root, std::string_view path, std::string_view bytes,
                                  unsigned mode = 0644);
// The bytes; nullopt: there is no such file. Fails with malformed where the path leads through a link or to no regular
// file.
[[nodiscard]] Result<std::optional<std::string>> read_inside(const fs::path& root, std::string_view path,
                                                             std::uintmax_t max_bytes = 64u << 20);

}  // namespace mlpath::workspace
