#include "logging/file.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <string_view>

#include "base/files.hpp"
#include "base/text.hpp"
#include "base/time.hpp"

namespace mlpath::cli {

namespace {

constexpr mode_t for_its_owner = S_IRUSR | S_IWUSR;
constexpr std::size_t length_of_time = 27;  // of format_time

// Empty: it may be a log.
std::string what_else(const struct stat& status) {
    switch (status.st_mode & S_IFMT) {
        case S_IFREG: return {};
        case S_IFDIR: return "a folder";
        case S_IFLNK: return "a symbolic link";
        case S_IFIFO: return "a pipe";
        case S_IFSOCK: return "a socket";
        default: return "a device";
    }
}

Error no_file(const std::string& file, const std::string& what) {
    return {ErrorKind::usage,
            "the log cannot go to `" + printable(file) + "`, which is " + what,
            {},
            "name a file of its own: `--log-file mlpath.log`"};
}

// A log of ours begins with a time.
bool begins_as_a_log(const Descriptor& file) {
    std::array<char, length_of_time> begin{};
    const auto got = ::pread(file.get(), begin.data(), begin.size(), 0);
    return got == 0 || (got == static_cast<ssize_t>(begin.size()) &&
                        parse_time(std::string_view(begin.data(), begin.size())).has_value());
}

// Behind one that a full disk cut short.
Status begin_a_line(const Descriptor& file, const std::string& name, off_t size) {
    char last = '\n';
    if (size > 0 && ::pread(file.get(), &last, 1, size - 1) == 1 && last != '\n') {
        const int error = write_all(file.get(), "\n");
        return error == 0 ? Status() : fail(system_error("cannot write the log", name, error));
    }
    return {};
}

}  // namespace

Result<Descriptor> open_log_file(const std::string& file) {
    struct stat status{};
    const bool exists = ::lstat(file.c_str(), &status) == 0;
    if (exists && !what_else(status).empty()) {
        return fail(no_file(file, what_else(status)));
    }
    NewFolders folders;
    if (const auto parent = fs::path(file).parent_path(); !exists && !parent.empty()) {
        auto made = NewFolders::make(parent);
        if (!made) {
            return fail(std::move(made).error());
        }
        folders = std::move(*made);
    }
    // What became of the name meanwhile: a link is not followed, and a pipe does not keep us waiting.
    Descriptor open(::open(file.c_str(), O_RDWR | O_APPEND | O_CREAT | O_NOFOLLOW | O_NONBLOCK | O_NOCTTY | O_CLOEXEC,
                           for_its_owner));
    if (!open.is_open() || ::fstat(open.get(), &status) != 0) {
        return fail(system_error("cannot write the log", file, errno));
    }
    if (!S_ISREG(status.st_mode)) {
        return fail(no_file(file, what_else(status)));
    }
    if (!begins_as_a_log(open)) {
        return fail(no_file(file, "a file that holds something else than a log of mlpath"));
    }
    MLPATH_CHECK(begin_a_line(open, file, status.st_size));
    folders.keep();
    return open;
}

}  // namespace mlpath::cli
