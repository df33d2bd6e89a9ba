#include "app/libraries/library_add.hpp"

#include <algorithm>

#include "app/judge/remembered.hpp"
#include "app/libraries/clone.hpp"
#include "base/text.hpp"
#include "base/walk.hpp"
#include "workspace/address.hpp"
#include "workspace/find.hpp"
#include "workspace/libraries.hpp"
#include "workspace/staging.hpp"

namespace mlpath::app {

namespace {

constexpr std::uintmax_t most_library_bytes = 1u << 30;  // of a library together
constexpr std::size_t most_files = 20'000;

Result<fs::path> workspace_around(const LibraryTools& tools) {
    MLPATH_TRY(const auto workspace, workspace::find_workspace(tools.folder));
    if (!workspace) {
        return fail(ErrorKind::usage, "there is no workspace here, and libraries are added to one",
                    "`mlpath init` makes this folder one");
    }
    return workspace->folder;
}

// Two of them at once would write over each other's list.
Result<FileLock> lock(const fs::path& workspace) {
    return FileLock::take(workspace / ".mlpath" / "local" / "libraries.lock", 10'000);
}

// Of a folder only what is the library: not what else lies in its repository.
class LibraryView final : public library::Content {
public:
    explicit LibraryView(const library::Content& folder) : m_folder(folder) {}
    Result<std::string> read(std::string_view path) const override { return m_folder.read(path); }
    Result<std::vector<std::string>> list(std::string_view prefix) const override {
        MLPATH_TRY(auto paths, m_folder.list(prefix));
        std::erase_if(paths, [](const std::string& path) {
            return !path.starts_with("curricula/") && !path.starts_with("templates/") &&
                   path != library::manifest_name && !path.starts_with("README") && !path.starts_with("LICENSE");
        });
        return paths;
    }
    std::string origin() const override { return m_folder.origin(); }

private:
    const library::Content& m_folder;
};

// A part that may not be read would be left out without a word.
Status must_be_readable(const fs::path& folder) {
    for (const auto* part : {"curricula", "templates"}) {
        std::error_code error;
        if (!fs::is_directory(fs::symlink_status(folder / part, error))) {
            continue;
        }
        MLPATH_CHECK(walk(
            folder / part, [](const Met&) -> Result<Step> { return Step::on; }, Unreadable::fails,
            "cannot look into all of"));
    }
    return {};
}

Status copy_library(const library::Content& folder, const fs::path& into, const std::stop_token& stop) {
    const LibraryView view(folder);
    MLPATH_TRY(const auto paths, view.list(""));
    std::uintmax_t bytes = 0;
    for (const auto& path : paths) {
        if (stop.stop_requested()) {
            return fail(ErrorKind::interrupted, "interrupted");
        }
        MLPATH_TRY(const auto text, view.read(path));
        bytes += text.size();
        if (bytes > most_library_bytes || paths.size() > most_files) {
            return fail(ErrorKind::malformed,
                        printable(folder.origin()) + " is too large for a library: at most " +
                            std::to_string(most_files) + " files and 1 GB together",
                        "datasets belong in curricula/datasets.json, by their addresses");
        }
        MLPATH_CHECK(write_file(into / path, text, Durability::cached));
    }
    return {};
}

LibraryReport report_of(const OpenGuest& guest, const std::shared_ptr<const library::Content>& program) {
    LibraryReport report{.place = guest.place};
    const auto manifest = library::load_manifest(*with_schemas(guest.content, program));
    report.title = manifest ? manifest->title : "your own library";
    report.curricula = guest.index.curricula.size();
    report.topics = guest.index.topics.size();
    report.projects = guest.index.projects.size();
    report.quizzes = guest.index.quizzes.size();
    report.datasets = guest.index.datasets.size();
    for (const auto& path : guest.content->list("templates/").value_or(std::vector<std::string>())) {
        report.check_scripts += path.find("/checks/") != std::string::npos && path.ends_with(".py") ? 1 : 0;
    }
    return report;
}

// The library as it is now, wherever it lies: in a folder of the user's, or in one that was cloned for it.
struct Source {
    std::string from{};
    std::string commit{};
    fs::path folder{};
    std::optional<TemporaryFolder> cloned{};
};

Result<Source> get_source(const LibraryTools& tools, const std::string& from, const std::stop_token& stop) {
    Source source{.from = from};
    MLPATH_TRY(const auto address, workspace::read_address(from));
    if (!address) {
        std::error_code error;
        source.folder = fs::canonical(tools.folder / from, error);
        if (error || !fs::is_directory(source.folder, error)) {
            return fail(ErrorKind::usage, "`" + printable(from) + "` is not a folder",
                        "name the folder of a library, or an address with a tag: https://example.org/acme/library@v1");
        }
        source.from = source.folder.string();
        if (!is_utf8(source.from)) {
            return fail(ErrorKind::usage,
                        "the name of " + printable(source.from) + " is not UTF-8, so it cannot be kept",
                        "rename the folder, or copy the library elsewhere");
        }
        return source;
    }
    MLPATH_TRY(source.cloned, TemporaryFolder::make("mlpath-library-"));
    source.folder = source.cloned->path() / "library";
    MLPATH_TRY(source.commit, clone(*address, source.folder, tools.environment, tools.processes, stop));
    return source;
}

Error nameless(const Source& source) {
    return {
        ErrorKind::usage,
        printable(source.from) + " has no library.json, so it has no name",
        {},
        R"(its author writes one: {"format": 1, "name": "acme", "title": "Acme's projects"}; a whole library of its own is used with `--library`)"};
}

Status may_be_added(const GuestPlace& found, const std::vector<workspace::AddedLibrary>& known,
                    const fs::path& workspace, const LibraryTools& tools) {
    const auto own = workspace::own_library(workspace);
    const auto named = own ? guest_in(*own, tools.host.content) : Result<std::optional<GuestPlace>>(std::nullopt);
    const auto own_name = named && *named ? (*named)->name : std::string();
    if (found.name == own_name || found.name == library::name_of_ones_own) {
        return fail(ErrorKind::usage, "the name `" + found.name + "` is that of the workspace's own library",
                    "its author gives it another name in library.json");
    }
    const auto twin = std::ranges::find(known, found.name, &workspace::AddedLibrary::name);
    if (twin == known.end() || twin->from == found.from) {
        return {};
    }
    // Another tag of the same address is a newer version; another address is another library.
    const auto before = workspace::read_address(twin->from);
    const auto now = workspace::read_address(found.from);
    if (before && now && *before && *now && (*before)->url == (*now)->url) {
        return {};
    }
    return fail(ErrorKind::usage, "a library `" + found.name + "` is there already, from " + printable(twin->from),
                "`mlpath library remove " + found.name + "` first, if this one is to take its place");
}

// Copies it to where it belongs; false where it was there, whole. What is kept is what was looked at.
Result<bool> lay_library(const Source& source, const GuestPlace& place, const LibraryTools& tools,
                         const std::stop_token& stop) {
    const auto laid = library::folder_content(place.folder);
    std::error_code error;
    if (fs::is_directory(place.folder, error)) {
        if (library_hash(*laid).value_or("") == place.sha256) {
            return false;
        }
        MLPATH_CHECK(remove_tree(place.folder));  // half of it, or changed since
    }
    MLPATH_TRY(auto staging, workspace::Staging::make(place.folder));
    MLPATH_CHECK(copy_library(*library::folder_content(source.folder), staging.path(), stop));
    MLPATH_TRY(const auto sha256, library_hash(*library::folder_content(staging.path())));
    if (sha256 != place.sha256) {
        return fail(ErrorKind::busy, "the library changed while it was copied", "try again");
    }
    MLPATH_CHECK(staging.publish());
    // Git would change ends of lines, or leave files out, and the copy were another one: `add` brings it anew.
    tools.host.log.kept("that git leaves the library out",
                        write_file(place.folder.parent_path() / ".gitignore", "*\n", Durability::cached));
    return true;
}

std::string library_told(const Error& error) {
    const auto where = error.place.file.empty() ? std::string()
                       : error.place.line == 0  ? error.place.file + ": "
                                                : error.place.file + ':' + std::to_string(error.place.line) + ": ";
    return printable(where) + error.message + (error.hint.empty() ? "" : "; " + error.hint);
}

std::string first_ready(const library::Index& index) {
    const auto ready = std::ranges::find(index.projects, library::ProjectStatus::ready, &library::IndexProject::status);
    return ready == index.projects.end() ? std::string() : ready->id;
}

Error not_what_was_pinned(const GuestPlace& place, const workspace::AddedLibrary& before) {
    return {ErrorKind::integrity,
            printable(place.from) + " is not what it was when it was added: its tag was moved, or somebody changed it",
            {},
            "ask its author; `mlpath library remove " + before.name + "` and adding it again takes it as it is now"};
}

// What was cloned is gone when the error is read.
Error as_in_repository(Error error, const Source& source) {
    const auto before = source.folder.string() + '/';
    if (error.place.file.starts_with(before)) {
        error.place.file.erase(0, before.size());
    }
    error.hint = "tell its author; with a clone of your own, `mlpath lint` of its folder tells every fault";
    return error;
}

// Found sound, laid, and written down, in this order: at every moment the list names what is whole.
Result<LibraryAdded> take_in(const LibraryTools& tools, const fs::path& workspace, const Source& source,
                             GuestPlace place, std::vector<workspace::AddedLibrary> known,
                             const std::stop_token& stop) {
    MLPATH_CHECK(must_be_readable(source.folder));
    const auto content = library::folder_content(source.folder);
    MLPATH_TRY(place.sha256, library_hash(LibraryView(*content)));
    const workspace::AddedLibrary entry{place.name, place.from, place.commit, place.sha256};
    place.folder = workspace::folder_of(workspace, entry);
    const auto twin = std::ranges::find(known, place.name, &workspace::AddedLibrary::name);
    LibraryAdded added;
    if (twin != known.end() && twin->from == place.from && !place.commit.empty() && twin->sha256 != place.sha256) {
        return fail(not_what_was_pinned(place, *twin));
    }
    // Where it lies in the source, so that faults name the author's files.
    if (const auto sound = open_guest({GuestKind::named, place.name, source.folder}, tools.host); !sound) {
        return fail(source.cloned ? as_in_repository(sound.error(), source) : sound.error());
    }
    MLPATH_TRY(const auto laid, lay_library(source, place, tools, stop));
    if (twin != known.end()) {
        added.outcome = twin->sha256 != place.sha256 ? AddOutcome::replaced
                        : laid                       ? AddOutcome::restored
                                                     : AddOutcome::already;
    }
    const auto before = twin == known.end() ? std::optional<workspace::AddedLibrary>() : std::optional(*twin);
    if (before) {
        *twin = entry;
    } else {
        known.push_back(entry);
    }
    if (!before || before->from != entry.from || before->sha256 != entry.sha256 || before->commit != entry.commit) {
        MLPATH_CHECK(workspace::write_libraries(workspace, known));
    }
    if (before && before->sha256 != entry.sha256) {
        MLPATH_CHECK(remove_tree(workspace::folder_of(workspace, *before)));
    }
    MLPATH_TRY(const auto opened, open_guest(place, tools.host));
    added.library = report_of(opened, tools.host.content);
    added.curriculum = opened.index.curricula.empty() ? std::string() : opened.index.curricula.begin()->id;
    added.project = first_ready(opened.index);
    return added;
}

}  // namespace

Result<LibraryAdded> add_library(const LibraryTools& tools, const std::string& from, const std::stop_token& stop) {
    MLPATH_TRY(const auto workspace, workspace_around(tools));
    MLPATH_TRY(const auto source, get_source(tools, from, stop));
    MLPATH_TRY(auto place, guest_in(source.folder, tools.host.content));
    if (!place) {
        return fail(nameless(source));
    }
    place->kind = GuestKind::added;
    place->from = source.from;
    place->commit = source.commit;
    MLPATH_TRY(const auto held, lock(workspace));
    MLPATH_TRY(auto known, workspace::read_libraries(workspace));
    MLPATH_CHECK(may_be_added(*place, known, workspace, tools));
    return take_in(tools, workspace, source, std::move(*place), std::move(known), stop);
}

Result<GuestPlace> remove_library(const LibraryTools& tools, const std::string& name) {
    MLPATH_TRY(const auto workspace, workspace_around(tools));
    MLPATH_TRY(const auto held, lock(workspace));
    MLPATH_TRY(auto known, workspace::read_libraries(workspace));
    const auto found = std::ranges::find(known, name, &workspace::AddedLibrary::name);
    if (found == known.end()) {
        std::vector<std::string> names;
        std::ranges::transform(known, std::back_inserter(names), &workspace::AddedLibrary::name);
        const auto meant = nearest(name, names);
        return fail(ErrorKind::not_found, "no library `" + printable(name) + "` was added",
                    meant ? "did you mean `" + *meant + "`?" : "`mlpath library` shows what there is");
    }
    const auto removed = *found;
    known.erase(found);
    MLPATH_CHECK(workspace::write_libraries(workspace, known));
    const auto folder = workspace::folder_of(workspace, removed);
    if (const auto gone = remove_tree(folder); !gone) {  // what is left of it is used by nobody
        tools.host.log.warning("not removed",
                               [&] { return LogFields{{"what", folder.string()}, {"why", gone.error().message}}; });
    }
    return GuestPlace{GuestKind::added, removed.name, folder, removed.from, removed.commit, removed.sha256};
}

Result<LibraryList> list_libraries(const LibraryTools& tools) {
    MLPATH_TRY(const auto here, guests_around(tools.folder));
    LibraryList list{.note = here.note};
    for (const auto& place : here.places) {
        const auto opened = open_guest(place, tools.host);
        if (!opened) {
            list.libraries.push_back({.place = place, .trouble = library_told(opened.error())});
            continue;
        }
        auto report = report_of(*opened, tools.host.content);
        const bool twin = std::ranges::any_of(
            list.libraries, [&](const LibraryReport& other) { return other.place.name == report.place.name; });
        if (twin) {
            report.trouble = "another library here has the same name; `mlpath library remove " + report.place.name +
                             "`, or another name in one library's library.json, fixes that";
        }
        list.libraries.push_back(std::move(report));
    }
    return list;
}

}  // namespace mlpath::app
