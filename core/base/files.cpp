#include "base/files.hpp"

#include <fcntl.h>
#include <sys/file.h>
#include <sys/ioctl.h>
#include <sys/stat.h>
#include <unistd.h>
#ifdef __linux__
#include <linux/fs.h>
#endif

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
#include "base/walk.hpp"

namespace mlpath {

namespace {

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

int copy_bytes(const Descriptor& from, const Descriptor& to, const std::stop_token& stop) {
#ifdef FICLONE
    if (::ioctl(to.get(), FICLONE, from.get()) == 0) {  // shares the blocks until one of the two is written
        return 0;
    }
#endif
    std::vector<char> buffer(256 * 1024);
    while (true) {
        if (stop.stop_requested()) {
            return ECANCELED;
        }
        const auto got = ::read(from.get(), buffer.data(), buffer.size());
        if (got < 0 && errno == EINTR) {
            continue;
        }
        if (got <= 0) {
            return got == 0 ? 0 : errno;
        }
        if (const int error = write_all(to.get(), {buffer.data(), static_cast<std::size_t>(got)}); error != 0) {
            return error;
        }
    }
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
    return read_open(descriptor, path, max_bytes);
}

Result<std::string> read_open(const Descriptor& file, const fs::path& path, std::uintmax_t max_bytes) {
    struct stat status{};
    static_cast<void>(::fstat(file.get(), &status));
    std::string bytes;
    bytes.resize(std::min<std::uintmax_t>(static_cast<std::uintmax_t>(status.st_size), max_bytes) + 1);
    std::size_t filled = 0;
    while (true) {
        const ssize_t got = ::read(file.get(), bytes.data() + filled, bytes.size() - filled);
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

Status flush(const fs::path& path) {
    const Descriptor descriptor(::open(path.c_str(), O_RDONLY | O_CLOEXEC));
    return descriptor.is_open() && ::fsync(descriptor.get()) == 0 ? Status()
                                                                  : fail(system_error("cannot write", path, errno));
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
        // Some file systems cannot sync a folder; the rename is then as durable as they make it.
        static_cast<void>(flush(folder));
    }
    return {};
}

Result<std::vector<std::string>> files_below(const fs::path& root, const std::vector<std::string>& skip,
                                             std::size_t max_files) {
    std::vector<std::string> files;
    const auto take = [&](const Met& met) -> Result<Step> {
        if (met.kind == Met::Kind::file) {
            files.emplace_back(met.path);
        }
        if (files.size() > max_files) {
            return fail(ErrorKind::malformed,
                        printable(root.string()) + " holds more than " + std::to_string(max_files) + " files");
        }
        return std::ranges::find(skip, met.name) != skip.end() ? Step::past : Step::on;
    };
    MLPATH_CHECK(walk(root, take, Unreadable::passed));
    std::ranges::sort(files);
    return files;
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
    return FileLock(std::move(descriptor));
}

}  // namespace mlpath
