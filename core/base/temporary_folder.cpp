#include <fcntl.h>
#include <sys/file.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <system_error>
#include <utility>
#include <vector>

#include "base/files.hpp"

namespace mlpath {

namespace {

constexpr std::string_view drawn = "XXXXXX";  // what mkdtemp replaces

fs::path or_the_systems(const fs::path& parent) {
    std::error_code error;
    auto base = parent.empty() ? fs::temp_directory_path(error) : parent;
    return error ? fs::path("/tmp") : base;
}

int open_folder(const fs::path& path) { return ::open(path.c_str(), O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC); }

// A run may hold many folders; its files come first.
bool may_be_kept(int descriptor) {
    rlimit files{};
    return ::getrlimit(RLIMIT_NOFILE, &files) == 0 && static_cast<rlim_t>(descriptor) < files.rlim_cur / 2;
}

// Locked first and marked then: who sees the mark and gets the lock knows that the maker had it and is gone. A folder
// that is just being made has no mark yet, and nobody touches it.
int lock_and_mark(const fs::path& path) {
    const int folder = open_folder(path);
    if (folder < 0) {
        return -1;
    }
    if (!may_be_kept(folder) || ::flock(folder, LOCK_EX | LOCK_NB) != 0 || ::fchmod(folder, S_ISVTX | S_IRWXU) != 0) {
        ::close(folder);
        return -1;
    }
    return folder;
}

void remove_all_of(const fs::path& path) {
    std::error_code ignored;
    fs::remove_all(path, ignored);
    if (!ignored) {
        return;
    }
    // A program may have taken our right to enter its folders; they are ours, so give it back and try again.
    for (auto entry = fs::recursive_directory_iterator(path, fs::directory_options::skip_permission_denied, ignored);
         !ignored && entry != fs::recursive_directory_iterator(); entry.increment(ignored)) {
        if (entry->is_directory(ignored) && !entry->is_symlink(ignored)) {
            fs::permissions(entry->path(), fs::perms::owner_all, ignored);
        }
    }
    fs::remove_all(path, ignored);
}

void sweep_one(const fs::path& path) {
    const int folder = open_folder(path);
    if (folder < 0) {
        return;
    }
    struct stat status{};
    if (::fstat(folder, &status) == 0 && status.st_uid == ::geteuid() && (status.st_mode & S_ISVTX) != 0 &&
        ::flock(folder, LOCK_EX | LOCK_NB) == 0) {
        remove_all_of(path);
    }
    ::close(folder);
}

}  // namespace

Result<TemporaryFolder> TemporaryFolder::make(std::string_view prefix, const fs::path& parent) {
    const auto base = or_the_systems(parent);
    auto pattern = (base / (std::string(prefix) + std::string(drawn))).string();
    if (::mkdtemp(pattern.data()) == nullptr) {
        return fail(system_error("cannot make a temporary folder in", base, errno));
    }
    return TemporaryFolder(pattern, lock_and_mark(pattern));
}

TemporaryFolder::TemporaryFolder(TemporaryFolder&& other) noexcept
    : m_path(std::move(other.m_path)), m_lock(std::exchange(other.m_lock, -1)) {
    other.m_path.clear();
}

TemporaryFolder& TemporaryFolder::operator=(TemporaryFolder&& other) noexcept {
    std::swap(m_path, other.m_path);
    std::swap(m_lock, other.m_lock);
    return *this;
}

TemporaryFolder::~TemporaryFolder() {
    if (!m_path.empty()) {
        remove_all_of(m_path);
    }
    if (m_lock >= 0) {
        ::close(m_lock);
    }
}

void sweep_temporary_folders(std::string_view prefix, const fs::path& parent) {
    std::vector<fs::path> found;
    std::error_code error;
    for (auto entry = fs::directory_iterator(or_the_systems(parent), error);
         !error && entry != fs::directory_iterator(); entry.increment(error)) {
        if (entry->path().filename().native().starts_with(prefix)) {
            found.push_back(entry->path());
        }
    }
    for (const auto& path : found) {
        sweep_one(path);
    }
}

}  // namespace mlpath
