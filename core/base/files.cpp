#include "base/files.hpp"

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <cerrno>
#include <chrono>
#include <cstring>
#include <system_error>
#include <thread>
#include <vector>

#include "base/descriptor.hpp"
#include "base/text.hpp"

namespace mlpath {

namespace {

void flush_folder(const fs::path& folder) {
    // Some file systems cannot sync a folder; the rename is then as durable as they make it.
    const Descriptor descriptor(::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
    if (descriptor.get() >= 0) {
        ::fsync(descriptor.get());
    }
}

std::string temporary_name(const fs::path& path) {
    static std::atomic<unsigned> counter{0};  // only makes names of this process differ
    return path.string() + ".tmp-" + std::to_string(::getpid()) + "-" + std::to_string(++counter);
}

}  // namespace

int write_all(int descriptor, std::string_view bytes) {
    while (!bytes.empty()) {
        const ssize_t written = ::write(descriptor, bytes.data(), bytes.size());
        if (written < 0 && errno == EINTR) {
            continue;
        }
        if (written < 0) {
            return errno;
        }
        bytes.remove_prefix(static_cast<std::size_t>(written));
    }
    return 0;
}

bool stays_inside(std::string_view path) {
    if (path.empty() || path.find('\0') != std::string_view::npos) {
        return false;
    }
    return std::ranges::none_of(split(path, '/'),
                                [](std::string_view part) { return part.empty() || part == "." || part == ".."; });
}

Error system_error(std::string_view what, const fs::path& path, int error_number) {
    Error error{
        ErrorKind::io,
        std::string(what) + " " + printable(path.string()) + ": " + std::generic_category().message(error_number),
        {path.string(), {}, 0},
        {}};
    switch (error_number) {
        case ENOENT: error.kind = ErrorKind::not_found; break;
        case ENOTDIR:
            error.kind = ErrorKind::not_found;
            error.hint = "a part of the path is a file, not a folder";
            break;
        case EISDIR:
            error.kind = ErrorKind::malformed;
            error.hint = "name a file, not a folder";
            break;
        case ENOSPC: error.hint = "the disk is full: free some space and run the command again"; break;
        case EDQUOT: error.hint = "your disk quota is used up: free some space and run the command again"; break;
        case EMFILE:
            error.hint =
                "a process of yours may not open more files: raise the limit with `ulimit -n 1024`, or ask who "
                "set it";
            break;
        case ENFILE: error.hint = "the machine has no more open files to give: close other programs"; break;
        case EFBIG:
            error.hint =
                "files may not grow larger here: `ulimit -f` shows the limit, `ulimit -f unlimited` lifts it "
                "where you may";
            break;
        case EROFS: error.hint = "the file system is read-only: work in a folder that can be written"; break;
        case EACCES:
        case EPERM: error.hint = "check who owns the folder and its permissions (ls -ld)"; break;
        default: break;
    }
    return error;
}

Result<std::string> read_file(const fs::path& path, std::uintmax_t max_bytes) {
    const Descriptor descriptor(::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NOCTTY | O_NONBLOCK));
    if (descriptor.get() < 0) {
        return fail(system_error("cannot read", path, errno));
    }
    struct stat status{};
    if (::fstat(descriptor.get(), &status) != 0) {
        return fail(system_error("cannot read", path, errno));
    }
    if (!S_ISREG(status.st_mode)) {
        return fail(
            {ErrorKind::malformed, printable(path.string()) + " is not a regular file", {path.string(), {}, 0}, {}});
    }
    std::string bytes;
    bytes.resize(std::min<std::uintmax_t>(static_cast<std::uintmax_t>(status.st_size), max_bytes) + 1);
    std::size_t filled = 0;
    while (true) {
        const ssize_t got = ::read(descriptor.get(), bytes.data() + filled, bytes.size() - filled);
        if (got < 0 && errno == EINTR) {
            continue;
        }
        if (got < 0) {
            return fail(system_error("cannot read", path, errno));
        }
        if (got == 0) {
            break;
        }
        filled += static_cast<std::size_t>(got);
        if (filled > max_bytes) {
            return fail({ErrorKind::malformed,
                         printable(path.string()) + " is larger than " + human_bytes(max_bytes),
                         {path.string(), {}, 0},
                         {}});
        }
        if (filled == bytes.size()) {
            bytes.resize(bytes.size() * 2);  // it grew while we read
        }
    }
    bytes.resize(filled);
    return bytes;
}

Result<NewFolders> NewFolders::make(const fs::path& path) {
    std::vector<fs::path> missing;
    std::error_code error;
    for (auto folder = path; !folder.empty() && !fs::exists(folder, error); folder = folder.parent_path()) {
        if (folder.has_filename()) {  // "a/" is "a"
            missing.push_back(folder);
        }
        if (folder == folder.parent_path()) {
            break;
        }
    }
    NewFolders folders;
    for (auto folder = missing.rbegin(); folder != missing.rend(); ++folder) {
        if (::mkdir(folder->c_str(), 0777) == 0) {
            folders.m_made.push_back(*folder);
        } else if (errno != EEXIST) {
            return fail(system_error("cannot make the folder", path, errno));
        }
    }
    if (!path.empty() && !fs::is_directory(path, error)) {
        return fail(system_error("cannot make the folder", path, error ? error.value() : ENOTDIR));
    }
    return folders;
}

NewFolders::NewFolders(NewFolders&& other) noexcept : m_made(std::exchange(other.m_made, {})) {}

NewFolders& NewFolders::operator=(NewFolders&& other) noexcept {
    std::swap(m_made, other.m_made);
    return *this;
}

NewFolders::~NewFolders() {
    for (auto folder = m_made.rbegin(); folder != m_made.rend(); ++folder) {
        ::rmdir(folder->c_str());
    }
}

Status make_folders(const fs::path& path) {
    MLPATH_TRY(auto folders, NewFolders::make(path));
    folders.keep();
    return {};
}

Status remove_tree(const fs::path& path) {
    std::error_code error;
    fs::remove_all(path, error);
    if (error) {
        return fail(system_error("cannot remove", path, error.value()));
    }
    return {};
}

Status write_file(const fs::path& path, std::string_view bytes, Durability durability, unsigned mode) {
    const auto folder = path.has_parent_path() ? path.parent_path() : fs::path(".");
    MLPATH_TRY(auto folders, NewFolders::make(folder));
    const auto temporary = temporary_name(path);
    int error_number = 0;
    {
        const Descriptor descriptor(::open(temporary.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, mode));
        if (descriptor.get() < 0) {
            return fail(system_error("cannot write", path, errno));
        }
        error_number = write_all(descriptor.get(), bytes);
        if (error_number == 0 && durability == Durability::flushed && ::fsync(descriptor.get()) != 0) {
            error_number = errno;
        }
    }
    if (error_number == 0 && ::rename(temporary.c_str(), path.c_str()) != 0) {
        error_number = errno;
    }
    if (error_number != 0) {
        ::unlink(temporary.c_str());
        return fail(system_error("cannot write", path, error_number));
    }
    folders.keep();
    if (durability == Durability::flushed) {
        flush_folder(folder);
    }
    return {};
}

Result<std::vector<std::string>> files_below(const fs::path& root, const std::vector<std::string>& skip,
                                             std::size_t max_files) {
    std::vector<std::string> files;
    std::error_code error;
    auto entry = fs::recursive_directory_iterator(root, fs::directory_options::skip_permission_denied, error);
    if (error) {
        return fail(system_error("cannot list", root, error.value()));
    }
    const auto& above = root.native();
    const auto below = above.size() + (above.ends_with('/') ? 0 : 1);  // where names relative to the root begin
    for (; entry != fs::recursive_directory_iterator(); entry.increment(error)) {
        if (error) {
            return fail(system_error("cannot list", root, error.value()));
        }
        // What the listing itself tells of an entry: asking for each would take as long again.
        if (entry->is_symlink(error)) {
            continue;
        }
        const auto& path = entry->path().native();
        if (entry->is_directory(error)) {
            if (std::ranges::find(skip, path.substr(path.rfind('/') + 1)) != skip.end()) {
                entry.disable_recursion_pending();
            }
        } else if (entry->is_regular_file(error)) {
            files.push_back(path.substr(below));
            if (files.size() > max_files) {
                return fail(ErrorKind::malformed,
                            printable(root.string()) + " holds more than " + std::to_string(max_files) + " files");
            }
        }
    }
    if (error) {
        return fail(system_error("cannot list", root, error.value()));
    }
    std::ranges::sort(files);
    return files;
}

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
    return {static_cast<std::uint64_t>(status.st_dev), static_cast<std::uint64_t>(status.st_ino),
            static_cast<std::uint64_t>(status.st_size), nanoseconds(status.st_mtim), nanoseconds(status.st_ctim)};
}

bool was_settled(const FileIdentity& identity, std::int64_t read_at_ns) {
    constexpr std::int64_t second = 1'000'000'000;
    constexpr std::int64_t tick = second / 50;  // twice the slowest tick of a Linux kernel
    // Times in whole seconds: a file system that knows no finer ones (FAT: two seconds).
    const bool coarse = identity.modified_ns % second == 0 && identity.changed_ns % second == 0;
    return std::max(identity.modified_ns, identity.changed_ns) + (coarse ? 2 * second : tick) < read_at_ns;
}

Result<FileLock> FileLock::take(const fs::path& path, int wait_ms) {
    NewFolders folders;
    if (path.has_parent_path()) {
        MLPATH_TRY(folders, NewFolders::make(path.parent_path()));
    }
    Descriptor descriptor(::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0666));
    if (descriptor.get() < 0) {
        return fail(system_error("cannot lock", path, errno));
    }
    folders.keep();
    const auto deadline = std::chrono::steady_clock::now() + std::chrono::milliseconds(wait_ms);
    auto pause = std::chrono::milliseconds(1);
    while (::flock(descriptor.get(), LOCK_EX | LOCK_NB) != 0) {
        if (errno != EWOULDBLOCK && errno != EINTR) {
            return fail(system_error("cannot lock", path, errno));
        }
        if (std::chrono::steady_clock::now() >= deadline) {
            return fail(ErrorKind::busy, "another mlpath holds " + printable(path.string()),
                        "wait until it has ended, then run the command again");
        }
        std::this_thread::sleep_for(pause);
        pause = std::min(pause * 2, std::chrono::milliseconds(50));
    }
    return FileLock(descriptor.release());
}

FileLock::FileLock(FileLock&& other) noexcept : m_descriptor(std::exchange(other.m_descriptor, -1)) {}

FileLock& FileLock::operator=(FileLock&& other) noexcept {
    std::swap(m_descriptor, other.m_descriptor);
    return *this;
}

FileLock::~FileLock() {
    if (m_descriptor >= 0) {
        ::close(m_descriptor);
    }
}

}  // namespace mlpath
