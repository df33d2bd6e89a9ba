#include "run/installed.hpp"

#include <dirent.h>
#include <fcntl.h>
#include <sys/stat.h>

#include <algorithm>
#include <climits>
#include <memory>
#include <vector>

#include "base/files.hpp"
#include "base/hash.hpp"

namespace mlpath::run {

namespace {

constexpr std::size_t most_files = 1'000'000;
constexpr int most_depth = 40;
constexpr std::string_view changed_with_any_package = "/var/lib/dpkg/status";  // what programs use besides Python's own

constexpr char folder_mark = 'd';
constexpr char file_mark = 'f';
constexpr char link_mark = 'l';

// What is looked at goes into one hash, in an order that depends on names alone. Each part says how long it is, so that
// no two trees are written alike.
class Looked {
public:
    explicit Looked(Told told) : m_told(told) {}

    void add(std::string_view text) {
        add_number(text.size());
        m_hash.update(text);
    }
    // False where there are too many.
    bool add_file(int folder, const char* name, const struct stat& status) {
        const bool is_link = S_ISLNK(status.st_mode);
        m_hash.update(std::string_view(is_link ? &link_mark : &file_mark, 1));
        add(name);
        if (m_told == Told::by_identity) {
            const auto identity = identity_from(status);
            m_hash.update({reinterpret_cast<const char*>(&identity), sizeof identity});
        } else if (is_link) {
            add(target_of(folder, name));
        } else {
            add_number(static_cast<std::uint64_t>(status.st_size));
        }
        return ++m_files <= most_files;
    }
    void add_folder(std::string_view name) {
        m_hash.update({&folder_mark, 1});
        add(name);
    }
    std::string finish() { return m_hash.finish(); }

private:
    static std::string target_of(int folder, const char* name) {
        std::string target(PATH_MAX, '\0');
        const auto size = ::readlinkat(folder, name, target.data(), target.size());
        target.resize(size > 0 ? static_cast<std::size_t>(size) : 0);
        return target;
    }
    void add_number(std::uint64_t number) { m_hash.update({reinterpret_cast<const char*>(&number), sizeof number}); }

    Told m_told;
    Sha256 m_hash{};
    std::size_t m_files = 0;
};

// What lies in the open folder, which is closed.
bool list(Descriptor folder, int depth, Looked& looked) {
    struct CloseFolder {
        void operator()(DIR* open) const { ::closedir(open); }
    };
    const int number = folder.get();
    const std::unique_ptr<DIR, CloseFolder> open(::fdopendir(number));
    if (!open || depth > most_depth) {
        return false;
    }
    static_cast<void>(folder.release());  // closed with `open`
    struct Entry {
        std::string name{};
        bool is_folder = false;  // for certain: then it need not be asked for
    };
    std::vector<Entry> entries;
    while (const auto* entry = ::readdir(open.get())) {
        const std::string_view name = entry->d_name;
        if (name != "." && name != ".." && name != "__pycache__" && !name.ends_with(".pyc")) {
            entries.push_back({std::string(name), entry->d_type == DT_DIR});
        }
    }
    std::ranges::sort(entries, {}, &Entry::name);
    for (const auto& [name, is_folder] : entries) {
        struct stat status{};
        if (!is_folder && ::fstatat(number, name.c_str(), &status, AT_SYMLINK_NOFOLLOW) != 0) {
            continue;  // it went away while we looked
        }
        if (!is_folder && !S_ISDIR(status.st_mode)) {
            if (!looked.add_file(number, name.c_str(), status)) {
                return false;
            }
            continue;
        }
        Descriptor inner(::openat(number, name.c_str(), O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC));
        looked.add_folder(name);
        if (!inner.is_open() || !list(std::move(inner), depth + 1, looked)) {
            return false;
        }
        looked.add_folder({});  // its end
    }
    return true;
}

bool lies_below(const fs::path& path, const fs::path& folder) {
    const auto relative = path.lexically_relative(folder);
    return !relative.empty() && relative != "." && *relative.begin() != "..";
}

void add_file(const fs::path& path, Looked& looked) {
    struct stat status{};
    if (::stat(path.c_str(), &status) == 0) {
        static_cast<void>(looked.add_file(AT_FDCWD, path.filename().c_str(), status));
    }
}

}  // namespace

std::optional<std::string> installed_hash(const Interpreter& python, Told told) {
    Looked looked(told);
    looked.add(python.version);
    add_file(python.path, looked);
    add_file(changed_with_any_package, looked);
    const auto& folders = python.module_folders;
    for (std::size_t i = 0; i < folders.size(); ++i) {
        if (std::ranges::any_of(folders, [&](const auto& other) { return lies_below(folders[i], other); })) {
            continue;
        }
        Descriptor folder(::open(folders[i].c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
        // Where the folder lies is of this machine; which of them it is decides what is imported first.
        looked.add_folder(told == Told::by_identity ? folders[i].string() : std::to_string(i));
        if (!folder.is_open()) {
            add_file(folders[i], looked);  // a zip file, or nothing there
        } else if (!list(std::move(folder), 0, looked)) {
            return std::nullopt;
        }
    }
    return looked.finish();
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
