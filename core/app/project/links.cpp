#include "app/project/links.hpp"

#include <algorithm>

#include "base/text.hpp"
#include "library/library.hpp"
#include "run/step.hpp"
#include "workspace/links.hpp"

namespace mlpath::app {

std::vector<std::string> link_notes(const Context& context) {
    std::vector<std::string> notes;
    const auto workspace = workspace::find_workspace(context.folder);
    if (!workspace || !*workspace) {
        return notes;
    }
    for (const auto& link : workspace::links_left((*workspace)->folder)) {
        if (const auto name = link.path.filename().string();
            context.index.projects.contains(context.index.renamed.now(library::IdKind::project, name))) {
            notes.push_back(name + " " + link.why);
        }
    }
    return notes;
}

std::vector<std::string> source_link_notes(const Context& context, std::string_view project, const fs::path& folder) {
    std::vector<std::string> notes;
    const auto loaded = library::load_project(context.content, context.index.renamed, project);
    const auto sources = loaded ? run::collect_sources(*loaded, folder) : Result<run::Sources>(run::Sources());
    for (const auto& link : sources ? sources->links : std::vector<std::string>()) {
        notes.push_back(
            printable(link) + " is a link, and mlpath takes only what lies in the project folder itself: `" +
            shell_line(std::vector{std::string("cp"), std::string("-RL"), link, link + ".copy"}) + " && " +
            shell_line(std::vector{std::string("rm"), link}) + " && " +
            shell_line(std::vector{std::string("mv"), link + ".copy", link}) + "` puts a copy into its place");
    }
    return notes;
}

std::vector<std::string> links_in(const fs::path& portfolio, const std::vector<PortfolioProject>& projects) {
    std::vector<std::string> links;
    if (projects.size() == 1 && projects.front().folder.empty()) {
        return links;  // it is a project itself: what is in it are its files
    }
    for (const auto& link : workspace::projects_within(portfolio).links) {
        std::error_code error;
        const auto target = (link.parent_path() / fs::read_symlink(link, error)).lexically_normal();
        const auto to = target.lexically_relative(portfolio.lexically_normal()).generic_string();
        const bool is_known = std::ranges::any_of(projects, [&](const PortfolioProject& project) {
            return to == project.folder || to == project.folder + '/';
        });
        if (!is_known) {
            links.push_back(link.lexically_relative(portfolio).generic_string());
        }
    }
    return links;
}

std::string links_in_words(const fs::path& portfolio) {
    constexpr std::size_t most = 8;
    auto links = links_in(portfolio, {});
    if (links.empty()) {
        return {};
    }
    links.resize(std::min(links.size(), most));
    return list_of(links) + (links.size() == 1 ? " is a link" : " are links") +
           ", and verify follows no link out of a portfolio; to have a project behind one judged, name the folder that "
           "it "
           "leads to";
}

}  // namespace mlpath::app
