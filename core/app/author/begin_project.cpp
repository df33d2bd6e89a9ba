#include "app/author/begin_project.hpp"

#include <algorithm>

#include "app/author/lint.hpp"
#include "app/author/project_like.hpp"
#include "app/project/subject.hpp"
#include "base/text.hpp"
#include "json/document.hpp"
#include "library/library.hpp"
#include "workspace/staging.hpp"

namespace mlpath::app {

namespace {

constexpr std::string_view project_manifest = "project.json";

// A library as it will be: the files of a new project beside those that are there.
class WithProject final : public library::Content {
public:
    WithProject(std::unique_ptr<library::Content> folder, std::string below, const TemplateFiles& files)
        : m_folder(std::move(folder)), m_below(std::move(below)), m_files(files) {}

    Result<std::string> read(std::string_view path) const override {
        if (path.starts_with(m_below)) {
            const auto found = m_files.find(std::string(path.substr(m_below.size())));
            return found != m_files.end() ? Result<std::string>(found->second)
                                          : fail(ErrorKind::not_found, "no file " + printable(path));
        }
        return m_folder->read(path);
    }
    Result<std::vector<std::string>> list(std::string_view prefix) const override {
        MLPATH_TRY(auto paths, m_folder->list(prefix));
        std::erase_if(paths, [&](const std::string& path) { return path.starts_with(m_below); });
        for (const auto& [name, bytes] : m_files) {
            if (auto path = m_below + name; path.starts_with(prefix)) {
                paths.push_back(std::move(path));
            }
        }
        std::ranges::sort(paths);
        return paths;
    }
    std::string origin() const override { return m_folder->origin(); }

private:
    std::unique_ptr<library::Content> m_folder;
    std::string m_below;  // "templates/acme-chess/"
    const TemplateFiles& m_files;
};

// "Customer churn!" as an id: "customer-churn".
std::string as_id(std::string_view name) {
    std::string id;
    for (const char c : to_lower_ascii(name)) {
        const bool counts = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
        if (counts) {
            id += c;
        } else if (!id.empty() && id.back() != '-') {
            id += '-';
        }
    }
    id.erase(id.find_last_not_of('-') + 1);
    return id.substr(0, 40);
}

std::string begin_command(const std::string& id, const std::string& like) {
    return "`mlpath author new " + id + " --like " + like + "`";
}

Status must_be_a_name(const BeginRequest& request, const std::string& guest) {
    const auto like = is_id(request.like) ? request.like : "titanic";
    if (!is_id(request.id)) {
        const auto id = as_id(request.id);
        return fail(ErrorKind::usage, "`" + printable(request.id) + "` cannot be the name of a project",
                    "write lower-case letters and digits, joined by hyphens, 64 at most: " +
                        begin_command(is_id(id) ? id : "customer-churn", like));
    }
    if (!guest.empty() && !library::belongs_to(request.id, guest)) {
        return fail(ErrorKind::usage,
                    "`" + request.id + "` does not begin with `" + guest + "-`, as every id of this library does",
                    begin_command(guest + '-' + request.id, like));
    }
    return {};
}

// The name of a guest; empty of a library that stands alone.
Result<std::string> name_of_library(const fs::path& folder, const GuestHost& host) {
    MLPATH_TRY(const auto guest, guest_in(folder, host.content));
    return guest ? guest->name : std::string();
}

Error taken(const fs::path& folder, const std::string& id) {
    return {ErrorKind::usage,
            "there is already a project `" + id + "` in " + printable(folder.parent_path().string()),
            {},
            "choose another name, or work on this one: `mlpath author try " + id + "`; nothing in it was touched"};
}

// The manifest of a project that is only announced; empty where nothing is there.
Result<std::string> announced_at(const fs::path& folder, const std::string& id) {
    if (workspace::must_be_free(folder)) {
        return std::string();
    }
    std::error_code error;
    auto text = fs::is_directory(fs::symlink_status(folder, error)) ? read_file(folder / project_manifest)
                                                                    : Result<std::string>(fail(taken(folder, id)));
    const auto parsed = json::parse(text.value_or(""), std::string(project_manifest));
    const auto& value = parsed.value;
    const bool planned = parsed.ok() && value.is_object() && value.contains("status") && value["status"] == "planned";
    return planned ? text : Result<std::string>(fail(taken(folder, id)));
}

// Beside its manifest there may be what a run that was killed left behind: the same as is written now.
Status must_hold_no_more(const fs::path& folder, const TemplateFiles& files, const std::string& id) {
    MLPATH_TRY(const auto names, files_below(folder));
    for (const auto& name : names) {
        const auto ours = files.find(name);
        if (name != project_manifest && (ours == files.end() || read_file(folder / name) != ours->second)) {
            return fail(taken(folder, id));
        }
    }
    return {};
}

Status must_be_ready(const Context& context, const std::string& like) {
    std::vector<std::string> ready;
    for (const auto& project : context.index.projects) {
        if (project.status == library::ProjectStatus::ready) {
            ready.push_back(project.id);
        }
    }
    if (std::ranges::find(ready, like) != ready.end()) {
        return {};
    }
    const auto* project = context.index.projects.find(like);
    if (project == nullptr) {
        return fail(library::no_such("project", like, ready));
    }
    return fail(ErrorKind::usage, "`" + like + "` is only planned, so no project can be like it yet",
                "there are " + list_of(ready));
}

Status must_be_sound(const TemplateFiles& files, const BeginRequest& request, const std::string& guest,
                     const GuestHost& host) {
    const auto below = library::template_path(request.id, "");
    MLPATH_TRY(const auto target,
               lint_target(std::make_unique<WithProject>(library::folder_content(request.library), below, files), below,
                           guest, host));
    MLPATH_TRY(const auto report, lint(target));
    if (report.errors == 0) {
        return {};
    }
    return fail(advised(to_error(report.faults), "so the project was not made, and nothing was written"));
}

// Into the folder of a project that was only announced: the manifest last, so that until then it is that project still.
Status fill(const fs::path& folder, const TemplateFiles& files) {
    const auto write = [&](const std::string& name, const std::string& bytes) {
        return write_file(folder / name, bytes);
    };
    Status written;
    for (auto file = files.begin(); written && file != files.end(); ++file) {
        written = file->first == project_manifest ? Status() : write(file->first, file->second);
    }
    if (written) {
        written = write(std::string(project_manifest), files.at(std::string(project_manifest)));
    }
    if (!written) {
        std::error_code ignored;
        for (const auto& [name, bytes] : files) {
            const auto first = *fs::path(name).begin();
            if (first != project_manifest) {
                fs::remove_all(folder / first, ignored);
            }
        }
    }
    return written;
}

Status write_anew(const fs::path& folder, const TemplateFiles& files) {
    MLPATH_TRY(auto staging, workspace::Staging::make(folder));
    for (const auto& [name, bytes] : files) {
        MLPATH_CHECK(write_file(staging.path() / name, bytes, Durability::cached));
    }
    return staging.publish();
}

}  // namespace

Status must_be_to_write(const fs::path& library) {
    std::error_code error;
    if (!fs::is_directory(library, error)) {
        return fail(ErrorKind::usage, "`" + printable(library.string()) + "` is not a folder",
                    "`--library` takes the folder of your library");
    }
    if (std::ranges::find(library, fs::path(".mlpath")) != library.end()) {
        return fail(ErrorKind::usage,
                    printable(library.string()) + " is a copy that a workspace made, and copies are not written to",
                    "name the folder that it was copied from; `mlpath library` tells");
    }
    const bool is_own = library.filename() == "library" && is_workspace(library.parent_path());
    if (!is_own && !fs::is_regular_file(library / library::manifest_name, error) &&
        !fs::is_directory(library / "curricula", error)) {
        return fail(ErrorKind::usage, printable(library.string()) + " is not a library: it has no library.json",
                    R"(one line makes it one: { "format": 1, "name": "acme", "title": "Projects of Acme" })");
    }
    return {};
}

Result<BegunProject> begin_project(const Context& context, const GuestHost& host, const BeginRequest& request) {
    MLPATH_CHECK(must_be_to_write(request.library));
    MLPATH_TRY(const auto guest, name_of_library(request.library, host));
    MLPATH_CHECK(must_be_a_name(request, guest));
    MLPATH_CHECK(must_be_ready(context, request.like));
    const auto target = request.library / "templates" / request.id;
    MLPATH_TRY(const auto announced, announced_at(target, request.id));
    MLPATH_TRY(const auto files, template_files(context.content, request.like, ""));
    MLPATH_TRY(const auto copy, project_like(files, request.like, request.id, announced));
    MLPATH_CHECK(must_be_sound(copy.files, request, guest, host));
    if (!announced.empty()) {
        MLPATH_CHECK(must_hold_no_more(target, copy.files, request.id));
    }
    MLPATH_CHECK(announced.empty() ? write_anew(target, copy.files) : fill(target, copy.files));
    BegunProject begun{.id = request.id,
                       .like = request.like,
                       .library = request.library,
                       .folder = target,
                       .module_before = copy.module_before,
                       .module_now = copy.module_now,
                       .marks = copy.marks,
                       .was_planned = !announced.empty()};
    for (const auto& [name, bytes] : copy.files) {
        begun.files.push_back(name);
    }
    return begun;
}

}  // namespace mlpath::app
