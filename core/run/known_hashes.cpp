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
constexpr std::size_t hash_digits = 64;

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
    for (const auto line : lines(body)) {
        const auto identity =
            line.size() > hash_digits + 1 ? data::identity_from(line.substr(hash_digits + 1)) : std::nullopt;
        if (identity) {
            known.m_known[{identity->device, identity->inode}] = {*identity, std::string(line.substr(0, hash_digits))};
        }
    }
    return known;
}

Result<std::string> KnownHashes::sha256(const fs::path& path) {
    struct stat status{};
    MLPATH_TRY(const auto seen, regular_file(path, ::lstat(path.c_str(), &status), status));
    {
        const std::scoped_lock lock(m_mutex);
        const auto known = m_known.find({seen.device, seen.inode});
        if (known != m_known.end() && known->second.identity == seen) {
            known->second.used = true;
            return known->second.sha256;
        }
    }
    const auto read_at = std::chrono::duration_cast<std::chrono::nanoseconds>(m_clock.now().time_since_epoch()).count();
    const Descriptor file(::open(path.c_str(), O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_NOCTTY | O_CLOEXEC));
    MLPATH_TRY(const auto before, regular_file(path, file.get() < 0 ? -1 : ::fstat(file.get(), &status), status));
    MLPATH_TRY(auto hash, sha256_of_open(file, path));
    MLPATH_TRY(const auto after, regular_file(path, ::fstat(file.get(), &status), status));

    const std::scoped_lock lock(m_mutex);
    ++m_read;
    if (before == after && was_settled(after, read_at)) {
        m_known[{after.device, after.inode}] = {after, hash, true};
        m_changed = true;
    }
    return hash;
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
            body += known.sha256 + ' ' + data::to_record(known.identity) + '\n';
        }
    }
    static_cast<void>(
        write_file(m_file, std::string(header) + hash128_hex(body) + '\n' + body, Durability::cached, 0600));
    m_changed = false;
}

}  // namespace mlpath::run
