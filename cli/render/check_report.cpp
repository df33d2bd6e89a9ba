#include "render/check_report.hpp"

#include <algorithm>

#include "base/text.hpp"
#include "base/time.hpp"
#include "render/findings.hpp"
#include "render/spread.hpp"

namespace mlpath::cli {

void write_milestones(Page& page, const app::CheckReport& report, std::size_t from) {
    const auto& milestones = report.judged.milestones;
    for (auto i = from; i < milestones.size(); ++i) {
        auto milestone = milestones[i];
        if (std::ranges::find(report.passed_before, milestone.id) != report.passed_before.end()) {
            milestone.title += " (passed before, not looked at now)";
        }
        write_milestone(page, milestone, report.open && report.open->id == milestone.id ? report.open->goal : "");
    }
}

Json json_of(const app::OtherPython& other) {
    return Json{{"path", other.shell.path.string()},
                {"version", other.shell.version},
                {"lacks", other.shell.lacks},
                {"says", other.says},
                {"hint", other.hint}};
}

void write_other_python(Page& page, const app::OtherPython& other) {
    page.line();
    page.labelled("note:", Tone::doubtful, other.says + ".");
    page.labelled("hint:", Tone::accent, other.hint + ".");
}

Json json_of(const app::CheckReport& report) {
    auto milestones = Json::array();
    for (const auto& milestone : report.judged.milestones) {
        milestones.push_back(json_of(milestone));
    }
    auto reopened = Json::array();
    for (const auto& open : report.reopened) {
        reopened.push_back(Json{{"milestone", open.milestone}, {"was_done", format_time(open.was_done)}});
    }
    const auto& python = report.judged.python;
    Json python_json{{"path", python.path.string()}, {"version", python.version}};
    if (report.other_python) {
        python_json["shell"] = json_of(*report.other_python);
    }
    Json told{
        {"project", report.project},
        {"title", report.title},
        {"folder", report.folder.string()},
        {"verdict", checks::to_string(report.judged.verdict)},
        {"done", report.done},
        {"of", report.of},
        {"passed_before", report.passed_before},
        {"milestones", std::move(milestones)},
        {"newly_done", report.newly_done},
        {"reopened", std::move(reopened)},
        {"version", report.version},
        {"made_from", report.made_from},
        {"data", to_string(report.data)},
        {"python", std::move(python_json)},
        {"seeds", report.judged.seeds},
        {"isolation", Json{{"truth_protected", report.isolation.truth_protected}, {"detail", report.isolation.detail}}},
        {"recorded", report.recorded.ok},
        {"open", report.open ? Json{{"number", report.open->number},
                                    {"id", report.open->id},
                                    {"goal", report.open->goal},
                                    {"told_by", report.open->told_by}}
                             : Json()},
        {"next", report.next},
        {"reasons", report.reasons.empty() ? Json() : Json(report.reasons)}};
    if (report.spread) {
        told["spread"] = json_of(*report.spread);
    }
    return told;
}

void write_summary(Page& page, const app::CheckReport& report) {
    page.line();
    for (const auto& open : report.reopened) {
        page.line("Open again: " + open.title + " (it had passed since " + format_day(open.was_done_day) + ").",
                  Tone::doubtful);
    }
    page.line(std::to_string(report.done) + " of " + count_of(report.of, "milestone") + " done" +
                  (report.done == report.of ? ": `" + report.project + "` is complete."
                   : report.passed_before.empty()
                       ? "."
                       : "; " + std::to_string(report.passed_before.size()) + " more passed before and " +
                             (report.passed_before.size() == 1 ? "was" : "were") + " not looked at now."),
              report.done == report.of ? Tone::good : Tone::strong);
    if (report.data == library::DataKind::synthetic) {
        page.line("All of it on synthetic data: `mlpath verify` counts that only with --allow-synthetic.");
    }
    if (report.judged.verdict == checks::Verdict::error) {
        page.line("For some of it we could not tell whether it passes; nothing was recorded about that.");
    }
    if (report.made_from != report.version && report.made_from != 0) {
        page.labelled("note:", Tone::doubtful,
                      "the project came from version " + std::to_string(report.made_from) +
                          " of its template and is judged by version " + std::to_string(report.version));
    }
    if (report.open) {
        page.line()
            .line("What milestone " + std::to_string(report.open->number) + " asks in full, and all that is checked:")
            .command(report.open->told_by);
    }
    if (!report.next.empty()) {
        page.line().line(report.judged.verdict == checks::Verdict::pass ? "Go on with:" : "If you are stuck:");
        page.command(report.next);
    }
    write_reasons(page, report);
}

void write_reasons(Page& page, const app::CheckReport& report) {
    if (!report.reasons.empty()) {
        page.line().line("Read how we solved it, and why:").command(report.reasons);
    }
}

}  // namespace mlpath::cli
