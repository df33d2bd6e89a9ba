#include "app/diff.hpp"

#include "workspace/marker.hpp"

namespace mlpath::app {

std::string file_in_project(const Context& context, const fs::path& project_folder,
                            const std::map<std::string, std::string>& skeleton, const std::string& file) {
    const auto seen_from_here = (context.folder / file).lexically_normal().lexically_relative(project_folder);
    const auto inside = seen_from_here.generic_string();
    if (skeleton.contains(inside)) {
        return inside;
    }
    return fs::path(file).lexically_normal().generic_string();
}

Result<Diff> diff(const Context& context, const DiffRequest& request) {
    MLPATH_TRY(const auto place, find_project(context, request.project));
    MLPATH_TRY(const auto marker, workspace::read_marker(place.folder));
    Diff result{.project = place.project, .folder = place.folder, .version = marker.version};
    if (const auto* const known = context.index.projects.find(place.project)) {
        result.library_version = known->version;
    }
    const auto only =
        request.file.empty() ? std::string() : file_in_project(context, place.folder, marker.skeleton, request.file);
    MLPATH_TRY(result.files, workspace::changes(place.folder, marker, only));
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
        if (marker->skeleton.contains(file_in_project(context, *folder, marker->skeleton, word))) {
            return {{}, word};
        }
    }
    const bool is_project =
        context.index.projects.contains(word) || !workspace::project_of(context.folder / word).empty();
    return is_project ? DiffRequest{word, {}} : DiffRequest{{}, word};
}

}  // namespace mlpath::app
