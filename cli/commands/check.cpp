#include "app/check.hpp"

#include <memory>

#include "commands/all.hpp"
#include "commands/bench.hpp"
#include "host.hpp"
#include "render/check_report.hpp"
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
    auto fresh = std::make_shared<bool>(false);
    options.flag("--fresh", "run every check, also where nothing changed since it was run before", *fresh);
    sandbox->declare(options);
    return [request, sandbox, fresh](Host& host) -> Result<Exit> {
        request->recall = *fresh ? app::Recall::renew : app::Recall::use;
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
            host.print(json_of(*report));
            return exit_of(report->judged.verdict);
        }
        Page page(host.out_terminal());
        // What the display was not told: nothing may be lost where an engine reports at the end alone.
        write_milestones(page, *report, display.shown());
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
