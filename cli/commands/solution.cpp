#include "app/project/solution.hpp"

#include <memory>

#include "commands/all.hpp"
#include "host.hpp"
#include "render/changes.hpp"
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
}

}  // namespace

Action make_solution(Options& options) {
    struct Input {
        app::SolutionRequest request{};
        bool apply = false;
    };
    auto input = std::make_shared<Input>();
    options.optional("PROJECT", "the project; by default the one you are in", input->request.project, Values::projects);
    options.flag("--apply", "lay it over your files, which are kept in a dated backup; recorded", input->apply);
    return [input](Host& host) -> Result<Exit> {
        if (input->apply) {
            input->request.use = app::SolutionUse::apply;
        }
        MLPATH_TRY(const auto context, host.context());
        MLPATH_TRY(const auto solution, app::solution(context, input->request));
        if (host.json()) {
            host.print(json_for(solution));
            return Exit::done;
        }
        Page page(host.out_terminal());
        write_solution(page, solution);
        host.print(page);
        if (!solution.recorded.ok) {
            host.remark("note: this could not be recorded (" + solution.recorded.why_not + ")");
        }
        remark_notes(host, solution.notes);
        return Exit::done;
    };
}

}  // namespace mlpath::cli
