#include "app/author/lint.hpp"

#include <algorithm>
#include <array>
#include <iterator>
#include <optional>
#include <system_error>

#include "base/text.hpp"
#include "json/document.hpp"
#include "library/library.hpp"
#include "workspace/libraries.hpp"

namespace mlpath::app {

namespace {

// One file under the name that it would have in a library.
class FileContent : public library::Content {
public:
    FileContent(std::string path, Result<std::string> text, std::string origin)
        : m_path(std::move(path)), m_text(std::move(text)), m_origin(std::move(origin)) {}

    Result<std::string> read(std::string_view path) const override {
        if (path != m_path) {
            return fail(ErrorKind::not_found, "no file " + printable(path));
        }
        return m_text;
    }
    Result<std::vector<std::string>> list(std::string_view prefix) const override {
        return m_path.starts_with(prefix) ? std::vector{m_path} : std::vector<std::string>{};
    }
    std::string origin() const override { return m_origin; }

private:
    std::string m_path;
    Result<std::string> m_text;
    std::string m_origin;
};

bool is_below(std::string_view path, std::string_view folder) {
    return folder.empty() || (path.starts_with(folder) &&
                              (path.size() == folder.size() || folder.back() == '/' || path[folder.size()] == '/'));
}

bool has_library(const fs::path& folder) {
    std::error_code error;
    return fs::is_directory(folder / "curricula", error) || fs::is_directory(folder / "templates", error) ||
           fs::is_regular_file(folder / library::manifest_name, error);
}

std::optional<fs::path> project_around(const fs::path& path) {
    std::error_code error;
    for (auto folder = path; folder != folder.parent_path(); folder = folder.parent_path()) {
        if (fs::is_regular_file(folder / "project.json", error)) {
            return folder;
        }
    }
    return std::nullopt;
}

std::string relative_name(const fs::path& path, const fs::path& root) {
    const auto inside = path.lexically_relative(root).generic_string();
    return inside == "." ? "" : inside;
}

LintTarget project_target(const fs::path& folder, const fs::path& path,
                          std::shared_ptr<const library::Content> fallback) {
    const auto prefix = "templates/" + folder.filename().string() + '/';
    return {library::overlay_content(library::prefixed_content(prefix, library::folder_content(folder)),
                                     std::move(fallback), {"curricula/", "templates/"}),
            prefix + relative_name(path, folder), relative_name(path, folder)};
}

// A file that lies in no library: what it holds tells what it is.
Result<LintTarget> file_target(const fs::path& path, std::shared_ptr<const library::Content> fallback) {
    auto text = read_file(path);
    if (!text && text.error().kind != ErrorKind::malformed) {
        return fail(std::move(text).error());
    }
    // What cannot be read is told as the fault of a file whose place is not known.
    const auto parsed = json::parse(text.value_or(""), path.filename().string());
    const auto& value = parsed.value;
    std::string place;
    for (const std::string list : {"topics", "skills", "datasets"}) {
        if (value.is_object() && value.contains(list)) {
            place = "curricula/" + list + ".json";
        }
    }
    if (value.is_object() && value.contains("stages")) {
        place = "curricula/" + path.filename().string();
    }
    if (value.is_object() && value.contains("questions")) {
        place = "curricula/quizzes/" + path.filename().string();
    }
    if (place.empty() && parsed.ok()) {
        return fail(
            ErrorKind::malformed, printable(path.filename().string()) + " is not a file of a library",
            "a curriculum has `stages`, a quiz `questions`, and the other files `topics`, `skills` or `datasets`");
    }
    if (place.empty()) {
        place = "curricula/" + path.filename().string();
    }
    return LintTarget(library::overlay_content(std::make_unique<FileContent>(place, std::move(text), path.string()),
                                               std::move(fallback), {"curricula/", "templates/"}),
                      place, path.filename().string());
}

Status make_guest(LintTarget& target, const std::string& name, const GuestHost& host) {
    if (!name.empty()) {
        MLPATH_TRY(auto basis, basis_of(*host.content, host.index));
        target.is_guest(name, std::make_shared<library::Basis>(std::move(basis)));
    }
    return {};
}

Result<LintTarget> target_of(const fs::path& path, const GuestHost& host) {
    const auto& fallback = host.content;
    std::error_code error;
    const auto real = fs::canonical(path, error);
    if (error) {
        return fail(system_error("cannot look at", path, error.value()));
    }
    if (const auto root = library_around(real)) {
        const auto below = relative_name(real, *root);
        LintTarget target(library::overlay_content(library::folder_content(*root), fallback), below, below);
        MLPATH_TRY(const auto guest, guest_in(*root, host.content));
        MLPATH_CHECK(make_guest(target, guest ? guest->name : std::string(), host));
        return target;
    }
    if (const auto project = project_around(real)) {
        return project_target(*project, real, fallback);
    }
    if (fs::is_regular_file(real, error)) {
        return file_target(real, fallback);
    }
    return fail(ErrorKind::not_found, "there is no library and no project in " + printable(path.string()),
                "a library is a folder with curricula/ and templates/, a project one with project.json");
}

template <typename Values, typename Place>
std::size_t count_below(const Values& values, const std::string& folder, Place place) {
    return static_cast<std::size_t>(std::ranges::count_if(values, [&](const auto& value) {
        const std::string path = place(value);
        return is_below(path, folder) || (!folder.empty() && is_below(folder, path));
    }));
}

LintReport report_of(library::LoadResult loaded, const LintTarget& target) {
    LintReport report;
    for (auto& fault : loaded.faults) {
        if (target.covers(fault.place.file)) {
            fault.place.file = target.shown(fault.place.file);
            ++(fault.severity == Severity::error     ? report.errors
               : fault.severity == Severity::warning ? report.warnings
                                                     : report.planned);
            report.faults.push_back(std::move(fault));
        }
    }
    const auto& library = loaded.library;
    const auto& below = target.below();
    report.curricula =
        count_below(library.curricula, below, [](const auto& value) { return "curricula/" + value.id + ".json"; });
    report.topics = count_below(library.topics, below, [](const auto&) { return "curricula/topics.json"; });
    report.quizzes =
        count_below(library.quizzes, below, [](const auto& quiz) { return "curricula/quizzes/" + quiz.id + ".json"; });
    report.skills = count_below(library.skills, below, [](const auto&) { return "curricula/skills.json"; });
    report.datasets = count_below(library.datasets, below, [](const auto&) { return "curricula/datasets.json"; });
    report.projects = count_below(library.projects, below, [](const auto& value) { return "templates/" + value.id; });
    return report;
}

}  // namespace

std::optional<fs::path> library_around(const fs::path& path) {
    for (auto folder = path; folder != folder.parent_path(); folder = folder.parent_path()) {
        if (has_library(folder)) {
            const auto inside = path.lexically_relative(folder);
            const auto first = inside.begin() == inside.end() ? fs::path(".") : *inside.begin();
            if (first == "." || first == "curricula" || first == "templates" || first == library::manifest_name) {
                return folder;
            }
        }
    }
    return std::nullopt;
}

bool is_workspace(const fs::path& folder) {
    std::error_code error;
    return fs::is_regular_file(folder / ".mlpath" / "workspace.json", error);
}

std::optional<fs::path> library_near(const fs::path& folder) {
    if (const auto around = library_around(folder); around && !is_workspace(folder)) {
        return around;
    }
    for (auto at = folder;; at = at.parent_path()) {
        if (const auto own = is_workspace(at) ? workspace::own_library(at) : std::nullopt) {
            return own;
        }
        if (at == at.parent_path()) {
            return std::nullopt;
        }
    }
}

void LintReport::add(LintReport other) {
    faults.insert(faults.end(), std::make_move_iterator(other.faults.begin()),
                  std::make_move_iterator(other.faults.end()));
    for (const auto count :
         {&LintReport::errors, &LintReport::warnings, &LintReport::planned, &LintReport::curricula, &LintReport::topics,
          &LintReport::quizzes, &LintReport::skills, &LintReport::datasets, &LintReport::projects}) {
        this->*count += other.*count;
    }
}

bool LintTarget::covers(std::string_view path) const { return is_below(path, m_below); }

std::string LintTarget::shown(const std::string& path) const { return m_shown_below + path.substr(m_below.size()); }

Result<library::LoadResult> LintTarget::load() const {
    return m_guest.empty() ? library::load(*m_content) : library::load_guest(*m_content, *m_basis, m_guest);
}

Result<LintTarget> lint_target(const fs::path& path, const GuestHost& host) { return target_of(path, host); }

Result<LintTarget> lint_target(const GuestPlace& place, const GuestHost& host, std::string shown_below) {
    LintTarget target(with_schemas(library::folder_content(place.folder), host.content), {}, std::move(shown_below));
    MLPATH_TRY(const auto guest, guest_in(place.folder, host.content));
    MLPATH_CHECK(make_guest(target, guest ? guest->name : place.name, host));
    return target;
}

Result<LintTarget> lint_target(std::unique_ptr<library::Content> content, std::string below, const std::string& guest,
                               const GuestHost& host) {
    const auto shown = below;
    LintTarget target(library::overlay_content(std::move(content), host.content), std::move(below), shown);
    MLPATH_CHECK(make_guest(target, guest, host));
    return target;
}

Result<LintReport> lint(const LintTarget& target) {
    MLPATH_TRY(auto loaded, target.load());
    return report_of(std::move(loaded), target);
}

}  // namespace mlpath::app
