#include "workspace/find.hpp"

#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <deque>
#include <utility>

#include "base/text.hpp"
#include "base/walk.hpp"
#include "json/document.hpp"
#include "workspace/format.hpp"
#include "workspace/links.hpp"
#include "workspace/marker.hpp"

namespace mlpath::workspace {

namespace {

bool is_file(const fs::path& path) {
    std::error_code error;
    return fs::is_regular_file(path, error);
}

bool belongs_to_another(const fs::path& file) {
    struct stat status{};
    return ::stat(file.c_str(), &status) == 0 && status.st_uid != ::geteuid() && status.st_uid != 0;
}

constexpr std::string_view settings_example = R"(it should read {"format":1,"curricula":["levels"]})";

Result<Settings> parse_settings(const std::string& text, const fs::path& file) {
    const auto parsed = json::parse(text, file.string());
    if (!parsed.ok()) {
        return fail(to_error(parsed.faults));
    }
    const auto& document = parsed.document;
    const auto& value = parsed.value;
    MLPATH_CHECK(must_be_format_1(document, settings_example));
    Settings settings;
    const auto curricula = value.find("curricula");
    if (curricula == value.end() || !curricula->is_array() || curricula->empty()) {
        return fail(malformed(document, "/curricula", "names no curricula", settings_example));
    }
    for (const auto& id : *curricula) {
        if (!id.is_string() || !is_id(id.get<std::string>())) {
            return fail(malformed(document, "/curricula", "`curricula` holds what is no id of a curriculum",
                                  "`mlpath list curricula` shows what there is"));
        }
        settings.curricula.push_back(id.get<std::string>());
    }
    if (const auto python = value.find("python"); python != value.end()) {
        if (!python->is_string() || python->get<std::string>().empty()) {
            return fail(malformed(document, "/python", "`python` is no path of an interpreter", settings_example));
        }
        settings.python = python->get<std::string>();
    }
    return settings;
}

bool has_workspace_above(fs::path folder) {
    for (;; folder = folder.parent_path()) {
        if (is_file(folder / ".mlpath" / "workspace.json")) {
            return true;
        }
        if (folder == folder.parent_path()) {
            return false;
        }
    }
}

WithinFolder look_within(const fs::path& root, Broken broken) {
    constexpr std::size_t deepest = 3;
    constexpr std::size_t most_folders = 5000;
    constexpr std::array<std::string_view, 5> skipped{"venv", "env", "node_modules", "__pycache__", "site-packages"};
    WithinFolder within;
    auto& found = within.projects;
    // Layer by layer, not as `walk` goes by itself: where there are too many folders, those above count.
    std::deque<std::pair<fs::path, std::size_t>> folders{{root, 0}};
    for (std::size_t visited = 0; !folders.empty() && visited < most_folders; ++visited) {
        const auto [folder, depth] = std::move(folders.front());
        folders.pop_front();
        if (is_file(folder / marker_name)) {
            if (auto claimed = claimed_by(folder); !claimed.project.empty() || broken == Broken::listed) {
                found.push_back({std::move(claimed.project), folder, claimed.data});
                if (depth > 0) {
                    continue;
                }
            }
        }
        if (depth == deepest) {
            continue;
        }
        const auto look = [&](const Met& met) -> Result<Step> {
            if (met.name[0] != '.' && std::ranges::find(skipped, met.name) == skipped.end()) {
                if (met.kind == Met::Kind::folder) {
                    folders.emplace_back(folder / met.path, depth + 1);
                } else if (met.kind == Met::Kind::link) {
                    within.links.push_back(folder / met.path);
                }
            }
            return Step::past;
        };
        static_cast<void>(walk(folder, look, Unreadable::passed));
    }
    std::ranges::sort(found, {}, &PlacedProject::folder);
    std::ranges::sort(within.links);
    return within;
}

bool is_trusted(const fs::path& workspace, const fs::path& folder) {
    struct stat own{};
    struct stat other{};
    return ::stat(folder.c_str(), &other) == 0 &&
           (other.st_uid == ::geteuid() || (::stat(workspace.c_str(), &own) == 0 && other.st_uid == own.st_uid));
}

bool is_one_of(const std::vector<PlacedProject>& projects, const fs::path& folder) {
    return std::ranges::any_of(projects, [&](const PlacedProject& placed) {
        std::error_code ignored;
        return fs::equivalent(placed.folder, folder, ignored);
    });
}

// What is lost, what is not, and what mends it.
std::string advice_for(const fs::path& file, const std::string& hint) {
    const auto folder = file.parent_path().parent_path();
    return (hint.empty() ? "" : hint + "; ") + "`mlpath init " + shell_word(folder.string()) +
           "` writes it anew for `levels` (`--curriculum ID` for another) and keeps this one beside it; your progress "
           "is in other files and is not lost";
}

}  // namespace

bool is_newer_format(const Error& error) { return error.place.pointer == "/format" && error.hint == update_advice; }

Result<Settings> read_settings(const fs::path& file) {
    MLPATH_TRY(const auto text, read_file(file, 1u << 20));
    auto settings = parse_settings(text, file);
    if (!settings && !is_newer_format(settings.error())) {
        auto error = std::move(settings).error();
        if (error.message.find(file.string()) == std::string::npos) {
            error.message = printable(file.string()) + ": " + error.message;
        }
        error.hint = advice_for(file, error.hint);
        return fail(std::move(error));
    }
    return settings;
}

std::string settings_text(const Settings& settings) {
    Json value{{"format", 1}, {"curricula", settings.curricula}};
    if (!settings.python.empty()) {
        value["python"] = settings.python;
    }
    return value.dump(2) + "\n";
}

Result<fs::path> folder_we_stand_in(const system::Environment& environment) {
    std::error_code error;
    auto folder = fs::current_path(error);
    if (error) {
        return fail(ErrorKind::io, "the current folder is gone: " + error.message(), "`cd` to one that is there");
    }
    fs::path told(environment.get("PWD").value_or(""));
    const bool is_true =
        told.is_absolute() && told == told.lexically_normal() && fs::equivalent(told, folder, error) && !error;
    return is_true && (has_workspace_above(told) || !has_workspace_above(folder)) ? told : folder;
}

Result<std::optional<Workspace>> find_workspace(const fs::path& from) {
    for (auto folder = fs::absolute(from).lexically_normal();; folder = folder.parent_path()) {
        const auto file = folder / ".mlpath" / "workspace.json";
        if (is_file(file)) {
            if (!folder.has_filename()) {
                folder = folder.parent_path();  // "/home/ann/ml/"
            }
            MLPATH_TRY(auto settings, read_settings(file));
            Workspace workspace{std::move(folder), std::move(settings), {}};
            if (!workspace.settings.python.empty() && belongs_to_another(file)) {
                workspace.settings.python.clear();
                workspace.note = printable(file.string()) + " belongs to another user: its `python` is not used";
            }
            return workspace;
        }
        if (folder == folder.parent_path()) {
            return std::nullopt;
        }
    }
}

std::optional<fs::path> find_project_folder(const fs::path& from) {
    for (auto folder = fs::absolute(from).lexically_normal();; folder = folder.parent_path()) {
        if (is_file(folder / marker_name)) {
            return folder.has_filename() ? folder : folder.parent_path();
        }
        if (is_file(folder / ".mlpath" / "workspace.json") || folder == folder.parent_path()) {
            return std::nullopt;
        }
    }
}

std::vector<PlacedProject> projects_below(const fs::path& workspace, Broken broken) {
    auto within = look_within(workspace, broken);
    auto& found = within.projects;
    for (const auto& link : within.links) {
        // Whatever has this marker is a project folder: links in a circle, or to a folder above, lead to none.
        if (is_file(link / marker_name) && is_trusted(workspace, link) && !is_one_of(found, link)) {
            if (auto claimed = claimed_by(link); !claimed.project.empty() || broken == Broken::listed) {
                found.push_back({std::move(claimed.project), link, claimed.data});
            }
        }
    }
    std::ranges::sort(found, {}, &PlacedProject::folder);
    return std::move(found);
}

WithinFolder projects_within(const fs::path& portfolio) { return look_within(portfolio, Broken::listed); }

std::vector<LinkLeft> links_left(const fs::path& workspace) {
    std::vector<LinkLeft> left;
    const auto look = [&](const Met& met) -> Result<Step> {
        std::error_code ignored;
        const auto link = workspace / met.path;
        if (met.kind == Met::Kind::link) {
            const auto target = "is a link to " + printable(fs::read_symlink(link, ignored).string()) + ", which ";
            if (!fs::exists(link, ignored)) {
                left.push_back({link, target + "is not there"});
            } else if (is_file(link / marker_name) && !is_trusted(workspace, link)) {
                left.push_back({link, target + "belongs to another user"});
            }
        }
        return Step::past;
    };
    static_cast<void>(walk(workspace, look));
    std::ranges::sort(left, {}, &LinkLeft::path);
    return left;
}

std::optional<fs::path> locate_project(const fs::path& workspace, std::string_view project,
                                       const library::Renamed& renamed) {
    const auto is_meant = [&](const std::string& id) { return renamed.now(library::IdKind::project, id) == project; };
    if (const auto usual = workspace / project; is_meant(project_of(usual))) {
        return usual;
    }
    for (auto& placed : projects_below(workspace)) {
        if (is_meant(placed.project)) {
            return std::move(placed.folder);
        }
    }
    return std::nullopt;
}

}  // namespace mlpath::workspace
