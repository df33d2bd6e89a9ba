#include "app/project/new_project.hpp"

#include "app/data/project_data.hpp"
#include "app/project/python_search.hpp"
#include "base/text.hpp"
#include "library/library.hpp"
#include "system/environment.hpp"
#include "workspace/staging.hpp"

namespace mlpath::app {

namespace {

Result<fs::path> place_for(const Context& context, const NewRequest& request, const Here& here) {
    auto folder = context.folder / (request.folder.empty() ? fs::path(request.project) : request.folder);
    if (request.folder.empty() && here.project_folder) {
        // A project inside of another one's folder would be taken for that one's work: put it beside.
        folder = here.project_folder->parent_path() / request.project;
    }
    folder = folder.lexically_normal();
    if (!folder.has_filename()) {
        folder = folder.parent_path();
    }
    if (const auto around = workspace::find_project_folder(folder.parent_path())) {
        return fail(ErrorKind::usage,
                    printable(folder.string()) + " lies inside of the project folder " + printable(around->string()),
                    "name a folder beside it");
    }
    auto free = workspace::must_be_free(folder);
    if (!free) {
        auto error = std::move(free).error();
        if (project_at(context, folder) == request.project) {
            error.message = "the project " + request.project + " is in " + printable(folder.string()) + " already";
            error.hint = "go on with it: `" + command_in(context.folder, folder, "mlpath check") +
                         "`; or begin it again elsewhere: `mlpath new " + request.project + " DIR`";
        }
        return fail(std::move(error));
    }
    return folder;
}

}  // namespace

Result<NewProject> new_project(const Context& context, const NewRequest& asked, const LayData& lay_data) {
    auto request = asked;
    request.project = context.index.renamed.now(library::IdKind::project, asked.project);
    const auto* const known = context.index.projects.find(request.project);
    if (known == nullptr) {
        return fail(library::no_such("project", request.project, context.index.projects.ids()));
    }
    if (known->status == library::ProjectStatus::planned) {
        return fail(ErrorKind::usage, "the project " + request.project + " is planned and not there yet",
                    "`mlpath next` names one that is");
    }
    MLPATH_TRY(const auto here, find_here(context));
    MLPATH_TRY(auto folder, place_for(context, request, here));
    MLPATH_TRY(const auto project, library::load_project(context.content, context.index.renamed, request.project));
    MLPATH_TRY(const auto kind, kind_in_use(context.content, project, request.data));
    std::vector<run::LaidFile> data;
    if (lay_data) {
        MLPATH_TRY(data, lay_data(project, kind));
    }

    NewProject result{.project = project.id, .title = project.title, .version = project.version, .data = kind};
    if (kind == library::DataKind::synthetic) {
        MLPATH_TRY(const auto datasets, made_datasets(context.content, project, kind));
        for (const auto& dataset : datasets) {
            if (dataset.is_hosted() && dataset.synthetic) {
                result.differs.insert(result.differs.end(), dataset.synthetic->differs.begin(),
                                      dataset.synthetic->differs.end());
            }
        }
    }
    MLPATH_TRY(result.made, workspace::scaffold({.project = project,
                                                 .content = context.content,
                                                 .folder = std::move(folder),
                                                 .data = std::move(data),
                                                 .kind = kind}));
    if (!project.milestones.empty()) {
        result.milestone_title = project.milestones.front().title;
        result.milestone_goal = project.milestones.front().goal;
    }
    // A workspace that surrounds the new folder, which need not be the one that the user stands in.
    const auto around = workspace::find_workspace(result.made.folder);
    const auto home = around && *around ? (*around)->folder : result.made.folder;
    result.recorded = record(
        context, home, {{.type = progress::EventType::started, .project = project.id, .version = project.version}});
    result.next = command_in(context.folder, result.made.folder, "mlpath check");
    return result;
}

void look_at_python(const Context& context, system::Processes& processes, Telling telling, NewProject& made,
                    std::stop_token stop) {
    const auto project = library::load_project(context.content, context.index.renamed, made.project);
    const auto around = workspace::find_workspace(made.made.folder);
    const auto* const workspace = around && *around ? &**around : nullptr;
    const auto home = workspace != nullptr ? workspace->folder : made.made.folder;
    const auto search = own_search(context, home, workspace);
    if (!project) {
        return;
    }
    const auto python = run::find_interpreter(project->python, search, context.environment, processes, stop);
    if (!python) {
        if (python.error().kind != ErrorKind::interrupted) {
            made.no_python = python.error();
        }
        return;
    }
    made.other_python = other_python(context, home, project->python, search, *python, processes, telling);
}

}  // namespace mlpath::app
