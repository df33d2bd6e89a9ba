#include "app/author/schema.hpp"

#include <algorithm>
#include <memory>

#include "base/text.hpp"
#include "commands/all.hpp"
#include "host.hpp"
#include "library/library.hpp"
#include "render/words.hpp"

namespace mlpath::cli {

namespace {

using Outcome = app::SchemaFile::Outcome;

std::string_view name_of(Outcome outcome) {
    switch (outcome) {
        case Outcome::written: return "written";
        case Outcome::replaced: return "replaced";
        case Outcome::same: return "same";
        case Outcome::left: return "left";
    }
    return "written";
}

Result<Exit> list(Host& host, const std::vector<app::Schema>& schemas) {
    if (host.json()) {
        auto all = Json::array();
        for (const auto& schema : schemas) {
            all.push_back(Json{{"name", schema.name}, {"title", schema.title}});
        }
        host.print(Json{{"schemas", std::move(all)}});
        return Exit::done;
    }
    Page page(host.out_terminal());
    std::vector<std::vector<std::string>> rows;
    for (const auto& schema : schemas) {
        rows.push_back({schema.name, schema.title});
    }
    page.table(rows);
    page.line().line("Into your library, so that an editor completes and checks what you write:");
    page.command("mlpath schema --write my-library");
    host.print(page);
    return Exit::done;
}

Result<Exit> print_one(Host& host, const std::vector<app::Schema>& schemas, const std::string& name) {
    const auto found = std::ranges::find(schemas, name, &app::Schema::name);
    if (found == schemas.end()) {
        std::vector<std::string> names;
        for (const auto& schema : schemas) {
            names.push_back(schema.name);
        }
        const auto near = nearest(name, names);
        return fail(ErrorKind::usage, "no schema `" + printable(name) + "`",
                    near ? "did you mean `" + *near + "`?"
                         : "there are " + list_of(names) + "; with --write the word is a folder");
    }
    if (host.json()) {
        host.print(Json{{"name", found->name}, {"schema", Json::parse(found->text)}});
    } else {
        host.out().write(found->text);
    }
    return Exit::done;
}

void write_report(Page& page, const app::SchemasWritten& report) {
    const auto count = [&](Outcome outcome) {
        return static_cast<std::size_t>(std::ranges::count(report.files, outcome, &app::SchemaFile::outcome));
    };
    const auto changed = count(Outcome::written) + count(Outcome::replaced);
    const auto where = near_path(report.library / "curricula" / "schemas");
    if (changed > 0) {
        page.line("Wrote " + count_of(changed, "schema") + " into " + where + ".", Tone::strong);
    } else if (count(Outcome::left) == 0) {
        page.line("The schemas in " + where + " are there already, and nothing was changed.");
    }
    for (const auto& file : report.files) {
        if (file.outcome == Outcome::replaced) {
            page.line("Replaced " + printable(file.path) + ", which was different.", Tone::doubtful);
        } else if (file.outcome == Outcome::written && !file.path.starts_with("curricula/schemas/")) {
            page.line("Wrote " + printable(file.path) + ", where a `$schema` points.");
        }
    }
    for (const auto& note : report.notes) {
        page.line(note + ".", Tone::doubtful);
    }
    if (count(Outcome::left) > 0) {
        page.line("Left as they are, since they differ from ours:", Tone::doubtful);
        for (const auto& file : report.files) {
            if (file.outcome == Outcome::left) {
                page.line("  " + printable(file.path));
            }
        }
        page.line("They are of another version of mlpath, or were changed by hand. To replace them:");
        page.command("mlpath schema --write --force " + shell_word(report.library.string()));
    }
}

Result<Exit> write(Host& host, const library::Content& content, const std::string& folder, app::Replace replace) {
    const auto is = folder.empty() ? app::FolderIs::around : app::FolderIs::given;
    MLPATH_TRY(const auto report, app::write_schemas(content, folder.empty() ? "." : folder, is, replace));
    const bool whole = std::ranges::find(report.files, Outcome::left, &app::SchemaFile::outcome) == report.files.end();
    if (host.json()) {
        auto files = Json::array();
        for (const auto& file : report.files) {
            files.push_back(Json{{"path", file.path}, {"outcome", name_of(file.outcome)}});
        }
        host.print(Json{{"library", report.library.string()}, {"files", std::move(files)}, {"notes", report.notes}});
    } else {
        Page page(host.out_terminal());
        write_report(page, report);
        host.print(page);
    }
    return whole ? Exit::done : Exit::falls_short;
}

}  // namespace

Action make_schema(Options& options) {
    struct Input {
        std::string what{};
        bool write = false;
        bool force = false;
    };
    auto input = std::make_shared<Input>();
    options.optional("WHAT",
                     "the schema to print; with --write, the folder of the library (by default the one around you)",
                     input->what, Values::folders);
    options.flag("--write", "write all schemas into the library, where `$schema` of its files points", input->write);
    options.flag("--force", "replace files there that differ from ours", input->force);
    return [input](Host& host) -> Result<Exit> {
        if (input->force && !input->write) {
            return fail(ErrorKind::usage, "`--force` goes with `--write`", "nothing is written without it");
        }
        MLPATH_TRY(const auto* content, host.library_alone());
        if (input->write) {
            return write(host, *content, input->what, input->force ? app::Replace::changed : app::Replace::nothing);
        }
        MLPATH_TRY(const auto schemas, app::schemas(*content));
        return input->what.empty() ? list(host, schemas) : print_one(host, schemas, input->what);
    };
}

}  // namespace mlpath::cli
