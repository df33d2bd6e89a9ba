#include "data/cache_record.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <charconv>
#include <chrono>

#include "base/text.hpp"

namespace mlpath::data {

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

bool is_as_seen(const fs::path& file, const fs::path& record) {
    const auto text = read_file(record, 4096);
    if (!text) {
        return false;
    }
    const auto seen = identity_from(*text);
    const auto now = identity_of(file);
    return seen && now && *seen == *now;
}

std::optional<FileIdentity> settled_identity(const fs::path& file) {
    const auto now = std::chrono::system_clock::now().time_since_epoch();
    const auto identity = identity_of(file);
    if (!identity || !was_settled(*identity, std::chrono::duration_cast<std::chrono::nanoseconds>(now).count())) {
        return std::nullopt;
    }
    return *identity;
}

void remember(const FileIdentity& identity, const fs::path& record) {
    // Written in place: a record cut short is none, and costs no more than another look.
    const int descriptor = ::open(record.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOFOLLOW, 0644);
    if (descriptor >= 0) {
        const auto text = to_record(identity) + '\n';
        static_cast<void>(::write(descriptor, text.data(), text.size()) + 1);
        ::close(descriptor);
    }
}

}  // namespace mlpath::data
