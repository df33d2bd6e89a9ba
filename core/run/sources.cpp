#include <dirent.h>
#include <fcntl.h>
#include <sys/stat.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <memory>

#include "base/descriptor.hpp"
#include "base/files.hpp"
#include "base/text.hpp"
#include "run/step.hpp"

namespace mlpath::run {

namespace {

constexpr std::size_t max_files = 2000;
constexpr std::size_t max_visited = 200'000;
constexpr std::uintmax_t max_file_bytes = 16u << 20;
constexpr std::uintmax_t max_bytes = 64u << 20;
constexpr int max_depth = 16;
constexpr std::array never{"__pycache__", ".git", ".venv", ".mlpath", "node_modules"};

// What the project lays or writes is not the learner's work, also where a glob would match it.
std::vector<std::string> made_paths(const library::Project& project) {
    std::vector<std::string> paths;
    for (const auto& entry : project.data) {
        for (const auto* path : {&entry.to, &entry.train, &entry.test}) {
            if (!path->empty()) {
                paths.push_back(*path);
            }
        }
    }
    for (const auto& step : project.steps) {
        paths.insert(paths.end(), step.writes.begin(), step.writes.end());
    }
    return paths;
}

bool is_made(const std::vector<std::string>& made, std::string_view path) {
    return std::ranges::any_of(made, [path](std::string_view made_path) {
        while (made_path.ends_with('/')) {
            made_path.remove_suffix(1);
        }
        return path == made_path || (path.starts_with(made_path) && path.substr(made_path.size()).starts_with('/'));
    });
}

// Hidden things are seldom meant: only a glob that spells their name reaches them.
bool is_hidden(const std::vector<std::string>& globs, std::string_view path, std::string_view name) {
    return name.starts_with('.') &&
           std::ranges::none_of(globs, [path](std::string_view glob) { return glob.starts_with(path); });
}

// Whether the folder may hold something that a glob matches: what is in others need not be looked through.
bool leads_into(const std::vector<std::string>& globs, const std::string& folder) {
    return std::ranges::any_of(globs, [below = folder + '/'](std::string_view glob) {
        const auto plain = glob.substr(0, glob.find_first_of("*?["));
        return plain.size() < below.size() ? plain.size() < glob.size() && below.starts_with(plain)
                                           : plain.starts_with(below);
    });
}

// One look through a project's folder.
class Collecting {
public:
    Collecting(const library::Project& project, const fs::path& folder)
        : m_project(project), m_folder(folder), m_made(made_paths(project)) {}

    Result<Sources> collect() {
        Descriptor root(::open(m_folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
        MLPATH_CHECK(look_through(std::move(root), "", -1));
        std::ranges::sort(m_found, {}, &Found::path);
        Sources sources{.folder = m_folder, .folders = std::move(m_folders), .entered = std::move(m_entered)};
        for (auto& found : m_found) {
            sources.files.push_back(std::move(found.path));
            sources.identities.push_back(found.identity);
        }
        std::ranges::sort(sources.folders);
        return sources;
    }

private:
    struct Found {
        std::string path{};
        FileIdentity identity{};
    };
    struct CloseFolder {
        void operator()(DIR* open) const { ::closedir(open); }
    };

    tl::unexpected<Error> too_much(const std::string& what) const {
        return fail({ErrorKind::malformed,
                     printable(m_folder.string()) + " holds " + what,
                     {m_folder.string(), {}, 0},
                     "keep only the project's own files in its folder"});
    }

    bool matches(std::string_view path) const {
        return std::ranges::any_of(m_project.sources, [path](const auto& glob) { return glob_matches(glob, path); });
    }

    // The folder at `path`, which lies so deep; an environment is left as it is.
    Status look_through(Descriptor folder, const std::string& path, int depth) {
        const int number = folder.get();
        const std::unique_ptr<DIR, CloseFolder> open(folder.is_open() ? ::fdopendir(number) : nullptr);
        if (!open) {
            const bool may_be = depth >= 0 && (errno == EACCES || errno == ENOENT);
            return may_be
                       ? Status()
                       : fail(system_error("cannot open the folder", path.empty() ? m_folder : m_folder / path, errno));
        }
        static_cast<void>(folder.release());  // closed with `open`
        struct Entry {
            std::string path{};
            std::size_t name = 0;  // where it begins
            unsigned char kind = DT_UNKNOWN;
        };
        std::vector<Entry> entries;
        while (const auto* entry = ::readdir(open.get())) {
            const std::string_view name = entry->d_name;
            if (name == "pyvenv.cfg" && depth >= 0) {
                return {};
            }
            if (name != "." && name != "..") {
                const auto front = path.empty() ? std::string() : path + '/';
                entries.push_back({front + std::string(name), front.size(), entry->d_type});
            }
        }
        m_entered.push_back(path);
        for (const auto& entry : entries) {
            if (++m_visited > max_visited) {
                return too_much("more than " + std::to_string(max_visited) + " files");
            }
            const auto name = std::string_view(entry.path).substr(entry.name);
            const bool left = is_hidden(m_project.sources, entry.path, name) || is_made(m_made, entry.path);
            const bool wanted = !left && matches(entry.path);
            struct stat status{};
            if (entry.kind != DT_DIR && entry.kind != DT_UNKNOWN && !wanted) {
                continue;
            }
            if (entry.kind != DT_DIR &&
                ::fstatat(number, entry.path.c_str() + entry.name, &status, AT_SYMLINK_NOFOLLOW) != 0) {
                continue;  // it went away while we looked
            }
            if (entry.kind != DT_DIR && !S_ISDIR(status.st_mode)) {
                if (wanted && S_ISREG(status.st_mode) && !name.ends_with(".pyc")) {
                    MLPATH_CHECK(take(entry.path, identity_from(status)));
                }
                continue;
            }
            if (wanted) {
                m_folders.push_back(entry.path);
            }
            if (!left && depth + 1 < max_depth && leads_into(m_project.sources, entry.path) &&
                std::ranges::find(never, name) == never.end()) {
                MLPATH_CHECK(look_through(Descriptor(::openat(number, entry.path.c_str() + entry.name,
                                                              O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC)),
                                          entry.path, depth + 1));
            }
        }
        return {};
    }

    Status take(const std::string& path, const FileIdentity& identity) {
        m_bytes += identity.size;
        if (identity.size > max_file_bytes || m_bytes > max_bytes) {
            return too_much("more source than is sensible: " + printable(path) + " takes it beyond " +
                            human_bytes(identity.size > max_file_bytes ? max_file_bytes : max_bytes));
        }
        m_found.push_back({path, identity});
        return m_found.size() > max_files ? too_much("more than " + std::to_string(max_files) + " source files")
                                          : Status();
    }

    const library::Project& m_project;
    const fs::path& m_folder;
    std::vector<std::string> m_made;
    std::vector<Found> m_found{};
    std::vector<std::string> m_folders{};
    std::vector<std::string> m_entered{};
    std::size_t m_visited = 0;
    std::uintmax_t m_bytes = 0;
};

}  // namespace

bool may_hold_source(const library::Project& project, std::string_view path) {
    if (is_made(made_paths(project), path) || path.ends_with(".pyc")) {
        return false;
    }
    for (std::size_t end = 0; end != std::string_view::npos;) {
        end = path.find('/', end + 1);
        const auto part = path.substr(0, end);
        const auto name = part.substr(part.rfind('/') + 1);
        if (std::ranges::find(never, name) != never.end() || is_hidden(project.sources, part, name)) {
            return false;
        }
    }
    return true;
}

Result<Sources> collect_sources(const library::Project& project, const std::filesystem::path& folder) {
    return Collecting(project, folder).collect();
}

}  // namespace mlpath::run
