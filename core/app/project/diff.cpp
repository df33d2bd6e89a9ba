#include "app/project/diff.hpp"

#include <algorithm>

#include "library/library.hpp"
#include "run/step.hpp"
#include "workspace/marker.hpp"

namespace mlpath::app {

namespace {

bool has(const std::vector<std::string>& paths, const std::string& path) {
    return std::ranges::find(paths, path) != paths.end();
}

// `file` as a path below the project folder, whether it was given from there or from where the user stands.
std::string file_in_project(const Context& context, const fs::path& project_folder,
                            const std::vector<std::string>& known, const std::string& file) {
    const auto seen_from_here = (context.folder / file).lexically_normal().lexically_relative(project_folder);
    const auto inside = seen_from_here.generic_string();
    return has(known, inside) ? inside : fs::path(file).lexically_normal().generic_string();
}

// The sources that the skeleton has not. None where the library does not know the project any more.
std::vector<std::string> added_to(const Context& context, const fs::path& folder, const workspace::Marker& marker) {
    const auto project = library::load_project(context.content, context.index.renamed, marker.project);
    auto sources = project ? run::collect_sources(*project, folder) : Result<run::Sources>(run::Sources());
    if (!sources) {
        return {};
    }
    std::erase_if(sources->files, [&](const std::string& path) { return marker.skeleton.contains(path); });
    return std::move(sources->files);
}

}  // namespace

Result<Diff> diff(const Context& context, const DiffRequest& request) {
    MLPATH_TRY(const auto place, find_project(context, request.project));
    MLPATH_TRY(const auto marker, workspace::read_marker(place.folder));
    Diff result{.project = place.project, .folder = place.folder, .version = marker.version};
    if (const auto* const known = context.index.projects.find(place.project)) {
        result.library_version = known->version;
    }
    auto added = added_to(context, place.folder, marker);
    if (request.file.empty()) {
        MLPATH_TRY(result.files, workspace::changes(place.folder, marker));
        result.added = std::move(added);
        return result;
    }
    auto known = workspace::skeleton_files(marker);
    known.insert(known.end(), added.begin(), added.end());
    const auto only = file_in_project(context, place.folder, known, request.file);
    if (has(added, only)) {
        result.files = {workspace::addition(place.folder, only)};
    } else {
        MLPATH_TRY(result.files, workspace::changes(place.folder, marker, only));
    }
    return result;
}

DiffRequest read_diff_words(const Context& context, const std::vector<std::string>& words) {
    if (words.empty()) {
        return {};
    }
    if (words.size() > 1) {
        return {words[0], words[1]};
    }
    const auto& word = words.front();
    const auto folder = workspace::find_project_folder(context.folder);
    if (!folder) {
        return {word, {}};
    }
    if (const auto marker = workspace::read_marker(*folder)) {
        if (marker->skeleton.contains(file_in_project(context, *folder, workspace::skeleton_files(*marker), word))) {
            return {{}, word};
        }
    }
    const bool is_project =
        context.index.projects.contains(context.index.renamed.now(library::IdKind::project, word)) ||
        !workspace::project_of(context.folder / word).empty();
    return is_project ? DiffRequest{word, {}} : DiffRequest{{}, word};
}

}  // namespace mlpath::app
