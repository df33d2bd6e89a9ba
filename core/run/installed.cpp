#include "run/installed.hpp"

#include <dirent.h>
#include <fcntl.h>
#include <sys/stat.h>

#include <algorithm>
#include <memory>
#include <vector>

#include "base/files.hpp"
#include "base/hash.hpp"
#include "data/cache_record.hpp"

namespace mlpath::run {

namespace {

constexpr std::size_t most_files = 1'000'000;
constexpr int most_depth = 40;
constexpr std::string_view changed_with_any_package = "/var/lib/dpkg/status";  // what programs use besides Python's own

using Lines = std::vector<std::string>;

std::string told_of(const struct stat& status, Told told) {
    return told == Told::by_size && !S_ISLNK(status.st_mode) ? std::to_string(status.st_size)
                                                             : data::to_record(identity_from(status));
}

// What lies in the open folder, which is closed. `path` is what the lines begin with.
bool list(Descriptor folder, const std::string& path, Told told, int depth, Lines& lines) {
    struct CloseFolder {
        void operator()(DIR* open) const { ::closedir(open); }
    };
    const int number = folder.get();
    const std::unique_ptr<DIR, CloseFolder> open(::fdopendir(number));
    if (!open || depth > most_depth) {
        return false;
    }
    static_cast<void>(folder.release());  // closed with `open`
    while (const auto* entry = ::readdir(open.get())) {
        const std::string_view name = entry->d_name;
        if (name == "." || name == ".." || name == "__pycache__" || name.ends_with(".pyc")) {
            continue;
        }
        const auto below = path + '/' + std::string(name);
        struct stat status{};
        if (::fstatat(number, entry->d_name, &status, AT_SYMLINK_NOFOLLOW) != 0) {
            continue;  // it went away while we looked
        }
        if (!S_ISDIR(status.st_mode)) {
            lines.push_back(below + '\0' + told_of(status, told));
            if (lines.size() > most_files) {
                return false;
            }
            continue;
        }
        Descriptor inner(::openat(number, entry->d_name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC));
        if (!inner.is_open() || !list(std::move(inner), below, told, depth + 1, lines)) {
            return false;
        }
    }
    return true;
}

bool lies_below(const fs::path& path, const fs::path& folder) {
    const auto relative = path.lexically_relative(folder);
    return !relative.empty() && relative != "." && *relative.begin() != "..";
}

void add_file(const fs::path& path, Told told, Lines& lines) {
    struct stat status{};
    if (::stat(path.c_str(), &status) == 0) {
        lines.push_back(path.filename().string() + '\0' + told_of(status, told));
    }
}

}  // namespace

std::optional<std::string> installed_hash(const Interpreter& python, Told told) {
    Lines lines;
    add_file(python.path, told, lines);
    add_file(changed_with_any_package, told, lines);
    const auto& folders = python.module_folders;
    for (std::size_t i = 0; i < folders.size(); ++i) {
        if (std::ranges::any_of(folders, [&](const auto& other) { return lies_below(folders[i], other); })) {
            continue;
        }
        Descriptor folder(::open(folders[i].c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
        // Where the folder lies is of this machine; which of them it is decides what is imported first.
        const auto name = told == Told::by_identity ? folders[i].string() : std::to_string(i);
        if (!folder.is_open()) {
            add_file(folders[i], told, lines);  // a zip file, or nothing there
        } else if (!list(std::move(folder), name, told, 0, lines)) {
            return std::nullopt;
        }
    }
    std::ranges::sort(lines);
    Sha256 hash;
    hash.update(python.version);
    for (const auto& line : lines) {
        hash.update('\n' + line);
    }
    return hash.finish();
}

std::string folder_times(const Interpreter& python) {
    std::string times;
    for (const auto& folder : python.module_folders) {
        std::error_code error;
        const auto time = fs::last_write_time(folder, error);
        times += error ? "none " : std::to_string(time.time_since_epoch().count()) + ' ';
    }
    return times;
}

}  // namespace mlpath::run
