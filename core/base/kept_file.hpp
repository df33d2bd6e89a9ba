// A file in which we keep for ourselves what we could find out again. It is believed only where it is whole, and
// nobody else may write it.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "base/files.hpp"

namespace mlpath {

// What was kept under `title`, which says what it is and in which format; nothing where the file is absent, damaged,
// of another format, or not ours alone.
[[nodiscard]] std::optional<std::string> read_kept(const fs::path& file, std::string_view title,
                                                   std::uintmax_t max_bytes = 256u << 20);
// Best effort: what is not kept is found out again.
void write_kept(const fs::path& file, std::string_view title, std::string_view body);

}  // namespace mlpath
