#include "app/learn/plan.hpp"

#include <memory>

#include "base/text.hpp"
#include "commands/all.hpp"
#include "host.hpp"
#include "render/plan.hpp"
#include "render/report_file.hpp"
#include "render/words.hpp"
#include "report/calendar.hpp"

namespace mlpath::cli {

namespace {

constexpr std::string_view no_calendar = "Nothing is left to be done, so there is no calendar to write.";

// Whether the file may become a calendar: what is there and is no calendar of ours stays as it is.
Status can_hold_a_calendar(const std::string& file) {
    MLPATH_CHECK(can_hold_a_report(file, "calendar"));
    std::error_code ignored;
    if (!fs::is_regular_file(file, ignored)) {
        return {};
    }
    const auto text = read_file(file);
    if (text && (text->empty() || report::is_our_calendar(*text))) {
        return {};
    }
    return fail(ErrorKind::usage,
                "`" + printable(file) + "` is there and is no calendar of mlpath's: it stays as it is",
                "name another file, such as mlpath-plan.ics");
}

// `ics` may be empty: no calendar is asked for.
Status can_take_a_calendar(const std::string& ics, const Host& host) {
    if (is_standard_output(ics) && host.json()) {
        return fail(ErrorKind::usage, "`--json` and `--ics -` both write to standard output",
                    "choose one, or name a file for the calendar");
    }
    return ics.empty() || is_standard_output(ics) ? Status() : can_hold_a_calendar(ics);
}

enum class Written { no, yes };

void write_plan(Page& page, const app::PlanView& view, const std::string& ics, Written written,
                const system::Clock& clock) {
    if (view.planned == app::Planned::again) {
        page.line("Planned anew: what is done stays done, the rest is laid from the start on.", Tone::strong);
        page.line();
    }
    for (const auto& plan : view.plans) {
        write_schedule(page, plan, clock);
        page.line();
    }
    if (!ics.empty() && written == Written::no) {
        page.line(no_calendar);
    } else if (!ics.empty()) {
        page.line("Written for calendar programs: " + printable(ics));
    } else if (view.planned != app::Planned::shown) {
        page.line("`mlpath status` says whether you are ahead or behind; `mlpath plan --ics FILE` writes a calendar.");
    }
}

}  // namespace

Action make_plan(Options& options) {
    struct Input {
        app::PlanRequest request{};
        std::optional<std::string> ics{};
    };
    auto input = std::make_shared<Input>();
    options.option("--start", "DATE", "the first day, such as 2026-11-30; today by default", input->request.start);
    options.option("--hours-per-week", "N", "the hours that you have in a week", input->request.hours_a_week);
    options.option("--curriculum", "ID", "which of the curricula that you follow; the main one by default",
                   input->request.curriculum, Values::curricula);
    options.option("--ics", "FILE", "write the plan as a calendar; - is standard output, with nothing else on it",
                   input->ics, Values::files);
    return [input](Host& host) -> Result<Exit> {
        const auto ics = input->ics.value_or("");
        MLPATH_TRY(const auto context, host.context());
        MLPATH_CHECK(can_take_a_calendar(ics, host));  // before anything is recorded
        MLPATH_TRY(const auto view, app::plan(context, input->request));
        const auto calendar = ics.empty() ? std::string() : report::calendar(view.plans, context.clock.now());
        if (is_standard_output(ics)) {
            host.out().write(calendar);
            if (calendar.empty()) {
                host.remark(no_calendar);
            }
            remark_notes(host, view.notes);
            return Exit::done;
        }
        if (!calendar.empty()) {
            MLPATH_CHECK(write_report_file(ics, calendar));
        }
        if (host.json()) {
            auto plans = Json::array();
            for (const auto& plan : view.plans) {
                plans.push_back(json_of(plan));
            }
            Json object{{"planned", view.planned != app::Planned::shown}, {"plans", std::move(plans)}};
            put(object, "ics", calendar.empty() ? std::string() : ics);
            object["journal_notes"] = json_of(view.notes);
            host.print(std::move(object));
            return Exit::done;
        }
        Page page(host.out_terminal());
        write_plan(page, view, ics, calendar.empty() ? Written::no : Written::yes, host.clock());
        host.print(page);
        remark_notes(host, view.notes);
        return Exit::done;
    };
}

}  // namespace mlpath::cli
