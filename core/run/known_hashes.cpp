#include "run/known_hashes.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>

#include "base/hash.hpp"
#include "base/text.hpp"
#include "data/cache_record.hpp"

namespace mlpath::run {

namespace {

constexpr std::string_view header = "mlpath hashes 1 ";
constexpr std::size_t most_known = 200'000;
constexpr std::size_t sha256_digits = 64;
constexpr std::size_t git_digits = 40;
constexpr std::uintmax_t most_bytes_for_git = 16u << 20;  // larger ones are no sources

bool only_we_write(const fs::path& file) {
    struct stat status{};
    return ::lstat(file.c_str(), &status) == 0 && S_ISREG(status.st_mode) && status.st_uid == ::geteuid() &&
           (status.st_mode & 0022) == 0;
}

Result<FileIdentity> regular_file(const fs::path& path, int looked, const struct stat& status) {
    if (looked != 0) {
        return fail(system_error("cannot look at", path, errno));
    }
    if (!S_ISREG(status.st_mode)) {
        return fail(ErrorKind::malformed, printable(path.string()) + " is not a regular file");
    }
    return identity_from(status);
}

Result<KnownHashes::Hashes> hashes_of(const Descriptor& file, const fs::path& path, std::uintmax_t size) {
    if (size > most_bytes_for_git) {
        MLPATH_TRY(auto hash, sha256_of_open(file, path));
        return KnownHashes::Hashes{std::move(hash), std::string(git_digits, '-')};
    }
    std::string bytes(size + 1, '\0');  // one more, to see that it has not grown
    std::size_t filled = 0;
    while (filled < bytes.size()) {
        const auto got = ::read(file.get(), bytes.data() + filled, bytes.size() - filled);
        if (got < 0 && errno != EINTR) {
            return fail(system_error("cannot read", path, errno));
        }
        if (got == 0) {
            break;
        }
        filled += got > 0 ? static_cast<std::size_t>(got) : 0;
    }
    if (filled > size) {
        return fail(ErrorKind::busy, printable(path.string()) + " grew while it was read");
    }
    bytes.resize(filled);
    return KnownHashes::Hashes{sha256_of(bytes), git_blob_id(bytes)};
}

}  // namespace

KnownHashes::KnownHashes(KnownHashes&& other) noexcept
    : m_file(std::move(other.m_file)),
      m_clock(other.m_clock),
      m_known(std::move(other.m_known)),
      m_changed(other.m_changed),
      m_read(other.m_read) {}

KnownHashes KnownHashes::load(fs::path file, const system::Clock& clock) {
    KnownHashes known(std::move(file), clock);
    const auto text = only_we_write(known.m_file) ? read_file(known.m_file) : Result<std::string>(std::string());
    const auto end = text ? text->find('\n') : std::string::npos;
    if (end == std::string::npos) {
        return known;
    }
    const auto body = std::string_view(*text).substr(end + 1);
    if (text->substr(0, end) != std::string(header) + hash128_hex(body)) {
        return known;
    }
    constexpr auto in_front = sha256_digits + 1 + git_digits + 1;  // "<sha256> <git> <identity>"
    for (const auto line : lines(body)) {
        const auto identity = line.size() > in_front ? data::identity_from(line.substr(in_front)) : std::nullopt;
        if (identity) {
            known.m_known[{identity->device, identity->inode}] = {
                *identity,
                {std::string(line.substr(0, sha256_digits)), std::string(line.substr(sha256_digits + 1, git_digits))}};
        }
    }
    return known;
}

Result<std::string> KnownHashes::sha256(const fs::path& path) {
    MLPATH_TRY(auto hashes, of(path));
    return std::move(hashes.sha256);
}

Result<KnownHashes::Hashes> KnownHashes::of(const fs::path& path) {
    struct stat status{};
    MLPATH_TRY(const auto seen, regular_file(path, ::lstat(path.c_str(), &status), status));
    {
        const std::scoped_lock lock(m_mutex);
        const auto known = m_known.find({seen.device, seen.inode});
        if (known != m_known.end() && known->second.identity == seen) {
            known->second.used = true;
            return known->second.hashes;
        }
    }
    const auto read_at = std::chrono::duration_cast<std::chrono::nanoseconds>(m_clock.now().time_since_epoch()).count();
    const Descriptor file(::open(path.c_str(), O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_NOCTTY | O_CLOEXEC));
    MLPATH_TRY(const auto before, regular_file(path, file.is_open() ? ::fstat(file.get(), &status) : -1, status));
    MLPATH_TRY(auto hashes, hashes_of(file, path, before.size));
    MLPATH_TRY(const auto after, regular_file(path, ::fstat(file.get(), &status), status));

    const std::scoped_lock lock(m_mutex);
    ++m_read;
    if (before == after && was_settled(after, read_at)) {
        m_known[{after.device, after.inode}] = {after, hashes, true};
        m_changed = true;
    }
    return hashes;
}

void KnownHashes::save() {
    const std::scoped_lock lock(m_mutex);
    if (!m_changed) {
        return;
    }
    const bool too_many = m_known.size() > most_known;
    std::string body;
    for (const auto& [place, known] : m_known) {
        if (known.used || !too_many) {
            body += known.hashes.sha256 + ' ' + known.hashes.git_blob + ' ' + data::to_record(known.identity) + '\n';
        }
    }
    static_cast<void>(
        write_file(m_file, std::string(header) + hash128_hex(body) + '\n' + body, Durability::cached, 0600));
    m_changed = false;
}

}  // namespace mlpath::run
