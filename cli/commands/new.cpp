#include "app/project/new_project.hpp"

#include <memory>

#include "app/data/project_data.hpp"
#include "commands/all.hpp"
#include "host.hpp"
#include "render/check_report.hpp"
#include "render/fetch_display.hpp"
#include "render/words.hpp"

namespace mlpath::cli {

namespace {

Json json_for(const app::NewProject& made) {
    Json object{{"project", made.project},      {"title", made.title},
                {"version", made.version},      {"folder", made.made.folder.string()},
                {"files", made.made.files},     {"data", made.made.data},
                {"recorded", made.recorded.ok}, {"next", made.next}};
    if (made.other_python) {
        object["shell_python"] = json_of(*made.other_python);
    }
    if (made.no_python) {
        object["no_python"] = Json{{"message", made.no_python->message}, {"hint", made.no_python->hint}};
    }
    return object;
}

void write_new(Page& page, const app::NewProject& made) {
    page.line("Made `" + near_path(made.made.folder) + "`: " + made.title, Tone::strong).line();
    for (const auto& file : made.made.files) {
        page.line("  " + file);
    }
    for (const auto& file : made.made.data) {
        page.line("  " + file + "  (data)");
    }
    page.line();
    if (!made.milestone_title.empty()) {
        page.line("First: " + made.milestone_title);
        if (!made.milestone_goal.empty()) {
            page.line(made.milestone_goal);
        }
        page.line();
    }
    page.line("BRIEF.md tells the story and the way. What the first milestone asks in full, and what is checked:")
        .command("mlpath show " + made.project + " 1");
    page.line("See what passes now:").command(made.next);
}

}  // namespace

Action make_new(Options& options) {
    struct Input {
        app::NewRequest request{};
        std::string folder{};
        bool offline = false;
    };
    auto input = std::make_shared<Input>();
    options.required("PROJECT", "what to build; `mlpath list projects` shows what there is", input->request.project,
                     Values::projects);
    options.optional("DIR", "where to put it; by default a folder with the project's name", input->folder,
                     Values::folders);
    options.flag("--offline", "take its data from the cache, never from the network", input->offline);
    return [input](Host& host) -> Result<Exit> {
        input->request.folder = input->folder;
        MLPATH_TRY(const auto context, host.context());
        FetchDisplay display(host);
        const auto network = input->offline ? data::Network::offline : data::Network::allowed;
        const auto lay = [&](const library::Project& project) {
            return app::ProjectData(context, project, network, &display, host.stop(),
                                    data::SplitCache::of(context.environment))
                .lay();
        };
        auto made = app::new_project(context, input->request, lay);
        display.clear();
        if (!made) {
            return fail(made.error());
        }
        app::look_at_python(context, host.processes(), host.json() ? app::Telling::always : app::Telling::once, *made,
                            host.stop());
        host.answer([&] { return json_for(*made); },
                    [&](Page& page) {
                        write_new(page, *made);
                        if (made->other_python) {
                            write_other_python(page, *made->other_python);
                        }
                        if (made->no_python) {
                            page.line().labelled("note:", Tone::doubtful, made->no_python->message + ".");
                            page.labelled("hint:", Tone::accent, made->no_python->hint + ".");
                        }
                    });
        if (!made->recorded.ok) {
            host.remark("note: the start could not be recorded (" + made->recorded.why_not + ")");
        }
        return Exit::done;
    };
}

}  // namespace mlpath::cli
