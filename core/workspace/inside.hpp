// Reading and writing below a folder without ever leaving it: a link in the path, a path that climbs, or something that
// is no regular file is refused, also when it is put there while we look.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "base/files.hpp"

namespace mlpath::workspace {

// A file below `root`, replaced whole; missing folders are made. A file that was there keeps its permissions, a new one
// gets `mode`. Fails with malformed where a part of the path is a link, or where something that is no file is in the
// way.
[[nodiscard]] Status write_inside(const fs::path& root, std::string_view path, std::string_view bytes,
                                  unsigned mode = 0644);
// Several of them, all or none: each is written whole beside its place before the first one takes it. What was not
// published goes again, with the folders that were made for it.
class PendingFiles {
public:
    explicit PendingFiles(fs::path root);
    PendingFiles(PendingFiles&&) noexcept;
    PendingFiles& operator=(PendingFiles&&) noexcept;
    PendingFiles(const PendingFiles&) = delete;
    PendingFiles& operator=(const PendingFiles&) = delete;
    ~PendingFiles();
    // As `write_inside`, but for the last step.
    [[nodiscard]] Status add(std::string_view path, std::string_view bytes, unsigned mode = 0644);
    [[nodiscard]] Status publish();

private:
    struct State;
    std::unique_ptr<State> m_state;
};

// The bytes; nullopt: there is no such file. Fails with malformed where the path leads through a link or to no regular
// file.
[[nodiscard]] Result<std::optional<std::string>> read_inside(const fs::path& root, std::string_view path,
                                                             std::uintmax_t max_bytes = 64u << 20);

}  // namespace mlpath::workspace
