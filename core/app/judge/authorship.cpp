#include "app/judge/authorship.hpp"

#include <set>

#include "checks/authorship.hpp"
#include "library/library.hpp"

namespace mlpath::app {

namespace {

// Lays the template's skeleton, and the solution over it, where the fingerprint can compare them.
Status lay_published(const library::Content& content, const library::Project& project, const fs::path& skeleton,
                     const fs::path& solution) {
    for (const auto& [part, folders] : {std::pair{std::string("skeleton/"), std::vector{skeleton, solution}},
                                        std::pair{std::string("solution/"), std::vector{solution}}}) {
        const auto prefix = library::template_path(project.id, part);
        MLPATH_TRY(const auto paths, content.list(prefix));
        for (const auto& path : paths) {
            MLPATH_TRY(const auto bytes, content.read(path));
            for (const auto& folder : folders) {
                MLPATH_CHECK(write_file(folder / fs::path(path.substr(prefix.size())), bytes, Durability::cached));
            }
        }
    }
    return {};
}

}  // namespace

Result<report::Authorship> authorship_of(const AuthorshipTools& tools, const library::Project& project,
                                         const run::Sources& sources, std::stop_token stop) {
    MLPATH_TRY(const auto place, TemporaryFolder::make("mlpath-authorship-"));
    checks::Works works{
        .skeleton = place.path() / "skeleton", .solution = place.path() / "solution", .work = sources.folder};
    MLPATH_CHECK(make_folders(works.skeleton));
    MLPATH_CHECK(make_folders(works.solution));
    MLPATH_CHECK(lay_published(tools.content, project, works.skeleton, works.solution));
    // Every Python file of either side: work may be moved to another file.
    std::set<std::string> files;
    MLPATH_TRY(const auto published, files_below(works.solution));
    for (const auto* side : {&published, &sources.files}) {
        for (const auto& file : *side) {
            if (file.ends_with(".py")) {
                files.insert(file);
            }
        }
    }
    works.files.assign(files.begin(), files.end());
    MLPATH_TRY(const auto share, checks::published_share(works, tools.harness, tools.python, tools.processes, stop));
    if (!share) {
        return report::Authorship::unknown;
    }
    return *share >= checks::published_from ? report::Authorship::published : report::Authorship::own;
}

}  // namespace mlpath::app
