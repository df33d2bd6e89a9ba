#include "workspace/staging.hpp"

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <utility>
#include <vector>

#include "base/text.hpp"
#include "workspace/marker.hpp"

namespace mlpath::workspace {

namespace {

constexpr std::string_view prefix = ".mlpath-new-";
constexpr std::string_view suffix = ".tmp";

int open_folder(const fs::path& path) { return ::open(path.c_str(), O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC); }

// Removes what nobody holds any more. Whatever goes wrong here is not worth failing for.
void sweep(const fs::path& parent) {
    std::error_code error;
    std::vector<fs::path> found;
    for (auto entry = fs::directory_iterator(parent, error); !error && entry != fs::directory_iterator();
         entry.increment(error)) {
        const auto name = entry->path().filename().string();
        if (name.starts_with(prefix) && name.ends_with(suffix)) {
            found.push_back(entry->path());
        }
    }
    for (const auto& path : found) {
        const int folder = open_folder(path);
        if (folder < 0) {
            continue;
        }
        struct stat status{};
        if (::fstat(folder, &status) == 0 && status.st_uid == ::geteuid() && ::flock(folder, LOCK_EX | LOCK_NB) == 0) {
            fs::remove_all(path, error);
        }
        ::close(folder);
    }
}

// Makes and locks the folder. False: somebody swept it between the two, or the name is taken; try another.
bool claim(const fs::path& path, int& lock) {
    if (::mkdir(path.c_str(), 0777) != 0) {
        return false;
    }
    lock = open_folder(path);
    struct stat held{};
    struct stat there{};
    // Not every file system can lock; then nobody else can either, and nothing is swept.
    if (lock >= 0 && (::flock(lock, LOCK_EX | LOCK_NB) == 0 || errno != EWOULDBLOCK) && ::fstat(lock, &held) == 0 &&
        ::lstat(path.c_str(), &there) == 0 && held.st_ino == there.st_ino) {
        return true;
    }
    if (lock >= 0) {
        ::close(std::exchange(lock, -1));
    }
    errno = EEXIST;
    return false;
}

void flush(const fs::path& folder) {
    const int descriptor = open_folder(folder);
    if (descriptor >= 0) {
        ::fsync(descriptor);
        ::close(descriptor);
    }
}

Error taken(const fs::path& target) {
    return {ErrorKind::usage,
            printable(target.string()) + " is there already and not empty",
            {target.string(), {}, 0},
            "name another folder, or move this one away; nothing in it was touched"};
}

// Where the target is the folder that we were started in, a rename would leave the learner's shell in a folder that is
// no more. So what is in it moves, the marker last: without it there is no project. What cannot be moved whole is moved
// back.
Status move_in(const fs::path& from, const fs::path& target) {
    MLPATH_CHECK(must_be_free(target));
    std::vector<std::string> names;
    std::error_code error;
    for (auto entry = fs::directory_iterator(from, error); !error && entry != fs::directory_iterator();
         entry.increment(error)) {
        names.push_back(entry->path().filename().string());
    }
    std::ranges::sort(names, {}, [](const std::string& name) { return std::pair(name == marker_name, name); });
    for (std::size_t i = 0; i < names.size() && !error; ++i) {
        fs::rename(from / names[i], target / names[i], error);
        if (error) {
            std::error_code ignored;
            for (std::size_t back = 0; back < i; ++back) {
                fs::rename(target / names[back], from / names[back], ignored);
            }
        }
    }
    if (error) {
        return fail(system_error("cannot make", target, error.value()));
    }
    flush(target);
    return {};
}

}  // namespace

Status must_be_free(const fs::path& target) {
    std::error_code error;
    const auto status = fs::symlink_status(target, error);
    if (!fs::exists(status)) {
        return {};
    }
    if (!fs::is_directory(status)) {
        return fail({ErrorKind::usage,
                     printable(target.string()) + (fs::is_symlink(status) ? " is a link" : " is there already"),
                     {target.string(), {}, 0},
                     "name a folder that is not there yet"});
    }
    if (!fs::is_empty(target, error) || error) {
        return fail(taken(target));
    }
    return {};
}

Result<Staging> Staging::make(const fs::path& target, system::Random& random) {
    const auto parent = target.parent_path();
    MLPATH_TRY(auto parents, NewFolders::make(parent));
    sweep(parent);
    constexpr int attempts = 20;
    for (int attempt = 0; attempt < attempts; ++attempt) {
        const auto path =
            parent / (std::string(prefix) + system::random_id(random).substr(0, 12) + std::string(suffix));
        int lock = -1;
        if (claim(path, lock)) {
            return Staging(std::move(parents), path, target, lock);
        }
        if (errno != EEXIST) {
            return fail(system_error("cannot make a folder in", parent, errno));
        }
    }
    return fail(ErrorKind::io, "cannot make a folder in " + printable(parent.string()));
}

Status Staging::publish() {
    flush(m_path);
    std::error_code error;
    if (fs::equivalent(m_target, fs::current_path(error), error) && !error) {
        return move_in(m_path, m_target);  // into a folder that was there
    }
    if (::rename(m_path.c_str(), m_target.c_str()) != 0) {
        if (errno == ENOTEMPTY || errno == EEXIST || errno == ENOTDIR) {
            return fail(taken(m_target));
        }
        return fail(system_error("cannot make", m_target, errno));
    }
    m_path.clear();
    m_parents.keep();
    flush(m_target.parent_path());
    return {};
}

Staging::Staging(Staging&& other) noexcept
    : m_parents(std::move(other.m_parents)),
      m_path(std::exchange(other.m_path, {})),
      m_target(std::move(other.m_target)),
      m_lock(std::exchange(other.m_lock, -1)) {}

Staging& Staging::operator=(Staging&& other) noexcept {
    std::swap(m_parents, other.m_parents);
    std::swap(m_path, other.m_path);
    std::swap(m_target, other.m_target);
    std::swap(m_lock, other.m_lock);
    return *this;
}

Staging::~Staging() {
    if (!m_path.empty()) {
        std::error_code ignored;
        fs::remove_all(m_path, ignored);
    }
    if (m_lock >= 0) {
        ::close(m_lock);
    }
}

}  // namespace mlpath::workspace
