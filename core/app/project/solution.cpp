#include "app/project/solution.hpp"

#include <algorithm>

#include "base/text.hpp"
#include "library/library.hpp"
#include "library/paths.hpp"
#include "workspace/line_diff.hpp"
#include "workspace/marker.hpp"
#include "workspace/scaffold.hpp"

namespace mlpath::app {

namespace {

// Whether it may be read; else how far that is.
Status may_read(const library::Project& project, const progress::State& state) {
    const auto* const known = state.project(project.id);
    if (known != nullptr && (known->solution_shown || known->solution_applied)) {
        return {};
    }
    const auto current = std::ranges::find_if(project.milestones, [&](const library::Milestone& milestone) {
        return known == nullptr || !known->passes(milestone.id);
    });
    if (current == project.milestones.end()) {
        return {};
    }
    const auto* const milestone = known == nullptr ? nullptr : known->milestone(current->id);
    const auto taken = static_cast<std::size_t>(milestone == nullptr ? 0 : milestone->hints);
    if (taken >= std::min<std::size_t>(current->hints.size(), 3)) {
        return {};
    }
    return fail(ErrorKind::usage,
                "the solution of " + project.id + " opens once the project passes or the last hint for `" +
                    current->id + "` was taken; " + std::to_string(taken) + " of " +
                    count_of(current->hints.size(), "hint") + (taken == 1 ? " was" : " were"),
                "`mlpath hint` takes the next one; `mlpath solution --apply` lays the solution over your files at once "
                "and keeps yours in a backup");
}

}  // namespace

Result<std::string> reasons_for(const library::Content& content, const std::string& project) {
    const auto path = library::template_path(project, "after.md");
    MLPATH_TRY(const auto found, content.list(path));
    return std::ranges::find(found, path) == found.end() ? Result<std::string>(std::string()) : content.read(path);
}

Result<Solution> solution(const Context& context, const SolutionRequest& request) {
    MLPATH_TRY(const auto place, find_project(context, request.project));
    MLPATH_TRY(const auto project, load_ready_project(context, place.project));
    MLPATH_TRY(const auto marker, workspace::read_marker(place.folder));
    MLPATH_TRY(auto history, progress::Journal(place.home, context.log).load(context.index.renamed));
    const bool apply = request.use == SolutionUse::apply;
    if (!apply) {
        MLPATH_CHECK(may_read(project, history.state));
    }
    MLPATH_TRY(auto files, workspace::template_files(context.content, project.id, "solution"));
    if (files.empty()) {
        return fail(ErrorKind::not_found, "the library has no solution of " + project.id);
    }
    MLPATH_TRY(auto why, reasons_for(context.content, project.id));
    if (request.use == SolutionUse::why && why.empty()) {
        return fail(ErrorKind::not_found, "the library does not give the reasons for the solution of " + project.id,
                    "`mlpath solution` shows the solution itself");
    }

    Solution result{.project = project.id,
                    .title = project.title,
                    .folder = place.folder,
                    .version = marker.version,
                    .library_version = project.version};
    result.notes = std::move(history.notes);
    result.why = std::move(why);
    if (request.use == SolutionUse::why) {
        return result;
    }
    if (apply) {
        MLPATH_TRY(result.laid, workspace::lay_over(place.folder, files, context.clock.now()));
        result.applied = true;
    }
    for (auto& [path, bytes] : files) {
        const bool binary = workspace::is_binary(bytes);
        result.files.push_back({path, std::move(bytes), binary});
    }
    const auto* const known = history.state.project(project.id);
    const bool recorded_before =
        known != nullptr && (apply ? known->solution_applied : known->solution_shown).has_value();
    if (!recorded_before) {
        result.recorded =
            record(context, place.home,
                   {{.order = history.state.after(project.id),
                     .type = apply ? progress::EventType::solution_applied : progress::EventType::solution_shown,
                     .project = project.id}});
    }
    return result;
}

}  // namespace mlpath::app
