#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>

#include "base/files.hpp"
#include "base/text.hpp"
#include "base/walk.hpp"
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
        MLPATH_CHECK(walk(
            m_folder, [this](const Met& met) { return look_at(met); }, Unreadable::passed_below,
            "cannot open the folder"));
        std::ranges::sort(m_found, {}, &Found::path);
        Sources sources{.folder = m_folder,
                        .folders = std::move(m_folders),
                        .links = std::move(m_links),
                        .entered = std::move(m_entered)};
        for (auto& found : m_found) {
            sources.files.push_back(std::move(found.path));
            sources.identities.push_back(found.identity);
        }
        std::ranges::sort(sources.folders);
        std::ranges::sort(sources.links);
        return sources;
    }

private:
    struct Found {
        std::string path{};
        FileIdentity identity{};
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

    // Whether the name of the folder stands in a glob.
    bool holds_sources(const std::string& folder) const {
        return std::ranges::any_of(m_project.sources, [&](const auto& glob) { return glob.starts_with(folder + '/'); });
    }

    Result<Step> look_at(const Met& met) {
        if (++m_visited > max_visited) {
            return too_much("more than " + std::to_string(max_visited) + " files");
        }
        const std::string path(met.path);
        const std::string_view name = met.name;
        const bool left = is_hidden(m_project.sources, path, name) || is_made(m_made, path);
        const bool wanted = !left && matches(path);
        if (met.kind == Met::Kind::link) {
            if (may_hold_source(m_project, path) && (wanted || holds_sources(path))) {
                m_links.push_back(path);
            }
            return Step::past;
        }
        if (met.kind != Met::Kind::folder) {
            struct stat status{};
            if (wanted && !name.ends_with(".pyc") &&
                ::fstatat(met.folder, met.name, &status, AT_SYMLINK_NOFOLLOW) == 0 && S_ISREG(status.st_mode)) {
                MLPATH_CHECK(take(path, identity_from(status)));
            }
            return Step::past;
        }
        if (wanted) {
            m_folders.push_back(path);
        }
        // An environment is left as it is.
        if (left || met.depth >= max_depth || !leads_into(m_project.sources, path) ||
            std::ranges::find(never, name) != never.end() ||
            ::faccessat(met.folder, (std::string(name) + "/pyvenv.cfg").c_str(), F_OK, AT_SYMLINK_NOFOLLOW) == 0) {
            return Step::past;
        }
        m_entered.push_back(path);
        return Step::on;
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
    std::vector<std::string> m_links{};
    std::vector<std::string> m_entered{""};
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
