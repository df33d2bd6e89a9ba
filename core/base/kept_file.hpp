// A file in which we keep for ourselves what we could find out again. It is believed only where it is whole, and
// nobody else may write it.
#pragma once

#include <sys/types.h>

#include <limits>
#include <optional>
#include <string>
#include <string_view>

#include "base/files.hpp"

namespace mlpath {

// What was kept under `title`, which says what it is and in which format; nothing where the file is absent, damaged,
// of another format, or not ours alone.
[[nodiscard]] std::optional<std::string> read_kept(const fs::path& file, std::string_view title,
                                                   std::uintmax_t max_bytes = 256u << 20);
// What is not kept is found out again, so that nobody fails for it: the Status is for a log.
[[nodiscard]] Status write_kept(const fs::path& file, std::string_view title, std::string_view body);

// Whether this is no link but of the kind (S_IFREG, S_IFDIR), ours, and nobody else may write to it.
[[nodiscard]] bool only_we_write(const fs::path& path, mode_t kind);

// What a folder of such files may hold; the oldest go until no more is left.
struct Room {
    std::size_t files = std::numeric_limits<std::size_t>::max();
    std::uintmax_t bytes = std::numeric_limits<std::uintmax_t>::max();
};
void make_room(const fs::path& folder, const Room& room);

}  // namespace mlpath
