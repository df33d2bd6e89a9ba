// What replay found, kept in `.mlpath/local/snapshot` so that the next command need not replay. Only ever a shortcut:
// it names the identity of every journal file that it was made from, carries a checksum, and is passed over in silence
// where anything about it is not as it should be.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "progress/files.hpp"

namespace mlpath::progress {

[[nodiscard]] std::string snapshot_bytes(const std::vector<JournalFile>& files, const History& history);

// nullopt: damaged, of another version of mlpath, or made from other files than these.
[[nodiscard]] std::optional<History> read_snapshot(std::string_view bytes, const std::vector<JournalFile>& files);

// The "racy git" rule. A file that changes twice within one tick of the file system's clock looks the same after both,
// so a file may be trusted by its identity only if its times lie a tick before the reading began (`now_ns`, by the
// clock of the same file system).
[[nodiscard]] bool can_be_trusted(const std::vector<JournalFile>& files, std::int64_t now_ns);

}  // namespace mlpath::progress
