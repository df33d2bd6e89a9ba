#include "run/installed.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <climits>
#include <vector>

#include "base/files.hpp"
#include "base/hash.hpp"
#include "base/walk.hpp"

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

// What lies below the folder, in an order that depends on names alone; false where that cannot all be told.
bool list(const fs::path& folder, Looked& looked) {
    int open = 0;  // folders whose end was not told
    const auto end_until = [&](int depth) {
        for (; open > depth; --open) {
            looked.add_folder({});
        }
    };
    bool all = true;
    const auto walked = walk(folder, [&](const Met& met) -> Result<Step> {
        const std::string_view name = met.name;
        if (name == "__pycache__" || name.ends_with(".pyc")) {
            return Step::past;
        }
        struct stat status{};
        end_until(met.depth);
        if (met.kind == Met::Kind::folder) {
            looked.add_folder(name);
            ++open;
            all = met.depth < most_depth;
        } else if (::fstatat(met.folder, met.name, &status, AT_SYMLINK_NOFOLLOW) == 0) {
            all = looked.add_file(met.folder, met.name, status);
        }
        return all ? Step::on : Step::stop;
    });
    end_until(0);
    return walked && all;
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
        // Where the folder lies is of this machine; which of them it is decides what is imported first.
        looked.add_folder(told == Told::by_identity ? folders[i].string() : std::to_string(i));
        std::error_code error;
        if (!fs::is_directory(folders[i], error) || ::access(folders[i].c_str(), R_OK) != 0) {
            add_file(folders[i], looked);  // a zip file, or nothing there
        } else if (!list(folders[i], looked)) {
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
