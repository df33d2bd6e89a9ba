// The cache of datasets, shared by all workspaces and addressed by content:
//   ROOT/sha256/<hash>          an entry, read-only; <hash>.seen beside it is the identity it had when last hashed
//   ROOT/partial/<hash>.part    what has come so far, .from beside it: from where, and the validator for resuming
//   ROOT/unpacked/<hash>/       an archive's files below `files`, and `manifest`, their hashes and identities
//   ROOT/rejected/              bytes that were not the promised ones, kept to be looked at, never used
//   ROOT/locks/                 for those who unpack (who fetches holds a lock on the part itself)
// One flat folder: there are hundreds of entries, not millions, and making a folder costs more than a file in it.
// Nothing here is ever hard-linked into a place that a learner's program can write: what goes there is copied.
#pragma once

#include <cstdint>
#include <optional>
#include <stop_token>
#include <string>
#include <string_view>
#include <vector>

#include "base/error.hpp"
#include "base/files.hpp"
#include "base/log.hpp"
#include "library/dataset.hpp"
#include "system/environment.hpp"

namespace mlpath::data {

// quick: trusts an entry whose identity (size, times, inode) is the one seen when it was last hashed. deep: rehashes.
enum class Depth { quick, deep };

struct CacheEntry {
    fs::path path{};
    std::string sha256{};
};

class Cache {
public:
    explicit Cache(fs::path root, Log log = {}) : m_root(std::move(root)), m_log(log) {}
    // cache_folder/datasets
    [[nodiscard]] static Cache of(const system::Environment& environment, Log log = {});

    [[nodiscard]] const fs::path& root() const { return m_root; }
    [[nodiscard]] const Log& log() const { return m_log; }

    // The entry with this hash, or nothing. A damaged one is moved to rejected/ and counts as absent.
    [[nodiscard]] Result<std::optional<fs::path>> find(std::string_view sha256, Depth depth = Depth::quick) const;
    // The first of the file's sources whose bytes are here.
    [[nodiscard]] Result<std::optional<CacheEntry>> find(const library::DatasetFile& file,
                                                         Depth depth = Depth::quick) const;
    // Takes a finished file, hashed and flushed by the caller, in by rename; it becomes read-only.
    [[nodiscard]] Result<fs::path> adopt(const fs::path& file, std::string_view sha256) const;
    // Moves bad bytes to rejected/ under a name that says what they were meant to be, and returns where they are.
    [[nodiscard]] Result<fs::path> reject(const fs::path& file, std::string_view name) const;

    [[nodiscard]] fs::path entry_path(std::string_view sha256) const;
    [[nodiscard]] fs::path part_path(std::string_view sha256) const;
    [[nodiscard]] fs::path lock_path(std::string_view sha256) const;
    [[nodiscard]] fs::path unpacked_path(std::string_view sha256) const;

private:
    fs::path m_root;
    Log m_log;
};

// Whether a file's record, at `record`, says that it still is what was hashed.
[[nodiscard]] bool is_as_seen(const fs::path& file, const fs::path& record);
// Where it cannot be written the file is hashed again the next time: the Status is for a log.
[[nodiscard]] Status remember(const FileIdentity& identity, const fs::path& record);

struct CacheCheck {
    std::size_t entries = 0;
    std::uint64_t bytes = 0;             // of the entries that are good
    std::vector<std::string> damaged{};  // hashes; moved to rejected/, fetched anew when they are needed
};

// Looks at every entry (`mlpath doctor`, and with --deep by rehashing all of them). Interrupted by `stop`.
[[nodiscard]] Result<CacheCheck> check_cache(const Cache& cache, Depth depth, std::stop_token stop = {});

// An io Error of a write into the cache, with the hint that helps: MLPATH_CACHE_DIR, or freeing space.
[[nodiscard]] Error cache_error(Error error);

// Copies a file, or a folder whole, out of the cache (reflink where the file system can; never a link): a new file,
// owner-writable, under a temporary name and renamed. Missing parent folders are made.
[[nodiscard]] Status lay_copy(const fs::path& from, const fs::path& to, std::stop_token stop = {});

}  // namespace mlpath::data
