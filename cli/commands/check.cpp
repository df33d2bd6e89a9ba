#include "app/judge/check.hpp"
#include "app/project/links.hpp"

#include <memory>

#include "app/learn/goal.hpp"
#include "commands/all.hpp"
#include "commands/goal.hpp"
#include "render/check_display.hpp"
#include "render/check_report.hpp"
#include "render/spread.hpp"

namespace mlpath::cli {

namespace {

struct SpreadOptions {
    bool wanted = false;
    std::optional<std::uint64_t> splits{};
};

}  // namespace

Action make_check(Options& options) {
    auto request = std::make_shared<app::CheckRequest>();
    auto sandbox = std::make_shared<SandboxOption>();
    options.optional("PROJECT", "the project, a milestone of it, or a goal; by default the project you are in",
                     request->project, Values::work);
    options.optional("MILESTONE",
                     "only this one, by its number, its id or how its title begins; by default all, up to the first "
                     "that does not pass",
                     request->milestone, Values::milestones);
    auto fresh = std::make_shared<bool>(false);
    options.flag("--fresh", "run every check, also where nothing changed since it was run before", *fresh);
    auto spread = std::make_shared<SpreadOptions>();
    options.flag("--spread",
                 "draw how much your improvement over the baseline varies across splits of the data, beside the "
                 "solution's",
                 spread->wanted);
    options.count("--splits", "N", "for --spread: over this many; 20 by default", spread->splits, app::most_spread);
    sandbox->declare(options);
    return [request, sandbox, fresh, spread](Host& host) -> Result<Exit> {
        request->freshness = *fresh ? app::Freshness::fresh : app::Freshness::cached;
        if (spread->splits && !spread->wanted) {
            return fail(ErrorKind::usage, "`--splits` goes with `--spread`", "`mlpath check --spread --splits 50`");
        }
        if (spread->wanted) {
            request->spread = spread->splits.value_or(app::usual_spread);
        }
        MLPATH_TRY(const auto context, host.context());
        const auto& word = request->project;
        if (request->milestone.empty() && app::is_goal_word(context, word)) {
            if (spread->wanted) {
                return fail(ErrorKind::usage, "`--spread` goes with a project, and `" + word + "` is a goal",
                            "name the project, or stand in it");
            }
            return check_goal(host, context, word, sandbox->wish());
        }
        FetchDisplay fetches(host);
        CheckDisplay display(host, fetches);
        MLPATH_TRY(const auto setup, JudgingSetup::open(host, context, sandbox->wish(), &fetches));
        const auto report = app::check(context, setup.tools(), *request, display, host.stop(),
                                       host.json() ? app::Telling::always : app::Telling::once);
        fetches.clear();
        display.clear();
        if (!report) {
            return fail(report.error());
        }
        if (host.json()) {
            host.print(json_of(*report));
            return exit_of(report->judged.verdict);
        }
        Page page(host.out_terminal());
        // What the display was not told: nothing may be lost where an engine reports at the end alone.
        write_milestones(page, *report, display.shown());
        if (report->spread) {
            write_spread(page, *report->spread, report->project);
        }
        write_summary(page, *report);
        if (report->other_python) {
            write_other_python(page, *report->other_python);
        }
        host.print(page);
        host.remark(app::source_link_notes(context, report->project, report->folder));
        if (!report->recorded.ok) {
            host.remark("note: the result could not be recorded (" + report->recorded.why_not + ")");
        }
        host.note("python: " + report->judged.python.path.string() + " " + report->judged.python.version);
        host.note("isolation: " + report->isolation.detail);
        return exit_of(report->judged.verdict);
    };
}

}  // namespace mlpath::cli
