#include "app/project/portfolio.hpp"

#include <algorithm>
#include <set>

#include "base/hash.hpp"
#include "base/text.hpp"
#include "base/walk.hpp"
#include "run/beneath.hpp"
#include "workspace/links.hpp"
#include "workspace/marker.hpp"

namespace mlpath::app {

namespace {

constexpr std::size_t most_left_out = 1000;  // a report is to be read

// A file of the learner as it lies there, reached through no link.
Result<std::string> read_source(const run::FolderHandle& folder, const std::string& file) {
    constexpr std::uintmax_t max_bytes = 16u << 20;
    return folder.read(file, max_bytes, run::FolderHandle::Links::any);
}

struct Entry {
    std::string name{};
    bool is_folder = false;
};

// Nothing where it cannot be listed.
std::vector<Entry> entries_of(const fs::path& folder) {
    std::vector<Entry> entries;
    static_cast<void>(walk(folder, [&](const Met& met) -> Result<Step> {
        entries.push_back({met.name, met.kind == Met::Kind::folder});
        return Step::past;
    }));
    return entries;
}

}  // namespace

bool has_linked_marker(const fs::path& folder) {
    std::error_code ignored;
    return fs::is_symlink(folder / workspace::marker_name, ignored);
}

Result<std::vector<PortfolioProject>> projects_in(const fs::path& portfolio) {
    std::error_code ignored;
    if (!fs::is_directory(portfolio, ignored)) {
        return fail(ErrorKind::usage, "`" + printable(portfolio.string()) + "` is not a folder",
                    "name the folder of a workspace, or of one project");
    }
    const auto stop = [](const Met&) -> Result<Step> { return Step::stop; };
    MLPATH_CHECK(walk(portfolio, stop, Unreadable::fails, "cannot look into the folder"));
    if (fs::is_regular_file(portfolio / workspace::marker_name, ignored)) {
        auto claimed = has_linked_marker(portfolio) ? workspace::Claimed{} : workspace::claimed_by(portfolio);
        return std::vector<PortfolioProject>{{std::move(claimed.project), "", portfolio, claimed.data}};
    }
    std::vector<PortfolioProject> projects;
    for (auto& placed : workspace::projects_within(portfolio).projects) {
        const bool linked = has_linked_marker(placed.folder);
        projects.push_back({linked ? "" : std::move(placed.project),
                            placed.folder.lexically_relative(portfolio).generic_string(), placed.folder,
                            linked ? library::DataKind::real : placed.data});
    }
    return projects;
}

Result<PrivateCopy> take_sources(const library::Project& project, const fs::path& folder) {
    MLPATH_TRY(auto found, run::collect_sources(project, folder));
    MLPATH_TRY(auto place, TemporaryFolder::make("mlpath-verify-"));
    MLPATH_TRY(const auto from, run::FolderHandle::open(folder));
    PrivateCopy copy{.folder = std::move(place),
                     .sources = {.files = std::move(found.files), .links = std::move(found.links)}};
    copy.sources.folder = copy.folder.path();
    for (const auto& file : copy.sources.files) {
        MLPATH_TRY(const auto bytes, read_source(from, file));
        MLPATH_CHECK(write_file(copy.folder.path() / fs::path(file), bytes, Durability::cached));
        copy.hashes[file] = sha256_of(bytes);
    }
    return copy;
}

std::string content_hash(const FileHashes& files) {
    std::string content;
    for (const auto& [file, hash] : files) {
        content += file + '\0' + hash + '\n';
    }
    return sha256_of(content);
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
    std::vector<std::string> folders{""};
    while (!folders.empty() && left_out.size() < most_left_out) {
        const auto folder = std::move(folders.back());
        folders.pop_back();
        for (const auto& entry : entries_of(portfolio / folder)) {
            auto name = folder + entry.name;
            if (entry.is_folder) {
                if (is_untouched(name)) {
                    continue;
                }
                name += '/';
                if (holds_work(name)) {
                    folders.push_back(std::move(name));
                    continue;
                }
            }
            if (left_out.size() < most_left_out && entry.name != ".git" && entry.name != workspace::marker_name &&
                !kept.contains(name)) {
                left_out.push_back(std::move(name));
            }
        }
    }
    std::ranges::sort(left_out);
    return left_out;
}

}  // namespace mlpath::app
