// Archives in the cache: unpacked once, found again, checked against the manifest that was written with them.
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <map>
#include <utility>

#include "base/hash.hpp"
#include "base/text.hpp"
#include "data/archive.hpp"
#include "data/archive_path.hpp"

namespace mlpath::data {

namespace {

struct Unpacked {
    std::string sha256{};
    FileIdentity identity{};
};
using Manifest = std::map<std::string, Unpacked, std::less<>>;

constexpr std::string_view first_line = "mlpath unpacked 1";

// A line a file: its hash, the five numbers of its identity, its path (which has no control characters).
Status write_manifest(const fs::path& folder, const Manifest& files) {
    std::string text = std::string(first_line) + '\n';
    for (const auto& [path, file] : files) {
        text += file.sha256 + ' ' + to_record(file.identity) + ' ' + path + '\n';
    }
    return write_file(folder / "manifest", text);
}

// The identities stay empty: what was written a moment ago cannot be known again by its times. The next use hashes it.
Status protect_and_list(const fs::path& folder, const std::vector<UnpackedFile>& files) {
    Manifest manifest;
    for (const auto& file : files) {
        const auto path = folder / "files" / file.path;
        if (::chmod(path.c_str(), 0444) != 0) {
            return fail(cache_error(system_error("cannot protect", path, errno)));
        }
        manifest.emplace(file.path, Unpacked{.sha256 = file.sha256});
    }
    return write_manifest(folder, manifest);
}

std::optional<Manifest> read_manifest(const fs::path& folder) {
    const auto text = read_file(folder / "manifest", 512u << 20);
    if (!text) {
        return std::nullopt;
    }
    Manifest manifest;
    const auto rows = lines(*text);
    if (rows.empty() || rows.front() != first_line) {
        return std::nullopt;
    }
    for (std::size_t i = 1; i < rows.size(); ++i) {
        constexpr std::size_t hash_length = 64;
        auto path_at = hash_length;
        for (int field = 0; field < 5 && path_at != std::string_view::npos; ++field) {
            path_at = rows[i].find(' ', path_at + 1);
        }
        if (rows[i].size() < hash_length || path_at == std::string_view::npos) {
            return std::nullopt;
        }
        const auto identity = identity_from(rows[i].substr(hash_length, path_at - hash_length));
        if (!identity) {
            return std::nullopt;
        }
        manifest.emplace(rows[i].substr(path_at + 1), Unpacked{std::string(rows[i].substr(0, hash_length)), *identity});
    }
    return manifest;
}

// Files that had to be hashed and were found right are known again the next time.
bool is_whole(const fs::path& folder, Manifest& manifest, Depth depth, const Log& log, const std::stop_token& stop) {
    bool learned = false;
    for (auto& [name, file] : manifest) {
        if (stop.stop_requested()) {
            return true;  // no verdict: the caller looks at the token
        }
        const auto path = folder / "files" / name;
        const auto identity = identity_of(path);
        if (identity && depth == Depth::quick && *identity == file.identity) {
            continue;
        }
        const auto seen = settled_identity(path);
        const auto hash = sha256_of_file(path);
        if (!hash || *hash != file.sha256) {
            return false;
        }
        if (seen && *seen != file.identity) {
            file.identity = *seen;
            learned = true;
        }
    }
    if (learned) {
        log.kept("that an archive is whole", write_manifest(folder, manifest));  // else it is hashed each time
    }
    return true;
}

Status check_members(const fs::path& folder, const library::DatasetFile& file) {
    for (const auto& promised : file.archive->members) {
        MLPATH_TRY(const auto member, member_path(promised));
        std::error_code error;
        if (!fs::exists(folder / member, error)) {
            return fail(ErrorKind::malformed,
                        "the archive " + printable(file.name) + " has no member " + printable(promised));
        }
    }
    return {};
}

Status unpack_anew(const Cache& cache, const CacheEntry& entry, const library::DatasetFile& file,
                   const std::stop_token& stop) {
    const auto place = cache.unpacked_path(entry.sha256);
    if (auto made = make_folders(place.parent_path()); !made) {
        return fail(cache_error(std::move(made).error()));
    }
    constexpr std::string_view prefix = ".unpacking-";
    sweep_temporary_folders(prefix, place.parent_path());
    auto temporary = TemporaryFolder::make(prefix, place.parent_path());
    if (!temporary) {
        return fail(cache_error(std::move(temporary).error()));
    }
    const auto whole = temporary->path() / "whole";
    MLPATH_CHECK(make_folders(whole / "files"));
    auto files = unpack(entry.path, file.name, file.archive->format, whole / "files", {}, stop);
    if (!files) {
        auto error = std::move(files).error();
        if (error.kind == ErrorKind::malformed) {
            error.message = printable(file.name) + ": " + error.message;
            error.place.file = entry.path.string();
        }
        return fail(std::move(error));
    }
    MLPATH_CHECK(check_members(whole / "files", file));
    MLPATH_CHECK(protect_and_list(whole, *files));
    std::error_code error;
    if (fs::exists(place, error)) {
        fs::rename(place, temporary->path() / "damaged", error);  // goes with the temporary folder
    }
    if (::rename(whole.c_str(), place.c_str()) != 0) {
        return fail(cache_error(system_error("cannot store", place, errno)));
    }
    return {};
}

}  // namespace

Result<fs::path> unpacked_in_cache(const Cache& cache, const CacheEntry& entry, const library::DatasetFile& file,
                                   Depth depth, std::stop_token stop) {
    if (!file.archive) {
        return fail(ErrorKind::internal, printable(file.name) + " is not an archive");
    }
    const auto place = cache.unpacked_path(entry.sha256);
    const auto here = [&] {
        auto manifest = read_manifest(place);
        return manifest && is_whole(place, *manifest, depth, cache.log(), stop);
    };
    const auto stopped = [&] { return fail(ErrorKind::interrupted, "interrupted"); };
    bool whole = here();
    if (!whole) {
        // Minutes, for who unpacks a large one beside us; the wait is cut so that Ctrl-C is seen.
        std::optional<FileLock> lock;
        while (!lock && !stop.stop_requested()) {
            auto taken = FileLock::take(cache.lock_path(entry.sha256).string() + ".unpack", 100);
            if (!taken && taken.error().kind != ErrorKind::busy) {
                return fail(cache_error(std::move(taken).error()));
            }
            if (taken) {
                lock.emplace(std::move(*taken));
            }
        }
        if (stop.stop_requested()) {
            return stopped();
        }
        whole = here();
        if (!whole) {
            MLPATH_CHECK(unpack_anew(cache, entry, file, stop));
        }
    }
    if (stop.stop_requested()) {
        return stopped();
    }
    MLPATH_CHECK(check_members(place / "files", file));
    return place / "files";
}

Result<fs::path> locate(const Cache& cache, const library::Dataset& dataset, std::string_view file, Depth depth,
                        std::stop_token stop) {
    const library::DatasetFile* found = nullptr;
    std::string member;
    if (const auto whole = std::ranges::find(dataset.files, file, &library::DatasetFile::name);
        whole != dataset.files.end()) {
        found = &*whole;
    } else {
        MLPATH_TRY(member, member_path(file));
        for (const auto& candidate : dataset.files) {
            const auto promises = [&](const std::string& promised) {
                return member == promised || member.starts_with(promised + "/") || promised.starts_with(member + "/");
            };
            if (candidate.archive && std::ranges::any_of(candidate.archive->members, promises)) {
                found = &candidate;
            }
        }
    }
    if (found == nullptr || (member.empty() && found->name != file)) {
        return fail(ErrorKind::not_found, "the dataset " + dataset.id + " has no file " + printable(file));
    }
    MLPATH_TRY(const auto entry, cache.find(*found, depth));
    if (!entry) {
        return fail(ErrorKind::not_found,
                    printable(found->name) + " of the dataset " + dataset.id + " is not in the cache",
                    "`mlpath fetch " + dataset.id + "` gets it");
    }
    if (member.empty()) {
        return entry->path;
    }
    MLPATH_TRY(const auto folder, unpacked_in_cache(cache, *entry, *found, depth, std::move(stop)));
    std::error_code error;
    if (!fs::exists(folder / member, error)) {
        return fail(ErrorKind::not_found, "the archive " + printable(found->name) + " of the dataset " + dataset.id +
                                              " has no member " + printable(file));
    }
    return folder / member;
}

}  // namespace mlpath::data
