#include "base/kept_file.hpp"

#include <sys/stat.h>
#include <unistd.h>

#include "base/hash.hpp"

namespace mlpath {

namespace {

std::string first_line(std::string_view title, std::string_view body) {
    return std::string(title) + ' ' + hash128_hex(body) + '\n';
}

bool only_we_write(const fs::path& file) {
    struct stat status{};
    return ::lstat(file.c_str(), &status) == 0 && S_ISREG(status.st_mode) && status.st_uid == ::geteuid() &&
           (status.st_mode & 0022) == 0;
}

}  // namespace

std::optional<std::string> read_kept(const fs::path& file, std::string_view title, std::uintmax_t max_bytes) {
    auto text = only_we_write(file) ? read_file(file, max_bytes) : Result<std::string>(std::string());
    const auto end = text ? text->find('\n') : std::string::npos;
    if (end == std::string::npos || !text->starts_with(first_line(title, std::string_view(*text).substr(end + 1)))) {
        return std::nullopt;
    }
    text->erase(0, end + 1);
    return std::move(*text);
}

void write_kept(const fs::path& file, std::string_view title, std::string_view body) {
    static_cast<void>(write_file(file, first_line(title, body) + std::string(body), Durability::cached, 0600));
}

}  // namespace mlpath
