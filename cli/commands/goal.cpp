#include "commands/goal.hpp"

#include "app/learn/goal.hpp"
#include "render/check_display.hpp"
#include "render/goal_report.hpp"

namespace mlpath::cli {

Result<Exit> check_goal(Host& host, const app::Context& context, const std::string& goal, run::SandboxWish sandbox) {
    FetchDisplay fetches(host);
    CheckDisplay display(host, fetches);
    MLPATH_TRY(const auto setup, JudgingSetup::open(host, context, sandbox, &fetches));
    const auto report = app::check_goal(context, setup.tools(), goal, display, host.stop());
    display.clear();
    if (!report) {
        return fail(report.error());
    }
    if (host.json()) {
        host.print(json_of(*report));
        return exit_of(report->judged.verdict);
    }
    Page page(host.out_terminal());
    write_summary(page, *report);
    host.print(page);
    if (!report->recorded.ok) {
        host.remark("note: the result could not be recorded (" + report->recorded.why_not + ")");
    }
    host.note("isolation: " + report->isolation.detail);
    return exit_of(report->judged.verdict);
}

}  // namespace mlpath::cli
