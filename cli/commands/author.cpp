#include <algorithm>
#include <memory>

#include "app/author/begin_project.hpp"
#include "app/author/lint.hpp"
#include "app/author/project_like.hpp"
#include "app/author/splits.hpp"
#include "base/text.hpp"
#include "commands/all.hpp"
#include "commands/selftest.hpp"
#include "host.hpp"
#include "render/faults.hpp"
#include "render/splits.hpp"
#include "render/words.hpp"
#include "workspace/links.hpp"

namespace mlpath::cli {

namespace {

struct AuthorInput {
    std::string action{};
    std::string project{};
    std::string like{};
    bool fresh = false;
    bool synthetic = false;
    std::optional<std::uint64_t> splits{};
};

fs::path folder_here(Host& host) {
    std::error_code error;
    const auto real = fs::canonical(workspace::folder_we_stand_in(host.environment()).value_or(fs::path(".")), error);
    return error ? fs::path("/") : real;
}

std::vector<std::string> chosen_libraries(const Host& host) {
    auto chosen = host.options().libraries;
    const auto by_variable = host.environment().get("MLPATH_LIBRARY").value_or("");
    if (chosen.empty() && !by_variable.empty()) {
        chosen.push_back(by_variable);
    }
    return chosen;
}

// Where the author writes: the library that the command line names, or the one around.
Result<fs::path> library_to_write(Host& host) {
    const auto chosen = chosen_libraries(host);
    if (chosen.size() > 1) {
        return fail(ErrorKind::usage, "there is more than one `--library`, and the project belongs in one",
                    "name that one alone");
    }
    if (chosen.size() == 1) {
        std::error_code error;
        auto real = fs::canonical(chosen.front(), error);
        return error ? fs::path(chosen.front()) : real;
    }
    const auto here = folder_here(host);
    if (auto near = app::library_near(here)) {
        return std::move(*near);
    }
    bool in_workspace = false;
    for (auto at = here; !in_workspace && at != at.parent_path(); at = at.parent_path()) {
        in_workspace = app::is_workspace(at);
    }
    return fail(
        ErrorKind::usage, "there is no library here that the project could be written into",
        in_workspace
            ? "`mkdir -p library/templates` in your workspace makes one; the names of its projects begin with "
              "`my-`"
            : "go to your library, or name it with `--library DIR`; a folder is one once it has a library.json: "
              R"({ "format": 1, "name": "acme", "title": "Projects of Acme" })");
}

// What makes a command find the library from where we stand; empty where it does by itself.
std::string library_option(Host& host, const fs::path& library) {
    const auto near = app::library_near(folder_here(host));
    return near && *near == library ? "" : " --library " + shell_word(near_path(library));
}

void write_begun(Page& page, Host& host, const app::BegunProject& begun) {
    const auto folder = shell_word(near_path(begun.folder));
    page.line((begun.was_planned ? "Filled the planned project `" : "Made the project `") + begun.id + "`, like `" +
                  begun.like + "`: " + count_of(begun.files.size(), "file") + " in " +
                  printable(near_path(begun.folder)) + ".",
              Tone::strong);
    page.line(
        "Its data, tasks, checks and flaws are still those of `" + begun.like +
        "`, so that it is sound from the start: change one thing at a time, and try it. What you have to write is "
        "marked " +
        std::string(app::author_mark) + ", in " + count_of(begun.marks, "place") + ".");
    if (!begun.module_now.empty()) {
        page.line("The learner's module `" + begun.module_before + "` is named `" + begun.module_now + "` in it.");
    }
    page.line().line("What is left to write:").command("grep -rn '" + std::string(app::author_mark) + "' " + folder);
    page.line("Whether it is sound, and where each answer ends:");
    page.command("mlpath lint " + folder);
    page.command("mlpath author try " + begun.id + library_option(host, begun.library));
}

Status splits_go_elsewhere(const AuthorInput& input) {
    return input.splits ? fail(ErrorKind::usage, "`--splits` goes with `author splits`",
                               "`mlpath author " + input.action + "` judges by the project's own split, or not at all")
                        : Status();
}

Result<Exit> begin(Host& host, const AuthorInput& input) {
    if (input.fresh || input.synthetic) {
        return fail(
            ErrorKind::usage,
            std::string(input.fresh ? "`--fresh`" : "`--synthetic`") + " goes with `author try` and `author splits`",
            "`mlpath author new` judges nothing");
    }
    MLPATH_CHECK(splits_go_elsewhere(input));
    if (input.like.empty()) {
        return fail(ErrorKind::usage, "`mlpath author new` needs to know what the project should be like",
                    "`--like titanic` for a model that is judged by its predictions, `--like text-analyzer` for "
                    "functions and a program");
    }
    MLPATH_TRY(const auto library, library_to_write(host));
    MLPATH_CHECK(app::must_be_to_write(library));
    host.options().libraries = {library.string()};
    MLPATH_TRY(const auto context, host.context(Host::Guests::that_open));
    MLPATH_TRY(const auto guests, host.guest_host());
    // It may be of a library that cannot be read now.
    const std::string like(context.index.renamed.now(library::IdKind::project, input.like));
    if (!host.guest_troubles().empty() && !context.index.projects.contains(like)) {
        return fail(host.guest_troubles().front());
    }
    MLPATH_TRY(const auto begun,
               app::begin_project(context, guests, {.id = input.project, .like = like, .library = library}));
    if (host.json()) {
        Json object{{"project", begun.id},
                    {"like", begun.like},
                    {"library", begun.library.string()},
                    {"folder", begun.folder.string()},
                    {"files", begun.files},
                    {"to_write", begun.marks},
                    {"was_planned", begun.was_planned}};
        put(object, "module", begun.module_now);
        host.print(std::move(object));
        return Exit::done;
    }
    Page page(host.out_terminal());
    write_begun(page, host, begun);
    host.print(page);
    return Exit::done;
}

// A flaw by its name alone.
std::string name_of_subject(const std::string& subject) {
    constexpr std::string_view flaw = "flawed/";
    return subject.starts_with(flaw) ? subject.substr(flaw.size()) : subject;
}

void write_tried(Page& page, const app::SelftestProject& project) {
    std::vector<std::vector<std::string>> rows{{"answer", "sound", "fails at", "what the learner is told"}};
    std::size_t unsound = 0;
    for (const auto& subject : project.subjects) {
        const auto& end = subject.end;
        unsound += subject.sound ? 0 : 1;
        rows.push_back({name_of_subject(subject.subject), subject.sound ? "yes" : "NO",
                        end.check.empty() ? "nothing" : end.milestone + "/" + end.check, printable(end.told)});
    }
    page.table(rows).line();
    const auto count = count_of(project.subjects.size(), "answer");
    if (unsound == 0) {
        page.line(project.project + ": " + count + ", and each ends where it should.", Tone::good);
        return;
    }
    page.line(project.project + ": of " + count + ", " + std::to_string(unsound) +
                  (unsound == 1 ? " does not end where it should." : " do not end where they should."),
              Tone::bad);
    write_faults(page, project.faults);
}

// The library around us, where it has the project.
Result<app::Context> context_to_judge(Host& host, const AuthorInput& input) {
    if (!input.like.empty()) {
        return fail(ErrorKind::usage, "`--like` goes with `author new`",
                    "`mlpath author " + input.action + "` takes a project alone");
    }
    auto& libraries = host.options().libraries;
    MLPATH_CHECK(find_named(libraries));
    if (chosen_libraries(host).empty()) {
        const auto around = app::library_around(folder_here(host));
        std::error_code error;
        if (around && is_id(input.project) &&
            fs::is_regular_file(*around / "templates" / input.project / "project.json", error)) {
            libraries = {around->string()};
        }
    }
    return host.context();
}

library::DataKind data_of(const AuthorInput& input) {
    return input.synthetic ? library::DataKind::synthetic : library::DataKind::real;
}

app::Freshness freshness_of(const AuthorInput& input) {
    return input.fresh ? app::Freshness::fresh : app::Freshness::cached;
}

Result<Exit> try_out(Host& host, const AuthorInput& input) {
    MLPATH_CHECK(splits_go_elsewhere(input));
    MLPATH_TRY(const auto context, context_to_judge(host, input));
    const app::SelftestRequest request{.ids = {input.project},
                                       .kinds = app::SelftestRequest::Kinds::projects,
                                       .data = data_of(input),
                                       .freshness = freshness_of(input)};
    MLPATH_TRY(const auto report, run_selftest(host, context, request, {}));
    host.answer([&] { return selftest_json(report); },
                [&](Page& page) {
                    for (const auto& project : report.projects) {
                        write_tried(page, project);
                    }
                });
    return report.sound() ? Exit::done : Exit::falls_short;
}

Result<Exit> judge_splits(Host& host, const AuthorInput& input) {
    MLPATH_TRY(const auto context, context_to_judge(host, input));
    const app::SplitsRequest request{
        .project = input.project, .splits = input.splits, .data = data_of(input), .freshness = freshness_of(input)};
    MLPATH_TRY(const auto report, with_progress(host, context, {}, [&](const auto& tools, auto& observer) {
                   return app::splits(context, tools, request, observer, host.stop());
               }));
    host.answer([&] { return json_of(report); }, [&](Page& page) { write_splits(page, report); });
    return report.faults.empty() ? Exit::done : Exit::falls_short;
}

}  // namespace

Action make_author(Options& options) {
    auto input = std::make_shared<AuthorInput>();
    options.required_choice("ACTION",
                            "new: a project in your library, whole and sound, to write over; try: its skeleton, its "
                            "solution and each flawed answer side by side, with what each is told; splits: whether "
                            "luck decides a verdict, over many splits of the data",
                            input->action, {"new", "try", "splits"});
    options.required("PROJECT", "the name of the new project, or the project to judge", input->project,
                     Values::projects);
    options.option("--like", "PROJECT", "for new: the project that it begins as a copy of", input->like,
                   Values::projects);
    options.flag("--fresh", "for try and splits: judge everything, also what has not changed since it was proved",
                 input->fresh);
    options.flag("--synthetic", "for try and splits: on synthetic data, where the project has a dataset",
                 input->synthetic);
    options.count("--splits", "N",
                  "for splits: over this many; by default over " + std::to_string(app::many_splits) +
                      " where a run of the solution takes less than a second, and " + std::to_string(app::few_splits) +
                      " elsewhere",
                  input->splits, 100'000);
    return [input](Host& host) -> Result<Exit> {
        return input->action == "new"   ? begin(host, *input)
               : input->action == "try" ? try_out(host, *input)
                                        : judge_splits(host, *input);
    };
}

}  // namespace mlpath::cli
