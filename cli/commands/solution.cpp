#include "app/project/solution.hpp"

#include <memory>

#include "commands/all.hpp"
#include "host.hpp"
#include "render/changes.hpp"
#include "render/prose.hpp"
#include "render/words.hpp"

namespace mlpath::cli {

namespace {

Json json_for(const app::Solution& solution) {
    Json object{{"project", solution.project}, {"title", solution.title},
                {"version", solution.version}, {"library_version", solution.library_version},
                {"applied", solution.applied}, {"recorded", solution.recorded.ok}};
    auto files = Json::array();
    for (const auto& file : solution.files) {
        Json entry{{"path", file.path}, {"binary", file.binary}};
        if (!file.binary) {
            entry["text"] = file.bytes;
        }
        files.push_back(std::move(entry));
    }
    object["files"] = std::move(files);
    object["why"] = solution.why.empty() ? Json() : Json(solution.why);
    if (solution.applied) {
        object["laid"] = json_of(solution.laid);
    }
    return object;
}

void write_solution(Page& page, const app::Solution& solution) {
    if (solution.version != solution.library_version && solution.library_version != 0) {
        page.labelled("note:", Tone::doubtful,
                      "this is for version " + std::to_string(solution.library_version) +
                          " of the project; yours is version " + std::to_string(solution.version));
    }
    if (solution.applied) {
        page.line("The solution of `" + solution.project + "` was laid over your files:", Tone::strong);
        write_laid_over(page, solution.laid);
        page.line().line("See that it passes, and read how it does it:").command("mlpath check");
        if (!solution.why.empty()) {
            page.command("mlpath solution " + solution.project + " --why");
        }
        return;
    }
    for (const auto& file : solution.files) {
        page.line("==== " + file.path, Tone::strong);
        if (file.binary) {
            page.line("(no text)");
        } else {
            page.verbatim(file.bytes);
        }
        page.line();
    }
    page.line(
        "This is one good way, not the only one. `mlpath solution --apply` lays it over your files and keeps "
        "yours.");
    if (!solution.why.empty()) {
        page.line().line("Why it is done this way:").command("mlpath solution " + solution.project + " --why");
    }
}

}  // namespace

Action make_solution(Options& options) {
    struct Input {
        app::SolutionRequest request{};
        bool apply = false;
        bool why = false;
    };
    auto input = std::make_shared<Input>();
    options.optional("PROJECT", "the project; by default the one you are in", input->request.project, Values::projects);
    options.flag("--apply", "lay it over your files, which are kept in a dated backup; recorded", input->apply);
    options.flag("--why", "the reasons: our choices, the alternatives, what surprised us, questions of an interview",
                 input->why);
    return [input](Host& host) -> Result<Exit> {
        if (input->apply && input->why) {
            return fail(ErrorKind::usage, "--apply and --why exclude each other",
                        "run `mlpath solution --apply` first");
        }
        if (input->apply) {
            input->request.use = app::SolutionUse::apply;
        } else if (input->why) {
            input->request.use = app::SolutionUse::why;
        }
        MLPATH_TRY(const auto context, host.context());
        MLPATH_TRY(const auto solution, app::solution(context, input->request));
        if (host.json()) {
            host.print(json_for(solution));
            return Exit::done;
        }
        Page page(host.out_terminal());
        if (input->why) {
            MLPATH_CHECK(write_prose(page, solution.why));
        } else {
            write_solution(page, solution);
        }
        host.print(page);
        if (!input->why && !solution.recorded.ok) {
            host.remark("note: this could not be recorded (" + solution.recorded.why_not + ")");
        }
        remark_notes(host, solution.notes);
        return Exit::done;
    };
}

}  // namespace mlpath::cli
