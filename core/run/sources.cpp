#include <algorithm>
#include <array>

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
    Sources sources{.folder = folder, .entered = {""}};
    const auto made = made_paths(project);
    const auto limit = [&](const std::string& what) {
        return fail({ErrorKind::malformed,
                     printable(folder.string()) + " holds " + what,
                     {folder.string(), {}, 0},
                     "keep only the project's own files in its folder"});
    };
    std::error_code error;
    std::size_t visited = 0;
    std::uintmax_t bytes = 0;
    auto entry = fs::recursive_directory_iterator(folder, fs::directory_options::skip_permission_denied, error);
    for (; !error && entry != fs::recursive_directory_iterator(); entry.increment(error)) {
        if (++visited > max_visited) {
            return limit("more than " + std::to_string(max_visited) + " files");
        }
        const auto name = entry->path().filename().string();
        const auto path = entry->path().lexically_relative(folder).generic_string();
        std::error_code gone;
        const auto status = entry->symlink_status(gone);
        const auto matches = [&path](const std::string& glob) { return glob_matches(glob, path); };
        if (fs::is_directory(status)) {
            if (!is_hidden(project.sources, path, name) && !is_made(made, path) &&
                std::ranges::any_of(project.sources, matches)) {
                sources.folders.push_back(path);
            }
            if (std::ranges::find(never, name) != never.end() || is_hidden(project.sources, path, name) ||
                is_made(made, path) || entry.depth() >= max_depth || fs::exists(entry->path() / "pyvenv.cfg", gone)) {
                entry.disable_recursion_pending();
            } else {
                sources.entered.push_back(path);
            }
            continue;
        }
        if (!fs::is_regular_file(status) || is_hidden(project.sources, path, name) || name.ends_with(".pyc") ||
            is_made(made, path) || std::ranges::none_of(project.sources, matches)) {
            continue;
        }
        const auto size = entry->file_size(gone);
        if (gone) {
            continue;  // it went away while we looked
        }
        bytes += size;
        if (size > max_file_bytes || bytes > max_bytes) {
            return limit("more source than is sensible: " + printable(path) + " takes it beyond " +
                         human_bytes(size > max_file_bytes ? max_file_bytes : max_bytes));
        }
        sources.files.push_back(path);
        if (sources.files.size() > max_files) {
            return limit("more than " + std::to_string(max_files) + " source files");
        }
    }
    if (error) {
        return fail(system_error("cannot list", folder, error.value()));
    }
    std::ranges::sort(sources.files);
    std::ranges::sort(sources.folders);
    return sources;
}

}  // namespace mlpath::run
