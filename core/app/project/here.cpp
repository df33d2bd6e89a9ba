#include "app/project/here.hpp"

#include <utility>

#include "base/text.hpp"
#include "library/library.hpp"
#include "workspace/links.hpp"
#include "workspace/marker.hpp"

namespace mlpath::app {

namespace {

Error no_workspace(const Context& context) {
    // A workspace is the folder around projects: not the one of a project itself.
    const auto project = workspace::find_project_folder(context.folder);
    return {ErrorKind::not_found,
            "there is no workspace in " + printable(context.folder.string()) + " or above it",
            {},
            project ? "`cd " + shell_word(project->parent_path().lexically_relative(context.folder).string()) +
                          " && mlpath init` makes one around this project"
                    : "`mlpath init` makes one here"};
}

}  // namespace

namespace {

// What it follows by the ids of today, each once.
Result<std::optional<workspace::Workspace>> workspace_around(const Context& context, const fs::path& folder) {
    MLPATH_TRY(auto found, workspace::find_workspace(folder));
    if (found && !context.index.renamed.empty()) {
        std::vector<std::string> followed;
        for (const auto& id : found->settings.curricula) {
            std::string today(context.index.renamed.now(library::IdKind::curriculum, id));
            if (std::ranges::find(followed, today) == followed.end()) {
                followed.push_back(std::move(today));
            }
        }
        found->settings.curricula = std::move(followed);
    }
    return found;
}

}  // namespace

std::string project_at(const Context& context, const fs::path& folder) {
    const auto project = workspace::project_of(folder);
    return std::string(context.index.renamed.now(library::IdKind::project, project));
}

Result<Here> find_here(const Context& context) {
    Here here;
    MLPATH_TRY(here.workspace, workspace_around(context, context.folder));
    here.project_folder = workspace::find_project_folder(context.folder);
    if (here.project_folder) {
        here.project = project_at(context, *here.project_folder);
    }
    return here;
}

Result<Here> in_workspace(const Context& context) {
    MLPATH_TRY(auto here, find_here(context));
    return here.workspace ? Result<Here>(std::move(here)) : fail(no_workspace(context));
}

namespace {

// Also where the marker is damaged: then its fault is to be told, not that there is no project.
bool has_marker(const fs::path& folder) {
    std::error_code ignored;
    return fs::exists(folder / workspace::marker_name, ignored);
}

std::optional<workspace::LinkLeft> link_named(const fs::path& workspace, std::string_view name) {
    for (auto& link : workspace::links_left(workspace)) {
        if (link.path.filename() == name) {
            return std::move(link);
        }
    }
    return std::nullopt;
}

std::string where_to_go(const Context& context, const Here& here) {
    const auto begun =
        here.workspace ? workspace::projects_below(here.workspace->folder) : std::vector<workspace::PlacedProject>();
    if (begun.empty()) {
        return "begin a project with `mlpath new`; `mlpath next` says which";
    }
    if (begun.size() > 1) {
        std::vector<std::string> names;
        for (const auto& placed : begun) {
            names.emplace_back(context.index.renamed.now(library::IdKind::project, placed.project));
        }
        return "go into one (cd), or name it; begun are " + list_of(names);
    }
    return "`cd " + shell_word(begun.front().folder.lexically_relative(context.folder).string()) +
           "` goes into the one that is begun";
}

}  // namespace

Result<ProjectHere> find_project(const Context& context, std::string_view named) {
    MLPATH_TRY(const auto here, find_here(context));
    const std::string id(context.index.renamed.now(library::IdKind::project, named));
    ProjectHere found;
    if (named.empty()) {
        if (!here.project_folder) {
            return fail(ErrorKind::usage, "this is not a project folder, and neither is any folder above it",
                        where_to_go(context, here));
        }
        found.folder = *here.project_folder;
    } else if (here.project == id) {
        found.folder = *here.project_folder;
    } else if (has_marker(context.folder / named)) {
        found.folder = (context.folder / named).lexically_normal();
    } else if (here.workspace && has_marker(here.workspace->folder / named)) {
        found.folder = here.workspace->folder / named;
    } else if (auto placed = here.workspace
                                 ? workspace::locate_project(here.workspace->folder, id, context.index.renamed)
                                 : std::nullopt) {
        found.folder = std::move(*placed);
    } else if (const auto link = here.workspace ? link_named(here.workspace->folder, named) : std::nullopt) {
        return fail(ErrorKind::not_found, std::string(named) + " " + link->why,
                    "let it lead to your project folder, or remove it (`" +
                        shell_line(std::vector{std::string("rm"), link->path.string()}) +
                        "`) and begin anew with `mlpath new " + id + "`");
    } else if (context.index.projects.contains(id)) {
        return fail(ErrorKind::not_found,
                    "the project " + id + " was not begun " + (here.workspace ? "in this workspace" : "in this folder"),
                    "`mlpath new " + id + "` begins it");
    } else {
        return fail(library::no_such("project", named, context.index.projects.ids()));
    }
    if (!found.folder.has_filename()) {
        found.folder = found.folder.parent_path();
    }
    found.project = project_at(context, found.folder);
    if (found.project.empty()) {
        // Broken: say what is wrong with it.
        MLPATH_TRY(const auto marker, workspace::read_marker(found.folder));
        found.project = context.index.renamed.now(library::IdKind::project, marker.project);
    }
    MLPATH_TRY(found.workspace, workspace_around(context, found.folder));
    found.home = found.workspace ? found.workspace->folder : found.folder;
    std::error_code ignored;
    if (found.home != found.folder && fs::exists(found.folder / ".mlpath" / "progress", ignored)) {
        // Begun before it came into the workspace. Where nothing can be written, that is told when there is something
        // to record.
        const auto adopted = progress::Journal(found.home).adopt(progress::Journal(found.folder));
        context.log.kept("the journal of a project that came into the workspace",
                         adopted ? Status() : fail(adopted.error()));
    }
    return found;
}

Result<library::Project> load_ready_project(const Context& context, std::string_view id) {
    MLPATH_TRY(auto project, library::load_project(context.content, context.index.renamed, id));
    if (project.status == library::ProjectStatus::planned) {
        return fail(ErrorKind::usage, "`" + project.id + "` is planned: it has no checks yet",
                    "`mlpath list projects` shows which are ready; where another library has it, name that library's "
                    "folder with `--library`");
    }
    return project;
}

std::string usual_curriculum(const library::Index& index) {
    constexpr std::string_view usual = "levels";
    if (index.curricula.contains(usual)) {
        return std::string(usual);
    }
    return index.curricula.empty() ? std::string() : index.curricula.begin()->id;  // another library than ours
}

std::vector<std::string> followed_curricula(const Context& context) {
    const auto here = find_here(context);
    auto followed = here && here->workspace ? here->workspace->settings.curricula : std::vector<std::string>();
    return followed.empty() ? std::vector{usual_curriculum(context.index)} : followed;
}

Status must_follow_something(const Context& context, const Here& here) {
    const auto& followed = here.workspace->settings.curricula;
    if (std::ranges::any_of(followed, [&](const std::string& id) { return context.index.curricula.contains(id); })) {
        return {};
    }
    return fail(ErrorKind::not_found, "this workspace follows " + list_of(followed) + ", which no library here has",
                "`mlpath library add` brings the library that has it, `mlpath init . --curriculum " +
                    usual_curriculum(context.index) + "` follows another one as well");
}

Result<progress::State> state_here(const Context& context) {
    MLPATH_TRY(const auto here, find_here(context));
    if (!here.workspace) {
        return progress::State();
    }
    MLPATH_TRY(auto history, progress::Journal(here.workspace->folder, context.log).load(context.index.renamed));
    return std::move(history.state);
}

progress::Followed followed_by(const Context& context, const Here& here) {
    return {context.index, here.workspace ? here.workspace->settings.curricula : std::vector<std::string>{},
            here.project, &context.clock};
}

Recorded record(const Context& context, const fs::path& home, std::vector<progress::Event> events) {
    const auto written = progress::Journal(home).append(std::move(events), context.clock, context.random);
    return written ? Recorded{} : Recorded{false, written.error().message};
}

std::string command_in(const fs::path& from, const fs::path& folder, std::string_view command) {
    const auto way = folder.lexically_relative(from);
    const bool inside = !way.empty() && [&] {  // `from` is the folder itself, or lies in it
        for (const auto& part : way) {
            if (part != ".." && part != ".") {
                return false;
            }
        }
        return true;
    }();
    if (inside) {
        return std::string(command);
    }
    auto word = way.empty() || way.string().starts_with("../../..") ? folder.string() : way.string();
    if (word.starts_with('-')) {
        word.insert(0, "./");
    }
    return "cd " + shell_word(word) + " && " + std::string(command);
}

}  // namespace mlpath::app
