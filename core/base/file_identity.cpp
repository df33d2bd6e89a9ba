#include "base/file_identity.hpp"

#include <sys/stat.h>

#include <algorithm>
#include <cerrno>
#include <charconv>
#include <chrono>

#include "base/files.hpp"
#include "base/text.hpp"

namespace mlpath {

Result<FileIdentity> identity_of(const fs::path& path) {
    struct stat status{};
    if (::stat(path.c_str(), &status) != 0) {
        return fail(system_error("cannot look at", path, errno));
    }
    return identity_from(status);
}

FileIdentity identity_from(const struct stat& status) {
    const auto nanoseconds = [](const timespec& time) {
        return static_cast<std::int64_t>(time.tv_sec) * 1'000'000'000 + time.tv_nsec;
    };
#ifdef __APPLE__
    const auto modified = status.st_mtimespec;
    const auto changed = status.st_ctimespec;
#else
    const auto modified = status.st_mtim;
    const auto changed = status.st_ctim;
#endif
    return {static_cast<std::uint64_t>(status.st_dev), static_cast<std::uint64_t>(status.st_ino),
            static_cast<std::uint64_t>(status.st_size), nanoseconds(modified), nanoseconds(changed)};
}

std::string to_record(const FileIdentity& identity) {
    return std::to_string(identity.device) + ' ' + std::to_string(identity.inode) + ' ' +
           std::to_string(identity.size) + ' ' + std::to_string(identity.modified_ns) + ' ' +
           std::to_string(identity.changed_ns);
}

std::optional<FileIdentity> identity_from(std::string_view record) {
    const auto parts = split(trim(record), ' ');
    if (parts.size() != 5) {
        return std::nullopt;
    }
    const auto take = [](std::string_view text, auto& value) {
        const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
        return error == std::errc() && end == text.data() + text.size();
    };
    FileIdentity identity;
    if (take(parts[0], identity.device) && take(parts[1], identity.inode) && take(parts[2], identity.size) &&
        take(parts[3], identity.modified_ns) && take(parts[4], identity.changed_ns)) {
        return identity;
    }
    return std::nullopt;
}

bool was_settled(const FileIdentity& identity, std::int64_t read_at_ns) {
    constexpr std::int64_t second = 1'000'000'000;
    constexpr std::int64_t tick = second / 50;  // twice the slowest tick of a Linux kernel
    // Times in whole seconds: a file system that knows no finer ones (FAT: two seconds).
    const bool coarse = identity.modified_ns % second == 0 && identity.changed_ns % second == 0;
    return std::max(identity.modified_ns, identity.changed_ns) + (coarse ? 2 * second : tick) < read_at_ns;
}

std::optional<FileIdentity> settled_identity(const fs::path& file) {
    const auto now = std::chrono::system_clock::now().time_since_epoch();
    const auto identity = identity_of(file);
    if (!identity || !was_settled(*identity, std::chrono::duration_cast<std::chrono::nanoseconds>(now).count())) {
        return std::nullopt;
    }
    return *identity;
}

}  // namespace mlpath
