#include "workspace/scaffold.hpp"

#include <algorithm>
#include <array>
#include <set>

#include "base/text.hpp"
#include "data/cache.hpp"
#include "library/brief.hpp"
#include "library/library.hpp"
#include "workspace/inside.hpp"
#include "workspace/staging.hpp"

namespace mlpath::workspace {

namespace {

// A script that names its interpreter is made to be run.
unsigned mode_of(std::string_view bytes) { return bytes.starts_with("#!") ? 0755 : 0644; }

// A path as a line of .gitignore that means just this path.
std::string ignore_line(std::string_view path) {
    std::string line = "/";
    for (const char c : path) {
        if (c == '*' || c == '?' || c == '[' || c == '\\' || c == ' ') {
            line += '\\';
        }
        line += c;
    }
    return line + "\n";
}

// Who reads the learner's README wants to see it, though a command of the project can make it again.
bool is_shown(std::string_view path) {
    static constexpr std::array<std::string_view, 6> shown = {".png", ".svg", ".jpg", ".gif", ".pdf", ".md"};
    return std::ranges::any_of(shown, [&](std::string_view ending) { return path.ends_with(ending); });
}

void add_section(std::string& text, std::string_view title, const std::set<std::string>& paths) {
    if (paths.empty()) {
        return;
    }
    text.append("\n# ").append(title).append("\n");
    for (const auto& path : paths) {
        text += ignore_line(path);
    }
}

}  // namespace

Result<std::map<std::string, std::string>> template_files(const library::Content& content, const std::string& project,
                                                          const std::string& part) {
    const auto prefix = library::template_path(project, part) + "/";
    MLPATH_TRY(const auto paths, content.list(prefix));
    std::map<std::string, std::string> files;
    for (const auto& path : paths) {
        const auto inside = path.substr(prefix.size());
        if (!stays_inside(inside)) {
            return fail(ErrorKind::malformed, "the template of " + project + " holds `" + printable(path) + "`");
        }
        MLPATH_TRY(auto bytes, content.read(path));
        files.emplace(inside, std::move(bytes));
    }
    return files;
}

std::string gitignore_text(const library::Project& project) {
    std::set<std::string> data;
    for (const auto& entry : project.data) {
        for (const auto& path : {entry.to, entry.train, entry.test}) {
            if (!path.empty()) {
                data.insert(path);
            }
        }
    }
    std::set<std::string> artifacts;
    for (const auto& step : project.steps) {
        for (const auto& path : step.writes) {
            const auto is_source = [&](const std::string& glob) { return glob_matches(glob, path); };
            if (!is_shown(path) && std::ranges::none_of(project.sources, is_source)) {
                artifacts.insert(path);
            }
        }
    }
    std::string text = "# Made by mlpath: what can be made again, and data that others may not be given.\n";
    add_section(text, "Data", data);
    add_section(text, "What the project's commands write", artifacts);
    return text + "\n# What tools leave behind\n.mlpath-backup/\n__pycache__/\n.ipynb_checkpoints/\n.venv/\n";
}

Result<Scaffolded> scaffold(const ScaffoldRequest& request) {
    const auto& project = request.project;
    Scaffolded made;
    made.folder = fs::absolute(request.folder).lexically_normal();
    if (!made.folder.has_filename()) {
        made.folder = made.folder.parent_path();
    }
    MLPATH_CHECK(must_be_free(made.folder));

    Marker marker{.project = project.id, .version = project.version, .data = request.kind};
    MLPATH_TRY(marker.skeleton, template_files(request.content, project.id, "skeleton"));
    MLPATH_TRY(const auto brief, library::make_brief(request.content, project));
    auto files = marker.skeleton;
    files["BRIEF.md"] = brief;
    // What the template says for itself comes last, so that it wins.
    files[".gitignore"] =
        gitignore_text(project) +
        (marker.skeleton.contains(".gitignore") ? "\n" + marker.skeleton.at(".gitignore") : std::string());
    marker.skeleton.erase(".gitignore");
    files[std::string(marker_name)] = marker_text(marker);

    MLPATH_TRY(auto staging, Staging::make(made.folder));
    for (const auto& [path, bytes] : files) {
        MLPATH_CHECK(write_inside(staging.path(), path, bytes, mode_of(bytes)));
        if (path == "BRIEF.md" || marker.skeleton.contains(path)) {
            made.files.push_back(path);
        }
    }
    for (const auto& laid : request.data) {
        if (!stays_inside(laid.path) || files.contains(laid.path)) {
            return fail(ErrorKind::malformed, "the project " + project.id + " lays its data at `" +
                                                  printable(laid.path) + "`, which is no place of its own");
        }
        if (laid.copy_of.empty()) {
            MLPATH_CHECK(write_inside(staging.path(), laid.path, laid.bytes));
        } else {
            MLPATH_CHECK(data::lay_copy(laid.copy_of, staging.path() / laid.path));
            MLPATH_CHECK(flush(staging.path() / laid.path));
        }
        made.data.push_back(laid.path);
    }
    MLPATH_CHECK(staging.publish());
    std::ranges::sort(made.data);
    return made;
}

}  // namespace mlpath::workspace
