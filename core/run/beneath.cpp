#include "run/beneath.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <functional>
#include <utility>

#include "base/descriptor.hpp"
#include "base/files.hpp"
#include "base/text.hpp"

namespace mlpath::run {

namespace {

constexpr int folder_flags = O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC;

std::string named(std::string_view path) { return "`" + printable(path) + "`"; }

tl::unexpected<Error> refuse(std::string_view path, const std::string& what) {
    return fail({ErrorKind::malformed, named(path) + " " + what, {std::string(path), {}, 0}, {}});
}

enum class Missing { refuse, make };

// What is laid is read by a program that may be another user's. A file system without modes has none to set.
constexpr mode_t laid_folder = 0755;
constexpr mode_t laid_file = 0644;

// The folder that holds the last component, and that component.
Result<std::pair<Descriptor, std::string>> parent_of(int root, std::string_view path, Missing missing) {
    if (!stays_inside(path)) {
        return refuse(path, "is not a path inside the working folder");
    }
    Descriptor folder(::fcntl(root, F_DUPFD_CLOEXEC, 0));
    const auto parts = split(path, '/');
    for (std::size_t i = 0; i + 1 < parts.size(); ++i) {
        const std::string part(parts[i]);
        const bool made = missing == Missing::make && ::mkdirat(folder.get(), part.c_str(), laid_folder) == 0;
        if (missing == Missing::make && !made && errno != EEXIST) {
            return fail(system_error("cannot make the folder of", std::string(path), errno));
        }
        Descriptor next(::openat(folder.get(), part.c_str(), folder_flags));
        if (next.get() < 0) {
            if (errno == ELOOP || errno == ENOTDIR) {
                struct stat status{};
                const bool link =
                    ::fstatat(folder.get(), part.c_str(), &status, AT_SYMLINK_NOFOLLOW) == 0 && S_ISLNK(status.st_mode);
                return refuse(path, link ? "lies behind a link, " + named(part) : "lies below a file, " + named(part));
            }
            return fail(system_error("cannot open the folder of", std::string(path), errno));
        }
        if (made) {
            static_cast<void>(::fchmod(next.get(), laid_folder));  // whatever our umask is
        }
        folder = std::move(next);
    }
    return std::pair(std::move(folder), std::string(parts.back()));
}

std::string kind_of(mode_t mode) {
    if (S_ISLNK(mode)) {
        return "is a link, not a file of its own";
    }
    if (S_ISDIR(mode)) {
        return "is a folder, not a file";
    }
    if (S_ISFIFO(mode)) {
        return "is a named pipe, not a file";
    }
    return S_ISSOCK(mode) ? "is a socket, not a file" : "is a device, not a file";
}

// Writes through a new file that then takes the name, whatever had it. `fill` returns errno.
Status replace(int root, std::string_view path, const std::function<int(const Descriptor&)>& fill) {
    MLPATH_TRY(const auto where, parent_of(root, path, Missing::make));
    const auto& [folder, name] = where;
    const auto temporary = ".laying-" + std::to_string(::getpid()) + ".tmp";
    ::unlinkat(folder.get(), temporary.c_str(), 0);
    const Descriptor file(
        ::openat(folder.get(), temporary.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, laid_file));
    if (file.get() < 0) {
        return fail(system_error("cannot write", std::string(path), errno));
    }
    static_cast<void>(::fchmod(file.get(), laid_file));
    int error = fill(file);
    if (error == 0 && ::renameat(folder.get(), temporary.c_str(), folder.get(), name.c_str()) != 0) {
        error = errno;
    }
    if (error != 0) {
        ::unlinkat(folder.get(), temporary.c_str(), 0);
        return fail(system_error("cannot write", std::string(path), error));
    }
    return {};
}

}  // namespace

Result<FolderHandle> FolderHandle::open(const std::filesystem::path& folder) {
    Descriptor opened(::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
    return opened.is_open() ? Result<FolderHandle>(FolderHandle(std::move(opened)))
                            : fail(system_error("cannot open the folder", folder, errno));
}

Result<FolderHandle> FolderHandle::of(int descriptor) {
    Descriptor copy(::fcntl(descriptor, F_DUPFD_CLOEXEC, 0));
    return copy.is_open() ? Result<FolderHandle>(FolderHandle(std::move(copy)))
                          : fail(system_error("cannot keep a folder open", {}, errno));
}

Result<std::string> FolderHandle::read(std::string_view path, std::uintmax_t max_bytes, Links links) const {
    MLPATH_TRY(const auto where, parent_of(m_folder.get(), path, Missing::refuse));
    const auto& [folder, name] = where;
    // Without O_NONBLOCK a named pipe would wait for its writer, and so would we.
    const Descriptor file(
        ::openat(folder.get(), name.c_str(), O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_NOCTTY | O_CLOEXEC));
    const int error = errno;
    struct stat status{};
    if (file.get() < 0) {
        if (::fstatat(folder.get(), name.c_str(), &status, AT_SYMLINK_NOFOLLOW) == 0 && !S_ISREG(status.st_mode)) {
            return refuse(path, kind_of(status.st_mode));
        }
        return fail(system_error("cannot read", std::string(path), error));
    }
    if (::fstat(file.get(), &status) != 0) {
        return fail(system_error("cannot read", std::string(path), errno));
    }
    if (!S_ISREG(status.st_mode)) {
        return refuse(path, kind_of(status.st_mode));
    }
    if (links == Links::alone && status.st_nlink > 1) {
        return refuse(path, "is a hard link, not a file of its own");
    }
    const auto too_large = [&] { return refuse(path, "is larger than the " + human_bytes(max_bytes) + " allowed"); };
    if (static_cast<std::uintmax_t>(status.st_size) > max_bytes) {
        return too_large();
    }
    auto bytes = read_open(file, path, max_bytes);
    return !bytes && bytes.error().kind == ErrorKind::malformed ? too_large() : std::move(bytes);
}

Status FolderHandle::write(std::string_view path, std::string_view bytes) const {
    return replace(m_folder.get(), path, [&](const Descriptor& file) { return write_all(file.get(), bytes); });
}

Status FolderHandle::copy(std::string_view path, const std::filesystem::path& from) const {
    const Descriptor source(::open(from.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY));
    struct stat status{};
    if (source.get() < 0 || ::fstat(source.get(), &status) != 0) {
        return fail(system_error("cannot read", from, errno));
    }
    if (!S_ISREG(status.st_mode)) {
        return fail({ErrorKind::io, printable(from.string()) + " is not a regular file", {from.string(), {}, 0}, {}});
    }
    return replace(m_folder.get(), path, [&](const Descriptor& file) { return copy_bytes(source, file); });
}

}  // namespace mlpath::run
