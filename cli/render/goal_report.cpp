#include "render/goal_report.hpp"

#include "render/findings.hpp"

namespace mlpath::cli {

using app::GoalStanding;

void write_summary(Page& page, const app::GoalReport& report) {
    page.line();
    switch (report.judged.verdict) {
        case checks::Verdict::pass:
            page.line(report.before == GoalStanding::proved ? "Still reached: its checks prove it."
                                                            : "Reached, and proved by its checks.",
                      Tone::good);
            break;
        case checks::Verdict::fail:
            page.line(report.before == GoalStanding::proved ? "Open again: it was reached before." : "Not reached yet.",
                      Tone::doubtful);
            if (report.now == GoalStanding::said) {
                page.line("You once said that it is, and it is shown so; `mlpath done --undo " + report.goal +
                          "` takes that back.");
            }
            break;
        default: page.line("We could not tell whether it is reached; nothing was recorded."); break;
    }
    page.line().line(report.judged.verdict == checks::Verdict::pass   ? "Go on with:"
                     : report.judged.verdict == checks::Verdict::fail ? "When you have changed it:"
                                                                      : "To see what is missing:");
    page.command(report.next);
}

Json json_of(const app::GoalReport& report) {
    const bool reached = report.judged.verdict == checks::Verdict::pass;
    auto checks = Json::array();
    for (const auto& milestone : report.judged.milestones) {
        checks = json_of(milestone).at("checks");
    }
    return Json{
        {"id", report.goal},
        {"title", report.text},
        {"of", "goal"},
        {"curriculum", report.curriculum},
        {"folder", report.folder.string()},
        {"verdict", checks::to_string(report.judged.verdict)},
        {"checks", std::move(checks)},
        {"done", reached},
        {"already", reached && report.before == GoalStanding::proved},
        {"standing", app::to_string(report.now)},
        {"isolation", Json{{"truth_protected", report.isolation.truth_protected}, {"detail", report.isolation.detail}}},
        {"recorded", report.recorded.ok},
        {"next", report.next}};
}

}  // namespace mlpath::cli
