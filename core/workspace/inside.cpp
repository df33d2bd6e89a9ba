#include "workspace/inside.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <utility>
#include <vector>

#include "base/descriptor.hpp"
#include "base/text.hpp"

namespace mlpath::workspace {

namespace {

// The learner's to mend, so no fault of the machine.
Error in_the_way(const fs::path& path, std::string_view what) {
    const auto name = printable(path.filename().string());
    return {ErrorKind::malformed,
            printable(path.string()) + " is " + std::string(what),
            {path.string(), {}, 0},
            "move it out of the way, such as with `mv " + name + " " + name + ".old`, and run the command again"};
}

std::string_view what_it_is(const struct stat& status) {
    return S_ISLNK(status.st_mode)   ? "a link, which is not followed"
           : S_ISDIR(status.st_mode) ? "a folder, where a file of the project belongs"
                                     : "no file";
}

struct Parent {
    Descriptor folder{};
    std::string name{};  // of the file in it
};

// The folder that holds the file, entered part by part without following a link. ENOENT stays not_found. Where `made`
// is given, folders that are not there are made, and told in it.
Result<Parent> enter(const fs::path& root, std::string_view path, std::vector<fs::path>* made) {
    if (!stays_inside(path)) {
        return fail(ErrorKind::malformed, "`" + printable(path) + "` is no path inside of a project");
    }
    Parent parent{Descriptor(::open(root.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC)), {}};
    if (parent.folder.get() < 0) {
        return fail(system_error("cannot open", root, errno));
    }
    auto parts = split(path, '/');
    parent.name = parts.back();
    parts.pop_back();
    auto here = root;
    for (const auto part : parts) {
        const std::string name(part);
        here /= name;
        if (made != nullptr && ::mkdirat(parent.folder.get(), name.c_str(), 0777) == 0) {
            made->push_back(here);
        } else if (made != nullptr && errno != EEXIST) {
            return fail(system_error("cannot make the folder", here, errno));
        }
        Descriptor next(::openat(parent.folder.get(), name.c_str(), O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC));
        if (next.get() < 0) {
            const int why = errno;
            struct stat status{};
            if (::fstatat(parent.folder.get(), name.c_str(), &status, AT_SYMLINK_NOFOLLOW) == 0 &&
                !S_ISDIR(status.st_mode)) {
                return fail(in_the_way(here, S_ISLNK(status.st_mode)
                                                 ? "a link, which is not followed"
                                                 : "a file, where a folder of the project belongs"));
            }
            return fail(system_error("cannot open", here, why));
        }
        parent.folder = std::move(next);
    }
    return parent;
}

}  // namespace

struct PendingFiles::State {
    struct File {
        Parent place{};
        std::string temporary{};
        fs::path full{};
    };
    fs::path root{};
    std::vector<File> files{};
    std::vector<fs::path> made{};  // folders, outermost first

    State() = default;
    State(const State&) = delete;
    State& operator=(const State&) = delete;
    State(State&&) = delete;
    State& operator=(State&&) = delete;
    ~State() {
        for (const auto& file : files) {
            ::unlinkat(file.place.folder.get(), file.temporary.c_str(), 0);
        }
        for (auto folder = made.rbegin(); folder != made.rend(); ++folder) {
            ::rmdir(folder->c_str());  // what holds anything stays
        }
    }
};

PendingFiles::PendingFiles(fs::path root) : m_state(std::make_unique<State>()) { m_state->root = std::move(root); }
PendingFiles::PendingFiles(PendingFiles&&) noexcept = default;
PendingFiles& PendingFiles::operator=(PendingFiles&&) noexcept = default;
PendingFiles::~PendingFiles() = default;

Status PendingFiles::add(std::string_view path, std::string_view bytes, unsigned mode) {
    MLPATH_TRY(auto place, enter(m_state->root, path, &m_state->made));
    const auto full = m_state->root / path;
    struct stat status{};
    if (::fstatat(place.folder.get(), place.name.c_str(), &status, AT_SYMLINK_NOFOLLOW) == 0) {
        if (!S_ISREG(status.st_mode)) {
            return fail(in_the_way(full, what_it_is(status)));
        }
        mode = status.st_mode & 0777;
    }
    auto temporary = ".mlpath-" + std::to_string(::getpid()) + "-" + std::to_string(m_state->files.size()) + ".tmp";
    ::unlinkat(place.folder.get(), temporary.c_str(), 0);  // of a process of this number that was killed
    const Descriptor file(
        ::openat(place.folder.get(), temporary.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, mode));
    if (file.get() < 0) {
        return fail(system_error("cannot write", full, errno));
    }
    m_state->files.push_back({std::move(place), std::move(temporary), full});
    int error = write_all(file.get(), bytes);
    if (error == 0 && ::fsync(file.get()) != 0) {
        error = errno;
    }
    if (error != 0) {
        return fail(system_error("cannot write", full, error));
    }
    return {};
}

Status PendingFiles::publish() {
    auto& files = m_state->files;
    while (!files.empty()) {
        const auto& [place, temporary, full] = files.front();
        if (::renameat(place.folder.get(), temporary.c_str(), place.folder.get(), place.name.c_str()) != 0) {
            return fail(system_error("cannot write", full, errno));
        }
        ::fsync(place.folder.get());
        files.erase(files.begin());
    }
    m_state->made.clear();
    return {};
}

Status write_inside(const fs::path& root, std::string_view path, std::string_view bytes, unsigned mode) {
    PendingFiles file(root);
    MLPATH_CHECK(file.add(path, bytes, mode));
    return file.publish();
}

Result<std::optional<std::string>> read_inside(const fs::path& root, std::string_view path, std::uintmax_t max_bytes) {
    const auto full = root / path;
    auto parent = enter(root, path, nullptr);
    if (!parent) {
        if (parent.error().kind == ErrorKind::not_found) {
            return std::nullopt;
        }
        return fail(std::move(parent).error());
    }
    const Descriptor file(::openat(parent->folder.get(), parent->name.c_str(),
                                   O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_NOCTTY | O_CLOEXEC));
    if (file.get() < 0) {
        if (errno == ENOENT) {
            return std::nullopt;
        }
        return fail(errno == ELOOP ? in_the_way(full, "a link, which is not followed")
                                   : system_error("cannot read", full, errno));
    }
    struct stat status{};
    if (::fstat(file.get(), &status) != 0) {
        return fail(system_error("cannot read", full, errno));
    }
    if (!S_ISREG(status.st_mode)) {
        return fail(in_the_way(full, what_it_is(status)));
    }
    if (static_cast<std::uintmax_t>(status.st_size) > max_bytes) {
        return fail(in_the_way(full, "larger than " + human_bytes(max_bytes)));
    }
    MLPATH_TRY(auto bytes, read_open(file, full, max_bytes));
    return bytes;
}

}  // namespace mlpath::workspace
