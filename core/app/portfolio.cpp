#include "app/portfolio.hpp"

#include <algorithm>
#include <map>
#include <set>

#include "base/hash.hpp"
#include "base/text.hpp"
#include "workspace/find.hpp"
#include "workspace/marker.hpp"

namespace mlpath::app {

namespace {

constexpr std::size_t most_left_out = 1000;  // a report is to be read

// Names the files that were not taken; a folder of which nothing was taken is named once.
std::vector<std::string> name_left_out(const std::vector<std::string>& all, const std::vector<std::string>& taken) {
    std::set<std::string> folders_with_work;
    for (const auto& file : taken) {
        for (auto slash = file.find('/'); slash != std::string::npos; slash = file.find('/', slash + 1)) {
            folders_with_work.insert(file.substr(0, slash + 1));
        }
    }
    const std::set<std::string> kept(taken.begin(), taken.end());
    std::set<std::string> left_out;
    for (const auto& file : all) {
        if (kept.contains(file) || file == workspace::marker_name) {
            continue;
        }
        auto name = file;
        for (auto slash = file.find('/'); slash != std::string::npos; slash = file.find('/', slash + 1)) {
            if (!folders_with_work.contains(file.substr(0, slash + 1))) {
                name = file.substr(0, slash + 1);
                break;
            }
        }
        left_out.insert(name);
        if (left_out.size() == most_left_out) {
            break;
        }
    }
    return {left_out.begin(), left_out.end()};
}

// One question to git, answered without anything of the repository being executed.
std::optional<std::string> ask_git(const fs::path& folder, std::vector<std::string> words,
                                   const system::Environment& environment, system::Processes& processes) {
    const auto git = system::find_program("git", environment.get("PATH").value_or("/usr/bin:/bin"));
    if (!git) {
        return std::nullopt;
    }
    system::ProcessSpec spec{.argv = {git->string(), "-c", "safe.directory=*", "-c", "core.fsmonitor=false", "-c",
                                      "core.hooksPath=/dev/null"},
                             .environment = {{"PATH", "/usr/bin:/bin"},
                                             {"LC_ALL", "C.UTF-8"},
                                             {"GIT_CONFIG_NOSYSTEM", "1"},
                                             {"GIT_CONFIG_GLOBAL", "/dev/null"},
                                             {"GIT_OPTIONAL_LOCKS", "0"},
                                             {"GIT_NO_LAZY_FETCH", "1"},
                                             {"GIT_ALLOW_PROTOCOL", "none"},
                                             {"GIT_TERMINAL_PROMPT", "0"}},
                             .folder = folder,
                             .wall_limit = std::chrono::seconds(30),
                             .output_kept = 64u << 20};
    spec.argv.insert(spec.argv.end(), words.begin(), words.end());
    const auto outcome = processes.run(spec);
    if (!outcome || !outcome->succeeded() || !outcome->out.complete()) {
        return std::nullopt;
    }
    return outcome->out.text();
}

}  // namespace

Result<std::vector<PortfolioProject>> projects_in(const fs::path& portfolio) {
    std::error_code ignored;
    if (!fs::is_directory(portfolio, ignored)) {
        return fail(ErrorKind::usage, "`" + printable(portfolio.string()) + "` is no folder",
                    "name the folder of a workspace, or of one project");
    }
    if (fs::is_regular_file(portfolio / workspace::marker_name, ignored)) {
        return std::vector<PortfolioProject>{{workspace::project_of(portfolio), "", portfolio}};
    }
    std::vector<PortfolioProject> projects;
    for (auto& placed : workspace::projects_below(portfolio)) {
        projects.push_back(
            {std::move(placed.project), placed.folder.lexically_relative(portfolio).generic_string(), placed.folder});
    }
    return projects;
}

Result<PrivateCopy> take_sources(const library::Project& project, const fs::path& folder) {
    MLPATH_TRY(const auto found, run::collect_sources(project, folder));
    MLPATH_TRY(const auto all, files_below(folder, {".git"}));
    MLPATH_TRY(auto place, TemporaryFolder::make("mlpath-verify-"));
    PrivateCopy copy{.folder = std::move(place),
                     .sources = {.folder = {}, .files = found.files},
                     .left_out = name_left_out(all, found.files)};
    copy.sources.folder = copy.folder.path();
    std::string content;
    for (const auto& file : found.files) {
        MLPATH_TRY(const auto bytes, read_file(folder / fs::path(file)));
        MLPATH_CHECK(write_file(copy.folder.path() / fs::path(file), bytes, Durability::cached));
        content += file + '\0' + sha256_of(bytes) + '\n';
    }
    copy.content_hash = sha256_of(content);
    return copy;
}

std::optional<Commit> commit_of(const fs::path& portfolio, const std::vector<std::string>& taken,
                                const system::Environment& environment, system::Processes& processes) {
    const auto head = ask_git(portfolio, {"rev-parse", "--verify", "--quiet", "HEAD^{commit}"}, environment, processes);
    const auto tree =
        head ? ask_git(portfolio, {"ls-tree", "-r", "-z", "HEAD", "."}, environment, processes) : std::nullopt;
    if (!tree) {
        return std::nullopt;
    }
    std::map<std::string, std::string> blobs;  // path -> object id
    for (const auto entry : split(*tree, '\0')) {
        // "<mode> blob <id>\t<path>"
        const auto tab = entry.find('\t');
        const auto words = split(entry.substr(0, tab), ' ');
        if (tab != std::string_view::npos && words.size() == 3 && words[1] == "blob") {
            blobs.emplace(entry.substr(tab + 1), words[2]);
        }
    }
    Commit commit{.id = std::string(trim(*head)), .dirty = false};
    for (const auto& file : taken) {
        const auto known = blobs.find(file);
        const auto bytes = read_file(portfolio / fs::path(file));
        commit.dirty = commit.dirty || known == blobs.end() || !bytes ||
                       known->second != git_blob_id(*bytes, known->second.size());
    }
    return commit;
}

}  // namespace mlpath::app
