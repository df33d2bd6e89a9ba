#include <algorithm>
#include <system_error>

#include "base/hash.hpp"
#include "base/text.hpp"
#include "host.hpp"
#include "library/embedded.hpp"
#include "library/library.hpp"
#include "workspace/links.hpp"

namespace mlpath::cli {

namespace {

constexpr std::string_view variable = "MLPATH_LIBRARY";

// `library/` and `../ws/library` are one.
fs::path real_folder(const std::string& folder) {
    std::error_code error;
    const auto real = fs::canonical(folder, error);
    return error ? fs::path(folder) : real;
}

// Two libraries of one name would mix.
Status must_differ(const std::vector<app::GuestPlace>& guests, const app::GuestPlace& next) {
    const auto twin = std::ranges::find(guests, next.name, &app::GuestPlace::name);
    if (twin == guests.end()) {
        return {};
    }
    return fail(ErrorKind::usage,
                "two libraries are named `" + next.name + "`: " + printable(twin->folder.string()) + " and " +
                    printable(next.folder.string()),
                "give one of them another name in its library.json and to its ids, or `mlpath library remove " +
                    next.name + "`");
}

}  // namespace

// Folders with a library.json are guests; at most one without takes the place of what is built in.
Status Host::open_library() {
    if (m_base != nullptr) {
        return {};
    }
    auto chosen = m_options.libraries;
    const bool by_variable = chosen.empty() && !m_environment.get(variable).value_or("").empty();
    if (by_variable) {
        chosen.push_back(*m_environment.get(variable));
    }
    const std::shared_ptr<const library::Content> built_in = library::blob_content(library::embedded_blob());
    std::shared_ptr<const library::Content> alone;
    for (const auto& folder : chosen) {
        std::error_code error;
        if (!fs::is_directory(folder, error)) {
            return fail(ErrorKind::usage, "the library `" + printable(folder) + "` is not a folder",
                        by_variable ? "MLPATH_LIBRARY names it: correct or unset it"
                                    : "`--library` takes a folder with `curricula` and `templates`");
        }
        MLPATH_TRY(auto guest, app::guest_in(real_folder(folder), built_in));
        const bool again =
            guest && std::ranges::find(m_named, guest->folder, &app::GuestPlace::folder) != m_named.end();
        if (again) {
            continue;
        }
        if (guest) {
            MLPATH_CHECK(must_differ(m_named, *guest));
            m_named.push_back(std::move(*guest));
        } else if (alone == nullptr) {
            // A folder of an author needs no schemas and no harness of its own.
            alone = library::overlay_content(library::folder_content(folder), built_in);
        } else {
            return fail(ErrorKind::usage,
                        "only one library can stand alone, and neither " + printable(alone->origin()) + " nor " +
                            printable(folder) + " has a name",
                        "give one of them a library.json with its `name`");
        }
    }
    m_base = alone == nullptr ? built_in : alone;
    note("library: " + m_base->origin());
    return {};
}

Result<const library::Index*> Host::base_index() {
    MLPATH_CHECK(open_library());
    if (!m_base_index && m_base->validated("curricula/topics.json")) {
        MLPATH_TRY(m_base_index, library::read_index(library::embedded_index()));
    } else if (!m_base_index) {
        MLPATH_TRY(const auto loaded, library::load(*m_base));
        if (!loaded.ok()) {
            return fail(app::advised(to_error(loaded.faults), "`mlpath lint` tells every fault"));
        }
        m_base_index = library::make_index(loaded.library);
    }
    return &*m_base_index;
}

Result<const library::Content*> Host::library_alone() {
    MLPATH_CHECK(open_library());
    return m_base.get();
}

Result<app::GuestHost> Host::guest_host() {
    MLPATH_TRY(const auto* index, base_index());
    const bool built_in = m_base->validated("curricula/topics.json");
    return app::GuestHost{
        m_base,        *index,  built_in ? MLPATH_VERSION "-" + hash128_hex(library::embedded_index()) : std::string(),
        m_environment, m_clock, m_log};
}

Result<std::vector<app::GuestPlace>> Host::guest_places(Guests guests) {
    MLPATH_CHECK(open_library());
    auto places = m_named;
    if (guests != Guests::named) {
        MLPATH_TRY(const auto here,
                   app::guests_around(workspace::folder_we_stand_in(m_environment).value_or(fs::path())));
        if (!here.note.empty()) {
            remark(here.note);
        }
        places.insert(places.end(), here.places.begin(), here.places.end());
    }
    return places;
}

Status Host::open_guests(Guests which) {
    if (m_guests_open) {
        return {};
    }
    auto places = guest_places(which);
    if (!places && which != Guests::that_open) {
        return fail(places.error());
    }
    if (!places) {
        m_guest_troubles.push_back(places.error());
        places = m_named;
    }
    const auto is_named = [&](const app::GuestPlace& place) {
        return place.kind != app::GuestKind::named &&
               std::ranges::find(m_named, place.name, &app::GuestPlace::name) != m_named.end();
    };
    std::vector<library::Guest> guests;
    for (const auto& place : *places) {
        if (is_named(place)) {  // the one of the command line is used, and this one need not be whole
            continue;
        }
        MLPATH_TRY(const auto host, guest_host());
        auto opened = app::open_guest(place, host);
        if (opened && is_named(opened->place)) {
            continue;
        }
        const auto usable = opened ? must_differ(m_guests, opened->place) : Status(fail(opened.error()));
        if (!usable && which == Guests::that_open) {
            m_guest_troubles.push_back(usable.error());
            continue;
        }
        MLPATH_CHECK(usable);
        note("library " + opened->place.name + ": " + opened->place.folder.string());
        if (!m_joined_index) {
            m_joined_index = *m_base_index;
        }
        library::add_guest(*m_joined_index, std::move(opened->index));
        guests.push_back({opened->place.name, opened->content});
        m_guests.push_back(std::move(opened->place));
    }
    if (!guests.empty()) {
        m_joined = library::joined_content(m_base, std::move(guests));
    }
    m_guests_open = true;
    return {};
}

Result<const library::Content*> Host::content(Guests guests) {
    MLPATH_CHECK(open_guests(guests));
    return m_joined == nullptr ? m_base.get() : m_joined.get();
}

Result<const library::Index*> Host::index(Guests guests) {
    MLPATH_CHECK(open_guests(guests));
    return m_joined_index ? &*m_joined_index : base_index();
}

Result<app::Context> Host::context(Guests guests) {
    MLPATH_TRY(const auto* texts, content(guests));
    MLPATH_TRY(const auto* compiled, index(guests));
    MLPATH_TRY(auto folder, workspace::folder_we_stand_in(m_environment));
    app::Context context{m_environment, m_clock, m_random, *texts, *compiled, std::move(folder)};
    for (const auto& guest : m_guests) {
        context.joined.push_back({guest.name, guest.folder});
    }
    context.log = m_log;
    return context;
}

}  // namespace mlpath::cli
