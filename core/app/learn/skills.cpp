#include "app/learn/skills.hpp"

#include "app/judge/authorship.hpp"
#include "app/project/portfolio.hpp"
#include "library/library.hpp"

namespace mlpath::app {

namespace {

Result<report::Authorship> look_at(const AuthorshipTools& tools, const library::Renamed& renamed,
                                   const fs::path& workspace, const std::string& id, std::stop_token stop) {
    const auto folder = workspace::locate_project(workspace, id, renamed);
    if (!folder) {
        return report::Authorship::unknown;
    }
    MLPATH_TRY(const auto project, library::load_project(tools.content, renamed, id));
    MLPATH_TRY(const auto copy, take_sources(project, *folder));
    return authorship_of(tools, project, copy.sources, stop);
}

progress::Author author_from(report::Authorship authorship) {
    switch (authorship) {
        case report::Authorship::own: return progress::Author::own;
        case report::Authorship::published: return progress::Author::published;
        case report::Authorship::unknown: return progress::Author::unknown;
    }
    return progress::Author::unknown;
}

}  // namespace

Result<SkillsView> skills(const Context& context, system::Processes& processes, std::stop_token stop) {
    MLPATH_TRY(const auto here, in_workspace(context));
    MLPATH_TRY(auto history, progress::Journal(here.workspace->folder, context.log).load(context.index.renamed));
    SkillsView view;
    progress::Authors authors;
    if (const auto finished = progress::finished_projects(context.index, history.state); !finished.empty()) {
        Harness harness(context.content);
        const auto python = run::judge_interpreter(context.environment, processes, context.log);
        const auto folder = harness.folder();
        for (const auto& id : finished) {
            const auto authorship = !python   ? Result<report::Authorship>(fail(python.error()))
                                    : !folder ? Result<report::Authorship>(fail(folder.error()))
                                              : look_at({context.content, *folder, *python, processes},
                                                        context.index.renamed, here.workspace->folder, id, stop);
            if (!authorship && authorship.error().kind == ErrorKind::interrupted) {
                return fail(authorship.error());
            }
            if (!authorship) {
                view.unknown_because = authorship.error().message;
            }
            authors[id] = author_from(authorship.value_or(report::Authorship::unknown));
        }
    }
    view.skills = progress::skills(context.index, history.state, authors);
    view.notes = std::move(history.notes);
    return view;
}

}  // namespace mlpath::app
