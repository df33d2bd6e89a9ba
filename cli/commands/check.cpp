#include "app/check.hpp"

#include <algorithm>
#include <memory>

#include "base/text.hpp"
#include "base/time.hpp"
#include "commands/all.hpp"
#include "commands/bench.hpp"
#include "host.hpp"
#include "render/fetch_display.hpp"
#include "render/findings.hpp"
#include "render/words.hpp"

namespace mlpath::cli {

namespace {

// Says what is being judged while it is, and each milestone's result as soon as it is known.
class CheckDisplay final : public checks::Observer {
public:
    CheckDisplay(Host& host, FetchDisplay& fetches)
        : m_host(host), m_fetches(fetches), m_line(host.err(), host.err_terminal(), !host.json()) {}

    void milestone_begins(const library::Milestone& milestone, std::size_t number, std::size_t of) override {
        m_fetches.clear();
        m_where = std::to_string(number) + " of " + std::to_string(of) + ": " + milestone.title;
        m_line.draw("checking " + m_where, LiveLine::Pace::now);
    }
    void check_begins(const library::Check& check) override {
        m_line.draw("checking " + m_where + " - " + (check.says.empty() ? check.id : check.says), LiveLine::Pace::now);
    }
    void milestone_ended(const checks::MilestoneResult& result) override {
        m_line.clear();
        Page page(m_host.out_terminal());
        write_milestone(page, result);
        m_host.print(page);
        m_host.out().flush();
        ++m_shown;
    }
    [[nodiscard]] std::size_t shown() const { return m_shown; }
    void clear() { m_line.clear(); }

private:
    Host& m_host;
    FetchDisplay& m_fetches;
    LiveLine m_line;
    std::string m_where{};
    std::size_t m_shown = 0;
};

Json json_for(const app::CheckReport& report) {
    auto milestones = Json::array();
    for (const auto& milestone : report.judged.milestones) {
        milestones.push_back(json_of(milestone));
    }
    auto reopened = Json::array();
    for (const auto& open : report.reopened) {
        reopened.push_back(Json{{"milestone", open.milestone}, {"was_done", format_time(open.was_done)}});
    }
    const auto& python = report.judged.python;
    return Json{
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
        {"python", Json{{"path", python.path.string()}, {"version", python.version}}},
        {"seeds", report.judged.seeds},
        {"isolation", Json{{"truth_protected", report.isolation.truth_protected}, {"detail", report.isolation.detail}}},
        {"recorded", report.recorded.ok},
        {"next", report.next}};
}

void write_summary(Page& page, const app::CheckReport& report) {
    page.line();
    for (const auto& open : report.reopened) {
        page.line("Open again: " + open.title + " (it had passed since " + format_day(open.was_done) + ").",
                  Tone::doubtful);
    }
    page.line(std::to_string(report.done) + " of " + count_of(report.of, "milestone") + " done" +
                  (report.done == report.of ? ": `" + report.project + "` is complete."
                   : report.passed_before.empty()
                       ? "."
                       : "; " + std::to_string(report.passed_before.size()) + " more passed before and " +
                             (report.passed_before.size() == 1 ? "was" : "were") + " not looked at now."),
              report.done == report.of ? Tone::good : Tone::strong);
    if (report.judged.verdict == checks::Verdict::error) {
        page.line("For some of it we could not tell whether it passes; nothing was recorded about that.");
    }
    if (report.made_from != report.version && report.made_from != 0) {
        page.labelled("note:", Tone::doubtful,
                      "the project came from version " + std::to_string(report.made_from) +
                          " of its template and is judged by version " + std::to_string(report.version));
    }
    if (!report.next.empty()) {
        page.line().line(report.judged.verdict == checks::Verdict::pass ? "Go on with:" : "If you are stuck:");
        page.command(report.next);
    }
}

Exit exit_of(checks::Verdict verdict) {
    switch (verdict) {
        case checks::Verdict::pass: return Exit::done;
        case checks::Verdict::fail: return Exit::falls_short;
        case checks::Verdict::error:
        case checks::Verdict::skipped: return Exit::untold;
    }
    return Exit::untold;
}

}  // namespace

Action make_check(Options& options) {
    auto request = std::make_shared<app::CheckRequest>();
    auto sandbox = std::make_shared<SandboxOption>();
    options.optional("PROJECT", "the project, or a milestone of it; the one you stand in unless said", request->project,
                     Values::projects);
    options.optional("MILESTONE", "only this one; all up to the first that does not pass unless said",
                     request->milestone);
    sandbox->declare(options);
    return [request, sandbox](Host& host) -> Result<Exit> {
        MLPATH_TRY(const auto context, host.context());
        FetchDisplay fetches(host);
        CheckDisplay display(host, fetches);
        MLPATH_TRY(const auto bench, Bench::open(host, context, sandbox->wish(), &fetches));
        const auto report = app::check(context, bench.tools(), *request, display, host.stop());
        fetches.clear();
        display.clear();
        if (!report) {
            return fail(report.error());
        }
        if (host.json()) {
            host.print(json_for(*report));
            return exit_of(report->judged.verdict);
        }
        Page page(host.out_terminal());
        // What the display was not told: nothing may be lost where an engine reports at the end alone.
        const auto& milestones = report->judged.milestones;
        for (auto i = display.shown(); i < milestones.size(); ++i) {
            auto milestone = milestones[i];
            if (std::ranges::find(report->passed_before, milestone.id) != report->passed_before.end()) {
                milestone.title += " (passed before, not looked at now)";
            }
            write_milestone(page, milestone);
        }
        write_summary(page, *report);
        host.print(page);
        if (!report->recorded.ok) {
            host.remark("note: the result could not be recorded (" + report->recorded.why_not + ")");
        }
        host.note("python: " + report->judged.python.path.string() + " " + report->judged.python.version);
        host.note("isolation: " + report->isolation.detail);
        return exit_of(report->judged.verdict);
    };
}

}  // namespace mlpath::cli
