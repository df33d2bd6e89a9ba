#include "run/known_hashes.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>

#include "base/hash.hpp"
#include "base/kept_file.hpp"
#include "base/text.hpp"

namespace mlpath::run {

namespace {

constexpr std::string_view title = "mlpath hashes 2";
constexpr std::size_t most_known = 200'000;
constexpr std::size_t git_digits = 40;
constexpr std::uintmax_t most_bytes_for_git = 16u << 20;  // larger ones are no sources

Result<FileIdentity> regular_file(const fs::path& path, int looked, const struct stat& status) {
    if (looked != 0) {
        return fail(system_error("cannot look at", path, errno));
    }
    if (!S_ISREG(status.st_mode)) {
        return fail(ErrorKind::malformed, printable(path.string()) + " is not a regular file");
    }
    return identity_from(status);
}

Result<KnownHashes::Hashes> read_hashes(const Descriptor& file, const fs::path& path, std::uintmax_t size) {
    if (size > most_bytes_for_git) {
        MLPATH_TRY(auto hash, sha256_of_open(file, path));
        return KnownHashes::Hashes{std::move(hash), std::string(git_digits, '-')};
    }
    auto bytes = read_open(file, path, size);
    if (!bytes && bytes.error().kind == ErrorKind::malformed) {
        return fail(ErrorKind::busy, printable(path.string()) + " grew while it was read");
    }
    if (!bytes) {
        return fail(std::move(bytes).error());
    }
    return KnownHashes::Hashes{sha256_of(*bytes), git_blob_id(*bytes)};
}

}  // namespace

KnownHashes::KnownHashes(KnownHashes&& other) noexcept
    : m_file(std::move(other.m_file)),
      m_clock(other.m_clock),
      m_kept(std::move(other.m_kept)),
      m_used(std::move(other.m_used)),
      m_learned(std::move(other.m_learned)),
      m_read(other.m_read) {}

KnownHashes KnownHashes::load(fs::path file, const system::Clock& clock) {
    KnownHashes known(std::move(file), clock);
    const auto body = read_kept(known.m_file, title);
    if (body && body->size() % sizeof(Record) == 0) {
        known.m_kept.resize(body->size() / sizeof(Record));
        std::memcpy(static_cast<void*>(known.m_kept.data()), body->data(), body->size());
        known.m_used.resize(known.m_kept.size());
    }
    return known;
}

KnownHashes::Hashes KnownHashes::hashes_of(const Record& record) {
    return {{record.sha256.data(), record.sha256.size()}, {record.git_blob.data(), record.git_blob.size()}};
}

std::optional<KnownHashes::Hashes> KnownHashes::known(const FileIdentity& identity) {
    const std::scoped_lock lock(m_mutex);
    const auto learned = m_learned.find(place_of(identity));
    if (learned != m_learned.end()) {
        return learned->second.identity == identity ? std::optional(hashes_of(learned->second)) : std::nullopt;
    }
    const auto kept = std::ranges::lower_bound(m_kept, place_of(identity), {},
                                               [](const Record& record) { return place_of(record.identity); });
    if (kept == m_kept.end() || kept->identity != identity) {
        return std::nullopt;
    }
    m_used[static_cast<std::size_t>(kept - m_kept.begin())] = true;
    return hashes_of(*kept);
}

Result<std::string> KnownHashes::sha256(const fs::path& path) {
    MLPATH_TRY(auto hashes, of(path));
    return std::move(hashes.sha256);
}

Result<KnownHashes::Hashes> KnownHashes::of(const fs::path& path) {
    struct stat status{};
    MLPATH_TRY(const auto seen, regular_file(path, ::lstat(path.c_str(), &status), status));
    return of(path, seen);
}

Result<KnownHashes::Hashes> KnownHashes::of(const fs::path& path, const FileIdentity& seen) {
    if (auto hashes = known(seen)) {
        return std::move(*hashes);
    }
    struct stat status{};
    const auto read_at = std::chrono::duration_cast<std::chrono::nanoseconds>(m_clock.now().time_since_epoch()).count();
    const Descriptor file(::open(path.c_str(), O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_NOCTTY | O_CLOEXEC));
    MLPATH_TRY(const auto before, regular_file(path, file.is_open() ? ::fstat(file.get(), &status) : -1, status));
    MLPATH_TRY(auto hashes, read_hashes(file, path, before.size));
    MLPATH_TRY(const auto after, regular_file(path, ::fstat(file.get(), &status), status));

    const std::scoped_lock lock(m_mutex);
    ++m_read;
    if (before == after && was_settled(after, read_at)) {
        Record record{.identity = after};
        hashes.sha256.copy(record.sha256.data(), record.sha256.size());
        hashes.git_blob.copy(record.git_blob.data(), record.git_blob.size());
        m_learned[place_of(after)] = record;
    }
    return hashes;
}

Status KnownHashes::save() {
    const std::scoped_lock lock(m_mutex);
    if (m_learned.empty()) {
        return {};
    }
    std::vector<Record> all;
    const bool too_many = m_kept.size() + m_learned.size() > most_known;
    for (std::size_t i = 0; i < m_kept.size(); ++i) {
        if ((m_used[i] || !too_many) && !m_learned.contains(place_of(m_kept[i].identity))) {
            all.push_back(m_kept[i]);
        }
    }
    for (const auto& [place, record] : m_learned) {
        all.push_back(record);
    }
    std::ranges::sort(all, {}, [](const Record& record) { return place_of(record.identity); });
    auto written = write_kept(m_file, title, {reinterpret_cast<const char*>(all.data()), all.size() * sizeof(Record)});
    m_kept = std::move(all);
    m_used.assign(m_kept.size(), true);
    m_learned.clear();
    return written;
}

}  // namespace mlpath::run
