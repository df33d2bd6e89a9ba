// Unpacking archives of others (zip, tar.gz, gz) by libarchive, opened when first used, with nothing trusted: absolute
// paths, `..`, links that leave, devices, doubled names and bombs are refused, and then nothing is left behind.
#pragma once

#include <cstdint>
#include <stop_token>
#include <string>
#include <string_view>
#include <vector>

#include "base/error.hpp"
#include "base/files.hpp"
#include "data/cache.hpp"
#include "library/dataset.hpp"

namespace mlpath::data {

struct ArchiveLimits {
    std::uint64_t max_bytes = 32ull << 30;    // of all members together
    std::uint64_t max_ratio = 100;            // members together, to the size of the archive …
    std::uint64_t free_bytes = 256ull << 20;  // … but this much is always allowed
    std::uint64_t max_members = 1'000'000;
};

struct UnpackedFile {
    std::string path{};  // relative, '/'
    std::uint64_t size = 0;
    std::string sha256{};
};

// Unpacks into `folder`, which must exist and be empty. `name` is the file's name: a gz holds one file of that name
// less
// ".gz". On failure the folder may hold a part: the caller throws it away. Kinds: missing (no libarchive13), malformed
// (not such an archive, damaged, or refused), io, interrupted.
[[nodiscard]] Result<std::vector<UnpackedFile>> unpack(const fs::path& archive, std::string_view name,
                                                       library::ArchiveFormat format, const fs::path& folder,
                                                       const ArchiveLimits& limits = {}, std::stop_token stop = {});

// The folder in the cache with the archive's files: unpacked now, or before and still whole (`deep`: by hash).
// Made whole by rename, under a lock. Also checks that the promised members are there.
[[nodiscard]] Result<fs::path> unpacked_in_cache(const Cache& cache, const CacheEntry& entry,
                                                 const library::DatasetFile& file, Depth depth = Depth::quick,
                                                 std::stop_token stop = {});

// Where a project's data entry (`dataset` + `file`) lies in the cache: a file of the dataset, or a member (a file or a
// folder) of one of its archives. Kind not_found where it was not fetched yet (the hint is the command) or is no file
// of the dataset. Pass it to lay_copy.
[[nodiscard]] Result<fs::path> locate(const Cache& cache, const library::Dataset& dataset, std::string_view file,
                                      Depth depth = Depth::quick, std::stop_token stop = {});

}  // namespace mlpath::data
