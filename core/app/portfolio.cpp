#include "app/portfolio.hpp"

#include <algorithm>
#include <map>
#include <set>

#include "base/hash.hpp"
#include "base/text.hpp"
#include "run/beneath.hpp"
#include "workspace/find.hpp"
#include "workspace/marker.hpp"

namespace mlpath::app {

namespace {

constexpr std::size_t most_left_out = 1000;  // a report is to be read

// A file of the learner as it lies there, reached through no link.
Result<std::string> read_source(const run::FolderHandle& folder, const std::string& file) {
    constexpr std::uintmax_t max_bytes = 16u << 20;
    return folder.read(file, max_bytes, run::FolderHandle::Links::any);
}

// One question to git, answered without anything of the repository being executed.
std::optional<std::string> ask_git(const fs::path& folder, std::vector<std::string> words,
                                   const system::Environment& environment, system::Processes& processes) {
    const auto git = system::find_program("git", environment.get("PATH").value_or("/usr/bin:/bin"));
    if (!git) {
        return std::nullopt;
    }
    system::ProcessSpec spec{.argv = {git->string(), "--no-pager", "-c", "safe.directory=*", "-c",
                                      "core.fsmonitor=false", "-c", "core.hooksPath=/dev/null"},
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

bool has_linked_marker(const fs::path& folder) {
    std::error_code ignored;
    return fs::is_symlink(folder / workspace::marker_name, ignored);
}

Result<std::vector<PortfolioProject>> projects_in(const fs::path& portfolio) {
    std::error_code ignored;
    if (!fs::is_directory(portfolio, ignored)) {
        return fail(ErrorKind::usage, "`" + printable(portfolio.string()) + "` is no folder",
                    "name the folder of a workspace, or of one project");
    }
    if (std::error_code error; fs::directory_iterator(portfolio, error), error) {
        return fail(system_error("cannot look into the folder", portfolio, error.value()));
    }
    if (fs::is_regular_file(portfolio / workspace::marker_name, ignored)) {
        return std::vector<PortfolioProject>{
            {has_linked_marker(portfolio) ? "" : workspace::project_of(portfolio), "", portfolio}};
    }
    std::vector<PortfolioProject> projects;
    for (auto& placed : workspace::projects_below(portfolio, workspace::Broken::listed)) {
        projects.push_back({has_linked_marker(placed.folder) ? "" : std::move(placed.project),
                            placed.folder.lexically_relative(portfolio).generic_string(), placed.folder});
    }
    return projects;
}

Result<PrivateCopy> take_sources(const library::Project& project, const fs::path& folder) {
    MLPATH_TRY(auto found, run::collect_sources(project, folder));
    MLPATH_TRY(auto place, TemporaryFolder::make("mlpath-verify-"));
    MLPATH_TRY(const auto from, run::FolderHandle::open(folder));
    PrivateCopy copy{.folder = std::move(place), .sources = {.folder = {}, .files = std::move(found.files)}};
    copy.sources.folder = copy.folder.path();
    std::string content;
    for (const auto& file : copy.sources.files) {
        MLPATH_TRY(const auto bytes, read_source(from, file));
        MLPATH_CHECK(write_file(copy.folder.path() / fs::path(file), bytes, Durability::cached));
        content += file + '\0' + sha256_of(bytes) + '\n';
    }
    copy.content_hash = sha256_of(content);
    return copy;
}

std::vector<std::string> left_out_of(const fs::path& portfolio, const std::vector<std::string>& taken,
                                     const std::vector<std::string>& untouched) {
    const auto is_untouched = [&](std::string_view folder) {
        return std::ranges::find(untouched, folder) != untouched.end();
    };
    if (is_untouched("")) {
        return {};
    }
    const std::set<std::string, std::less<>> kept(taken.begin(), taken.end());
    const auto holds_work = [&](const std::string& folder) {
        const auto first = kept.lower_bound(folder);
        return first != kept.end() && first->starts_with(folder);
    };
    std::vector<std::string> left_out;
    std::error_code error;
    auto entry = fs::recursive_directory_iterator(portfolio, fs::directory_options::skip_permission_denied, error);
    for (; !error && entry != fs::recursive_directory_iterator() && left_out.size() < most_left_out;
         entry.increment(error)) {
        std::error_code gone;
        const bool is_folder = fs::is_directory(entry->symlink_status(gone));
        auto name = entry->path().lexically_relative(portfolio).generic_string();
        if (is_folder) {
            if (is_untouched(name)) {
                entry.disable_recursion_pending();
                continue;
            }
            name += '/';
            if (holds_work(name)) {
                continue;
            }
            entry.disable_recursion_pending();
        }
        const auto last = entry->path().filename();
        if (last != ".git" && last != workspace::marker_name && !kept.contains(name)) {
            left_out.push_back(std::move(name));
        }
    }
    std::ranges::sort(left_out);
    return left_out;
}

std::optional<std::string> folder_in_repository(const fs::path& portfolio, const system::Environment& environment,
                                                system::Processes& processes) {
    auto prefix = ask_git(portfolio, {"rev-parse", "--show-prefix"}, environment, processes);
    if (prefix && prefix->ends_with('\n')) {
        prefix->pop_back();
    }
    if (prefix && prefix->ends_with('/')) {
        prefix->pop_back();
    }
    return prefix;
}

std::optional<Commit> commit_of(const fs::path& portfolio, const std::vector<std::string>& taken,
                                const WouldTake& would_take, const system::Environment& environment,
                                system::Processes& processes) {
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
    const auto from = run::FolderHandle::open(portfolio);
    for (const auto& file : taken) {
        const auto known = blobs.find(file);
        const auto bytes = from ? read_source(*from, file) : Result<std::string>(fail(from.error()));
        commit.dirty = commit.dirty || known == blobs.end() || !bytes ||
                       known->second != git_blob_id(*bytes, known->second.size());
    }
    for (const auto& [path, id] : blobs) {
        std::error_code ignored;
        commit.dirty = commit.dirty || (would_take(path) && !fs::exists(fs::symlink_status(portfolio / path, ignored)));
    }
    return commit;
}

}  // namespace mlpath::app
