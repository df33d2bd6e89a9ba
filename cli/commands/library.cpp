#include "app/libraries/library_add.hpp"

#include <memory>

#include "base/text.hpp"
#include "commands/all.hpp"
#include "host.hpp"
#include "render/words.hpp"
#include "workspace/links.hpp"

namespace mlpath::cli {

namespace {

struct LibraryInput {
    std::string action{};
    std::string what{};
};

std::string_view name_of(app::AddOutcome outcome) {
    switch (outcome) {
        case app::AddOutcome::added: return "added";
        case app::AddOutcome::already: return "already";
        case app::AddOutcome::replaced: return "replaced";
        case app::AddOutcome::restored: return "restored";
    }
    return "added";
}

std::string sentence_for(const app::LibraryAdded& added) {
    const auto named = "`" + added.library.place.name + "` (" + printable(added.library.title) + ")";
    switch (added.outcome) {
        case app::AddOutcome::added: return "Added the library " + named + ".";
        case app::AddOutcome::already: return "The library " + named + " is there already, and nothing was changed.";
        case app::AddOutcome::replaced: return "Replaced the library " + named + " by what it is now.";
        case app::AddOutcome::restored: return "Brought the library " + named + " back.";
    }
    return {};
}

std::string holds(const app::LibraryReport& library) {
    std::vector<std::string> parts;
    const auto add = [&](std::size_t count, std::string_view one, std::string_view many) {
        if (count > 0) {
            parts.push_back(count_of(count, one, many));
        }
    };
    add(library.curricula, "curriculum", "curricula");
    add(library.topics, "topic", "topics");
    add(library.projects, "project", "projects");
    add(library.quizzes, "quiz", "quizzes");
    add(library.datasets, "dataset", "datasets");
    return parts.empty() ? "nothing yet" : join(parts, ", ");
}

Json json_for(const app::LibraryReport& library) {
    Json object{{"name", library.place.name},
                {"kind", app::to_string(library.place.kind)},
                {"folder", library.place.folder.string()}};
    if (!library.trouble.empty()) {
        object["trouble"] = library.trouble;
    } else {
        object.update(Json{{"title", library.title},
                           {"curricula", library.curricula},
                           {"topics", library.topics},
                           {"projects", library.projects},
                           {"quizzes", library.quizzes},
                           {"datasets", library.datasets},
                           {"check_scripts", library.check_scripts}});
    }
    if (library.place.kind == app::GuestKind::added) {
        object.update(Json{{"from", library.place.from}, {"sha256", library.place.sha256}});
        if (!library.place.commit.empty()) {
            object["commit"] = library.place.commit;
        }
    }
    return object;
}

Result<app::LibraryTools> tools_of(Host& host, const app::GuestHost& guests) {
    return app::LibraryTools{host.environment(), host.processes(), guests,
                             workspace::folder_we_stand_in(host.environment()).value_or(fs::path())};
}

void write_added(Page& page, const app::LibraryAdded& added) {
    const auto& library = added.library;
    page.line(sentence_for(added), Tone::strong);
    page.line("It holds " + holds(library) + "; all its ids begin with `" + library.place.name + "-`.");
    if (library.check_scripts > 0) {
        page.line("Its checks are programs of its author (" + count_of(library.check_scripts, "file") +
                      "), which run with your rights when you check its projects: use it as you would a package that "
                      "you install.",
                  Tone::doubtful);
    }
    if (!added.curriculum.empty()) {
        page.line().line("Follow it:").command("mlpath init . --curriculum " + added.curriculum);
    } else if (!added.project.empty()) {
        page.line().line("Start a project of it:").command("mlpath new " + added.project);
    }
}

Result<Exit> add(Host& host, const app::LibraryTools& tools, const std::string& from) {
    MLPATH_TRY(const auto added, app::add_library(tools, from, host.stop()));
    if (host.json()) {
        auto object = json_for(added.library);
        object["outcome"] = name_of(added.outcome);
        host.print(std::move(object));
        return Exit::done;
    }
    Page page(host.out_terminal());
    write_added(page, added);
    host.print(page);
    return Exit::done;
}

Result<Exit> remove(Host& host, const app::LibraryTools& tools, const std::string& name) {
    MLPATH_TRY(const auto removed, app::remove_library(tools, name));
    host.answer([&] { return Json{{"removed", removed.name}, {"from", removed.from}}; },
                [&](Page& page) {
                    page.line("Removed the library `" + removed.name + "`; what you began with it stays where it is.",
                              Tone::strong);
                    page.line("To have it again:").command("mlpath library add " + shell_word(removed.from));
                });
    return Exit::done;
}

Result<Exit> list(Host& host, const app::LibraryTools& tools) {
    MLPATH_TRY(const auto listed, app::list_libraries(tools));
    const auto& libraries = listed.libraries;
    if (!listed.note.empty()) {
        host.remark(listed.note);
    }
    const bool sound = std::ranges::all_of(libraries, [](const auto& library) { return library.trouble.empty(); });
    if (host.json()) {
        auto all = Json::array();
        for (const auto& library : libraries) {
            all.push_back(json_for(library));
        }
        host.print(Json{{"libraries", std::move(all)}});
        return sound ? Exit::done : Exit::untold;
    }
    Page page(host.out_terminal());
    for (const auto& library : libraries) {
        const auto name = library.place.name.empty() ? std::string("library/") : library.place.name;
        if (!library.trouble.empty()) {
            page.labelled(name, Tone::bad, library.trouble);
            continue;
        }
        page.labelled(name, Tone::accent, printable(library.title) + ": " + holds(library));
        page.line(
            "  " + (library.place.kind == app::GuestKind::own
                        ? "in " + near_path(library.place.folder)
                        : "from " + printable(library.place.from) + ", SHA-256 " + library.place.sha256.substr(0, 12)),
            Tone::faint);
    }
    if (libraries.empty()) {
        page.line("There are no libraries beside the built-in one here.");
        page.line("One from elsewhere:").command("mlpath library add https://example.org/acme/library@v1.0");
        page.line("Your own lies in `library/` of the workspace, with `curricula/` and `templates/` in it.");
    }
    host.print(page);
    return sound ? Exit::done : Exit::untold;
}

}  // namespace

Action make_library(Options& options) {
    auto input = std::make_shared<LibraryInput>();
    options.optional_choice("ACTION", "list, add or remove; list by default", input->action, {"list", "add", "remove"});
    options.optional("WHAT", "to add: a folder, or an address with its tag (URL@TAG); to remove: a name", input->what,
                     Values::folders);
    return [input](Host& host) -> Result<Exit> {
        const bool listing = input->action.empty() || input->action == "list";
        if (listing != input->what.empty()) {
            return fail(ErrorKind::usage,
                        listing ? "`mlpath library list` takes no word more"
                                : "`mlpath library " + input->action + "` needs to know which",
                        listing ? "`mlpath lint " + shell_word(input->what) + "` looks at one"
                        : input->action == "add"
                            ? "a folder, or an address with its tag: https://example.org/acme/library@v1.0"
                            : "`mlpath library` shows what there is");
        }
        MLPATH_TRY(const auto guests, host.guest_host());
        MLPATH_TRY(const auto tools, tools_of(host, guests));
        if (listing) {
            return list(host, tools);
        }
        return input->action == "add" ? add(host, tools, input->what) : remove(host, tools, input->what);
    };
}

}  // namespace mlpath::cli
