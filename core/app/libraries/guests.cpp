#include "app/libraries/guests.hpp"

#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>

#include "app/judge/remembered.hpp"
#include "base/hash.hpp"
#include "base/kept_file.hpp"
#include "base/text.hpp"
#include "workspace/find.hpp"
#include "workspace/libraries.hpp"

namespace mlpath::app {

namespace {

constexpr std::string_view guests_title = "mlpath guest 1";

// What is not there belongs to nobody. A link belongs to whoever made it.
bool is_ours(const fs::path& path) {
    struct stat status{};
    return ::lstat(path.c_str(), &status) != 0 || status.st_uid == ::geteuid() || status.st_uid == 0;
}

// Whose check scripts would run with our rights.
bool all_ours(const fs::path& workspace, const GuestsHere& here) {
    return is_ours(workspace / ".mlpath") && is_ours(workspace / ".mlpath" / "workspace.json") &&
           is_ours(workspace / workspace::libraries_file) &&
           std::ranges::all_of(here.places, [](const GuestPlace& place) { return is_ours(place.folder); });
}

// What tells that no file of the library has changed; empty where that cannot be told yet.
std::string seen_files(const fs::path& folder, const std::vector<std::string>& paths, std::int64_t now_ns) {
    std::string seen;
    for (const auto& path : paths) {
        const auto identity = identity_of(folder / path);
        if (!identity || !was_settled(*identity, now_ns)) {
            return {};
        }
        for (const auto part :
             {identity->device, identity->inode, identity->size, static_cast<std::uint64_t>(identity->modified_ns),
              static_cast<std::uint64_t>(identity->changed_ns)}) {
            seen += std::to_string(part) + ' ';
        }
        seen += path + '\0';
    }
    return hash128_hex(seen);
}

Error changed(const GuestPlace& place) {
    return {ErrorKind::integrity,
            "the library `" + place.name + "` is not what was added: files of " + printable(place.folder.string()) +
                " were changed",
            {},
            "`mlpath library add " + shell_word(place.from) + "` brings it anew, `mlpath library remove " + place.name +
                "` removes it"};
}

Error absent(const GuestPlace& place) {
    return {ErrorKind::not_found,
            "the library `" + place.name + "`, which this workspace uses, is not here",
            {},
            "`mlpath library add " + shell_word(place.from) + "` brings it, `mlpath library remove " + place.name +
                "` does without"};
}

Result<library::Index> read_guest(const GuestPlace& place, const std::shared_ptr<const library::Content>& content,
                                  const GuestHost& host) {
    const auto whole = with_schemas(content, host.content);
    MLPATH_TRY(const auto basis, basis_of(*host.content, host.index));
    MLPATH_TRY(const auto loaded, library::load_guest(*whole, basis, place.name));
    if (!loaded.ok()) {
        auto error = to_error(loaded.faults);
        error.place.file = (place.folder / error.place.file).string();
        return fail(
            advised(std::move(error), "`mlpath lint " + shell_word(place.folder.string()) + "` tells every fault"));
    }
    return library::make_index(loaded.library);
}

}  // namespace

Error advised(Error error, std::string_view more) {
    error.hint += error.hint.empty() ? "" : error.hint.ends_with('?') ? " " : "; ";
    error.hint += more;
    return error;
}

std::string_view to_string(GuestKind kind) {
    switch (kind) {
        case GuestKind::named: return "named";
        case GuestKind::own: return "own";
        case GuestKind::added: return "added";
    }
    return "named";
}

Result<GuestsHere> guests_around(const fs::path& folder) {
    GuestsHere here;
    for (auto around = folder;; around = around.parent_path()) {
        std::error_code error;
        if (!fs::is_regular_file(around / ".mlpath" / "workspace.json", error)) {
            if (around == around.parent_path()) {
                return here;
            }
            continue;
        }
        const auto own = workspace::own_library(around);
        MLPATH_TRY(const auto added, workspace::read_libraries(around));
        if (own) {
            here.places.push_back({.kind = GuestKind::own, .folder = *own});
        }
        for (const auto& library : added) {
            here.places.push_back({GuestKind::added, library.name, workspace::folder_of(around, library), library.from,
                                   library.commit, library.sha256});
        }
        if (!here.places.empty() && !all_ours(around, here)) {
            here.places.clear();
            here.note = "the workspace " + printable(around.string()) +
                        ", or a library in it, belongs to another user: its libraries are not used";
        }
        return here;
    }
}

Result<std::optional<GuestPlace>> guest_in(const fs::path& folder,
                                           const std::shared_ptr<const library::Content>& program) {
    std::error_code error;
    if (!fs::exists(fs::symlink_status(folder / library::manifest_name, error))) {
        const bool is_own = folder.filename() == "library" &&
                            fs::is_regular_file(folder.parent_path() / ".mlpath" / "workspace.json", error);
        return is_own ? std::optional(GuestPlace{.name = std::string(library::name_of_ones_own), .folder = folder})
                      : std::nullopt;
    }
    const auto whole = with_schemas(library::folder_content(folder), program);
    auto manifest = library::load_manifest(*whole);
    if (!manifest) {
        manifest.error().place.file = (folder / library::manifest_name).string();
        return fail(manifest.error());
    }
    return std::optional(GuestPlace{.name = manifest->name, .folder = folder});
}

std::unique_ptr<library::Content> with_schemas(std::shared_ptr<const library::Content> guest,
                                               std::shared_ptr<const library::Content> program) {
    return library::overlay_content(std::move(guest), std::move(program));
}

Result<library::Basis> basis_of(const library::Content& content, const library::Index& index) {
    library::Basis basis{.index = &index};
    if (!index.datasets.empty()) {
        MLPATH_TRY(basis.datasets, library::load_datasets(content));
    }
    for (const auto& id : library::package_group_ids(content)) {
        MLPATH_TRY(const auto text, content.read(library::pins_path(id)));
        MLPATH_TRY(basis.package_groups[id], library::read_pins(text, library::pins_path(id)));
    }
    return basis;
}

Result<OpenGuest> open_guest(const GuestPlace& place, const GuestHost& host) {
    OpenGuest guest{.place = place, .content = library::folder_content(place.folder)};
    std::error_code error;
    if (!fs::is_directory(place.folder, error)) {
        return fail(absent(place));
    }
    if (place.kind == GuestKind::own) {
        MLPATH_TRY(const auto named, guest_in(place.folder, host.content));
        guest.place.name = named->name;
    }
    const auto now_ns =
        std::chrono::duration_cast<std::chrono::nanoseconds>(host.clock.now().time_since_epoch()).count();
    MLPATH_TRY(const auto paths, guest.content->list(""));
    const auto seen = host.seen.empty() ? std::string() : seen_files(place.folder, paths, now_ns);
    const auto file = system::cache_folder(host.environment) / "guests" / hash128_hex(place.folder.string());
    const auto first_line = host.seen + ' ' + seen + ' ' + guest.place.name + ' ' + place.sha256 + '\n';
    if (!seen.empty()) {
        const auto kept = read_kept(file, guests_title);
        if (kept && kept->starts_with(first_line)) {
            if (auto index = library::read_index(std::string_view(*kept).substr(first_line.size()))) {
                guest.index = std::move(*index);
                return guest;
            }
        }
    }
    if (!place.sha256.empty()) {
        MLPATH_TRY(const auto sha256, library_hash(*guest.content));
        if (sha256 != place.sha256) {
            return fail(changed(place));
        }
    }
    MLPATH_TRY(guest.index, read_guest(guest.place, guest.content, host));
    if (!seen.empty()) {
        host.log.kept("the index of the library `" + place.name + "`",
                      write_kept(file, guests_title, first_line + library::write_index(guest.index)));
    }
    return guest;
}

}  // namespace mlpath::app
