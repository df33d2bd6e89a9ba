#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cctype>
#include <cerrno>
#include <cstdlib>
#include <system_error>
#include <utility>
#include <vector>

#include "base/descriptor.hpp"
#include "base/files.hpp"
#include "base/walk.hpp"

namespace mlpath {

namespace {

constexpr std::string_view drawn = "XXXXXX";  // what mkdtemp replaces

// Where temporary folders are made: the folder that was asked for, or the system's.
struct Base {
    fs::path path{};
    bool of_system = false;
    std::string_view setting{};  // the variable that names the system's, where one does
};

Base base_of(const fs::path& parent) {
    if (!parent.empty()) {
        return {.path = parent};
    }
    Base base{.path = "/tmp", .of_system = true};
    for (const std::string_view name : {"TMPDIR", "TMP", "TEMP"}) {
        if (const char* value = std::getenv(name.data()); value != nullptr && *value != '\0') {
            base.path = value;
            base.setting = name;
            break;
        }
    }
    // Programs run in other folders than ours, where a relative name would mean another place.
    std::error_code error;
    const auto absolute = fs::absolute(base.path, error);
    base.path = error ? base.path : absolute.lexically_normal();
    return base;
}

Error cannot_make(const Base& base, int error_number) {
    const auto* what = base.of_system ? "cannot make a temporary folder in" : "cannot make a folder in";
    auto error = system_error(what, base.path, error_number);
    if (!base.of_system || error_number == EMFILE || error_number == ENFILE) {
        return error;
    }
    error.kind = ErrorKind::io;  // nothing that was asked for is wrong: the machine is
    const bool full = error_number == ENOSPC || error_number == EDQUOT;
    const auto room = std::string(full ? "free some space there, or " : "");
    if (!base.setting.empty()) {
        const std::string setting(base.setting);
        error.message += " (" + setting + " names it)";
        error.hint = room + "set " + setting + " to a folder of yours" +
                     (full ? " that has room" : ", or run `unset " + setting + "`");
        return error;
    }
    error.hint = room + "set TMPDIR to a folder of yours" + (full ? " that has room" : "") +
                 ": `mkdir -p ~/tmp && export TMPDIR=~/tmp`";
    return error;
}

Descriptor open_folder(const fs::path& path) {
    return Descriptor(::open(path.c_str(), O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC));
}

struct Hold {
    Descriptor lock = {};   // none where the file system has no locks
    bool is_swept = false;  // a sweep was faster: the folder is gone, or is about to be
    int error_number = 0;
};

// Locked first, marked then, used last. So whoever gets the lock knows that the maker is dead or has not begun: what is
// marked was left by a killed run, and what is not marked is empty still.
Hold hold(const fs::path& path) {
    auto folder = open_folder(path);
    if (!folder.is_open()) {
        return errno == ENOENT ? Hold{.is_swept = true} : Hold{.error_number = errno};
    }
    if (::flock(folder.get(), LOCK_EX | LOCK_NB) != 0) {
        return {.is_swept = errno == EWOULDBLOCK};
    }
    if (::access(path.c_str(), F_OK) != 0) {  // nobody removes it now: it was gone before, or it stays
        return {.is_swept = true};
    }
    ::fchmod(folder.get(), S_ISVTX | S_IRWXU);  // where there are no modes there is no mark
    return {.lock = std::move(folder)};
}

void remove_all_of(const fs::path& path) {
    std::error_code ignored;
    fs::remove_all(path, ignored);
    if (!ignored) {
        return;
    }
    // A program may have taken our right to enter its folders; they are ours, so give it back and try again.
    const auto open_up = [](const Met& met) -> Result<Step> {
        if (met.kind == Met::Kind::folder) {
            ::fchmodat(met.folder, met.name, S_IRWXU, 0);
        }
        return Step::on;
    };
    static_cast<void>(walk(path, open_up, Unreadable::passed));
    fs::remove_all(path, ignored);
}

// Whether mkdtemp made this name: an empty folder is ours by its name alone.
bool is_drawn(std::string_view name) {
    const auto letter = [](unsigned char c) { return std::isalnum(c) != 0; };
    return name.size() > drawn.size() && name[name.size() - drawn.size() - 1] == '-' &&
           std::ranges::all_of(name.substr(name.size() - drawn.size()), letter);
}

void sweep_one(const fs::path& path) {
    const auto folder = open_folder(path);
    if (!folder.is_open()) {
        return;
    }
    struct stat status{};
    if (::flock(folder.get(), LOCK_EX | LOCK_NB) == 0 && ::fstat(folder.get(), &status) == 0 &&
        status.st_uid == ::geteuid()) {
        if ((status.st_mode & S_ISVTX) != 0) {
            remove_all_of(path);
        } else if (is_drawn(path.filename().native())) {
            static_cast<void>(::rmdir(path.c_str()));  // killed before it was marked; one that is not empty stays
        }
    }
}

}  // namespace

Result<TemporaryFolder> TemporaryFolder::make(std::string_view prefix, const fs::path& parent) {
    const auto base = base_of(parent);
    constexpr int tries = 100;  // each one lost to a sweep in the instant between two lines
    for (int i = 0; i < tries; ++i) {
        auto path = (base.path / (std::string(prefix) + std::string(drawn))).string();
        if (::mkdtemp(path.data()) == nullptr) {
            return fail(cannot_make(base, errno));
        }
        auto held = hold(path);
        if (held.error_number != 0) {
            ::rmdir(path.c_str());
            return fail(cannot_make(base, held.error_number));
        }
        if (!held.is_swept) {
            return TemporaryFolder(path, std::move(held.lock));
        }
    }
    return fail(cannot_make(base, EBUSY));
}

TemporaryFolder::TemporaryFolder(TemporaryFolder&& other) noexcept
    : m_path(std::move(other.m_path)), m_lock(std::move(other.m_lock)) {
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
}

void sweep_temporary_folders(std::string_view prefix, const fs::path& parent) {
    const auto folder = base_of(parent).path;
    std::vector<fs::path> found;
    const auto look = [&](const Met& met) -> Result<Step> {
        if (met.path.starts_with(prefix)) {
            found.push_back(folder / met.path);
        }
        return Step::past;
    };
    static_cast<void>(walk(folder, look));
    for (const auto& path : found) {
        sweep_one(path);
    }
}

}  // namespace mlpath
