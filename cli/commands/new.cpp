#include "app/project/new_project.hpp"

#include <memory>

#include "app/data/project_data.hpp"
#include "commands/all.hpp"
#include "commands/judging_setup.hpp"
#include "host.hpp"
#include "render/check_report.hpp"
#include "render/fetch_display.hpp"
#include "render/words.hpp"

namespace mlpath::cli {

namespace {

Json json_for(const app::NewProject& made) {
    Json object{{"project", made.project},
                {"title", made.title},
                {"version", made.version},
                {"folder", made.made.folder.string()},
                {"files", made.made.files},
                {"data", made.made.data},
                {"data_kind", to_string(made.data)},
                {"recorded", made.recorded.ok},
                {"next", made.next}};
    if (made.other_python) {
        object["shell_python"] = json_of(*made.other_python);
    }
    if (made.no_python) {
        object["no_python"] = Json{{"message", made.no_python->message}, {"hint", made.no_python->hint}};
    }
    return object;
}

void write_new(Page& page, const app::NewProject& made, library::DataKind wanted) {
    const bool synthetic = made.data == library::DataKind::synthetic;
    page.line("Made `" + near_path(made.made.folder) + "`: " + made.title, Tone::strong).line();
    for (const auto& file : made.made.files) {
        page.line("  " + file);
    }
    for (const auto& file : made.made.data) {
        page.line("  " + file + (synthetic ? "  (synthetic data)" : "  (data)"));
    }
    page.line();
    if (synthetic) {
        page.line(
            "The data are like the real ones and were made here: `mlpath verify` counts what you prove on them only "
            "with --allow-synthetic.");
        for (const auto& differs : made.differs) {
            page.line("  - " + differs, Tone::faint);
        }
        page.line();
    } else if (wanted == library::DataKind::synthetic) {
        page.line("It brings its own data along, which need no network: nothing was made.").line();
    }
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
        bool synthetic = false;
    };
    auto input = std::make_shared<Input>();
    options.required("PROJECT", "what to build; `mlpath list projects` shows what there is", input->request.project,
                     Values::projects);
    options.optional("DIR", "where to put it; by default a folder with the project's name", input->folder,
                     Values::folders);
    options.flag("--offline", "take its data from the cache, never from the network", input->offline);
    options.flag("--synthetic", "on data of the same shape, made here: for work without a network", input->synthetic);
    return [input](Host& host) -> Result<Exit> {
        input->request.folder = input->folder;
        input->request.data = input->synthetic ? library::DataKind::synthetic : library::DataKind::real;
        MLPATH_TRY(const auto context, host.context());
        FetchDisplay display(host);
        const auto network = input->offline ? data::Network::offline : data::Network::allowed;
        const auto lay = [&](const library::Project& project,
                             library::DataKind kind) -> Result<std::vector<run::LaidFile>> {
            // What is made is made in the sandbox.
            std::optional<JudgingSetup> setup;
            MLPATH_TRY(const auto made, app::made_datasets(context.content, project, kind));
            if (!made.empty()) {
                MLPATH_TRY(auto opened, JudgingSetup::open(host, context, run::SandboxWish::automatic, nullptr));
                setup.emplace(std::move(opened));
            }
            auto choice = setup ? app::data_choice(setup->tools(), kind) : app::DataChoice{.kind = kind};
            return app::ProjectData(context, project, network, &display, host.stop(),
                                    data::SplitCache::of(context.environment), std::move(choice))
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
                        write_new(page, *made, input->request.data);
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
