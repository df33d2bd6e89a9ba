#include "base/kept_file.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <utility>
#include <vector>

#include "base/hash.hpp"
#include "base/walk.hpp"

namespace mlpath {

namespace {

std::string first_line(std::string_view title, std::string_view body) {
    return std::string(title) + ' ' + hash128_hex(body) + '\n';
}

}  // namespace

bool only_we_write(const fs::path& path, mode_t kind) {
    struct stat status{};
    return ::lstat(path.c_str(), &status) == 0 && (status.st_mode & S_IFMT) == kind && status.st_uid == ::geteuid() &&
           (status.st_mode & (S_IWGRP | S_IWOTH)) == 0;
}

std::optional<std::string> read_kept(const fs::path& file, std::string_view title, std::uintmax_t max_bytes) {
    auto text = only_we_write(file, S_IFREG) ? read_file(file, max_bytes) : Result<std::string>(std::string());
    const auto end = text ? text->find('\n') : std::string::npos;
    if (end == std::string::npos || !text->starts_with(first_line(title, std::string_view(*text).substr(end + 1)))) {
        return std::nullopt;
    }
    text->erase(0, end + 1);
    return std::move(*text);
}

Status write_kept(const fs::path& file, std::string_view title, std::string_view body) {
    return write_file(file, first_line(title, body) + std::string(body), Durability::cached, 0600);
}

void make_room(const fs::path& folder, const Room& room) {
    std::vector<std::pair<FileIdentity, std::string>> files;
    std::uintmax_t bytes = 0;
    const auto count = [&](const Met& met) -> Result<Step> {
        struct stat status{};
        if (::fstatat(met.folder, met.name, &status, AT_SYMLINK_NOFOLLOW) == 0) {
            files.emplace_back(identity_from(status), met.path);
            bytes += files.back().first.size;
        }
        return Step::past;
    };
    static_cast<void>(walk(folder, count));
    std::ranges::sort(files, {}, [](const auto& file) { return file.first.modified_ns; });
    auto left = files.size();
    for (const auto& [identity, name] : files) {
        if (left <= room.files && bytes <= room.bytes) {
            return;
        }
        std::error_code ignored;
        fs::remove(folder / name, ignored);
        bytes -= identity.size;
        --left;
    }
}

}  // namespace mlpath
