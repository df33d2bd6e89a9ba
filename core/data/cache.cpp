#include "data/cache.hpp"

#include <fcntl.h>
#include <sys/stat.h>

#include <algorithm>
#include <cerrno>

#include "base/hash.hpp"
#include "base/text.hpp"

namespace mlpath::data {

namespace {

fs::path record_of(const fs::path& entry) { return entry.string() + ".seen"; }

// Hashes come from catalogs that are checked, but a path is made of them here: nothing but hex digits goes in.
std::string safe(std::string_view hash) {
    std::string name;
    for (const char c : hash.substr(0, 64)) {
        name += (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f') ? c : '_';
    }
    name.resize(std::max<std::size_t>(name.size(), 2), '_');
    return name;
}

std::string safe_name(std::string_view name) {
    std::string kept;
    for (const char c : name.substr(0, 120)) {
        const bool plain = (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '-' ||
                           c == '_' || (c == '.' && !kept.empty());
        kept += plain ? c : '_';
    }
    return kept.empty() ? "file" : kept;
}

Status move_file(const fs::path& from, const fs::path& to) {
    if (::rename(from.c_str(), to.c_str()) == 0) {
        return {};
    }
    if (errno != ENOENT) {
        return fail(cache_error(system_error("cannot move into the cache", to, errno)));
    }
    if (auto made = make_folders(to.parent_path()); !made) {
        return fail(cache_error(std::move(made).error()));
    }
    if (::rename(from.c_str(), to.c_str()) != 0) {
        return fail(cache_error(system_error("cannot move into the cache", to, errno)));
    }
    return {};
}

}  // namespace

Cache Cache::of(const system::Environment& environment, Log log) {
    return Cache(system::cache_folder(environment) / "datasets", log);
}

fs::path Cache::entry_path(std::string_view sha256) const { return m_root / "sha256" / safe(sha256); }
fs::path Cache::part_path(std::string_view sha256) const { return m_root / "partial" / (safe(sha256) + ".part"); }
fs::path Cache::lock_path(std::string_view sha256) const { return m_root / "locks" / (safe(sha256) + ".lock"); }
fs::path Cache::unpacked_path(std::string_view sha256) const { return m_root / "unpacked" / safe(sha256); }

Result<std::optional<fs::path>> Cache::find(std::string_view sha256, Depth depth) const {
    const auto path = entry_path(sha256);
    struct stat status{};
    if (::lstat(path.c_str(), &status) != 0) {
        if (errno == ENOENT || errno == ENOTDIR) {
            return std::nullopt;
        }
        return fail(cache_error(system_error("cannot look at", path, errno)));
    }
    if (S_ISREG(status.st_mode)) {
        if (depth == Depth::quick && is_as_seen(path, record_of(path))) {
            return path;
        }
        const auto seen = settled_identity(path);
        MLPATH_TRY(const auto hash, sha256_of_file(path));
        if (hash == sha256) {
            if (seen) {
                m_log.kept("that a dataset is whole", remember(*seen, record_of(path)));
            }
            return path;
        }
    }
    MLPATH_TRY(const auto aside, reject(path, std::string(sha256.substr(0, 12)) + "-damaged"));
    m_log.warning("damaged data set aside",
                  [&] { return LogFields{{"file", path.string()}, {"now", aside.string()}}; });
    return std::nullopt;
}

Result<std::optional<CacheEntry>> Cache::find(const library::DatasetFile& file, Depth depth) const {
    for (std::size_t i = 0; i < file.sources.size(); ++i) {
        const auto& hash = file.sources[i].sha256;
        const auto before = file.sources.begin() + static_cast<std::ptrdiff_t>(i);
        if (std::any_of(file.sources.begin(), before, [&](const auto& source) { return source.sha256 == hash; })) {
            continue;
        }
        MLPATH_TRY(const auto path, find(hash, depth));
        if (path) {
            return CacheEntry{*path, hash};
        }
    }
    return std::nullopt;
}

Result<fs::path> Cache::adopt(const fs::path& file, std::string_view sha256) const {
    auto path = entry_path(sha256);
    if (::chmod(file.c_str(), 0444) != 0) {
        return fail(cache_error(system_error("cannot protect", file, errno)));
    }
    MLPATH_CHECK(move_file(file, path));
    return path;
}

Result<fs::path> Cache::reject(const fs::path& file, std::string_view name) const {
    // The first bytes of its hash keep two bad answers apart, and the same one from filling the disk.
    const auto hash = sha256_of_file(file);
    auto path = m_root / "rejected" / (safe_name(name) + "-" + (hash ? hash->substr(0, 12) : "unreadable"));
    MLPATH_CHECK(move_file(file, path));
    return path;
}

bool is_as_seen(const fs::path& file, const fs::path& record) {
    const auto text = read_file(record, 4096);
    const auto seen = text ? identity_from(*text) : std::nullopt;
    const auto now = identity_of(file);
    return seen && now && *seen == *now;
}

Status remember(const FileIdentity& identity, const fs::path& record) {
    // Written in place: a record cut short is none, and costs no more than another look.
    const Descriptor file(::open(record.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOFOLLOW, 0644));
    const int error = file.is_open() ? write_all(file.get(), to_record(identity) + '\n') : errno;
    return error == 0 ? Status() : fail(system_error("cannot write", record, error));
}

Error cache_error(Error error) {
    // The cache is not what the user asked for: that it cannot be used is no mistake of the command line.
    if (error.kind == ErrorKind::not_found || error.kind == ErrorKind::malformed) {
        error.kind = ErrorKind::io;
    }
    const std::string elsewhere = "keep the cache in another folder: `export MLPATH_CACHE_DIR=FOLDER`";
    if (error.hint.starts_with("the disk") || error.hint.starts_with("your disk")) {
        error.hint += ", or " + elsewhere;
        return error;
    }
    auto folder = fs::path(error.place.file);
    std::error_code ignored;
    while (folder.has_relative_path() && !fs::exists(folder, ignored)) {
        folder = folder.parent_path();
    }
    error.hint = folder.empty() ? elsewhere
                                : "the cache needs a folder that it can write: see `ls -ld " +
                                      shell_word(folder.string()) + "`, or " + elsewhere;
    return error;
}

}  // namespace mlpath::data
