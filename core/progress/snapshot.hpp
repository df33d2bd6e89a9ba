// What replay found, kept in `.mlpath/local/snapshot` so that the next command need not replay. Only ever a shortcut:
// it names the identity of every journal file that it was made from and the ids of before that were understood, carries
// a checksum, and is passed over in silence where anything about it is not as it should be.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "progress/files.hpp"

namespace mlpath::progress {

// What decides what replay finds.
struct MadeFrom {
    std::vector<JournalFile> files{};
    std::uint64_t renamed = 0;  // library::Renamed::fingerprint
    friend bool operator==(const MadeFrom&, const MadeFrom&) = default;
};

[[nodiscard]] std::string snapshot_bytes(const MadeFrom& made_from, const History& history);

// nullopt: damaged, of another version of mlpath, or made from something else than this.
[[nodiscard]] std::optional<History> read_snapshot(std::string_view bytes, const MadeFrom& made_from);

// Whether all of them may be known again by their identity (`was_settled`), read at `now_ns`.
[[nodiscard]] bool can_be_trusted(const std::vector<JournalFile>& files, std::int64_t now_ns);

}  // namespace mlpath::progress
