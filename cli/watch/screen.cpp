#include "watch/screen.hpp"

#include <algorithm>
#include <array>

#include "base/text.hpp"
#include "render/advice.hpp"
#include "render/check_report.hpp"
#include "render/error.hpp"
#include "render/findings.hpp"
#include "render/text.hpp"
#include "render/words.hpp"

namespace mlpath::cli {

namespace {

std::vector<std::string> rows_of(Page& page, std::size_t width) {
    std::vector<std::string> rows;
    const auto text = page.take();
    for (const auto line : lines(text)) {
        for (auto& row : fold(line, width)) {
            rows.push_back(std::move(row));
        }
    }
    while (!rows.empty() && rows.back().empty()) {
        rows.pop_back();
    }
    return rows;
}

// "milestone 2 of 6", "6 of 6 milestones done".
std::string standing(const app::CheckReport& report) {
    const auto* const failing = first_failure(report);
    if (failing == nullptr) {
        return std::to_string(report.done) + " of " + count_of(report.of, "milestone") + " done";
    }
    return "milestone " + std::to_string(failing - report.judged.milestones.data() + 1) + " of " +
           std::to_string(report.of);
}

// Always as many rows, whatever goes on: what stands below does not jump when a run begins.
std::vector<std::string> head_of(const Screen& screen, const Terminal& terminal) {
    std::vector<std::string> parts;
    if (screen.report) {
        parts.push_back(standing(*screen.report));
    }
    if (!screen.last.empty()) {
        parts.push_back("last run " + screen.last);
    }
    std::vector<std::string> rows;
    const auto row = [&](std::string_view text, Tone tone) {
        const auto safe = printable(text);
        rows.push_back(
            paint(shorten(terminal.unicode ? safe : to_ascii(safe), terminal.width, terminal.unicode), tone, terminal));
    };
    row(screen.project + ": " + screen.title, Tone::strong);
    row(joined(parts, "; "), Tone::faint);
    row(screen.doing.empty() ? "waiting for the next save" : screen.doing,
        screen.doing.empty() ? Tone::faint : Tone::accent);
    if (!screen.looking.empty()) {
        Page page(terminal);
        page.line(screen.looking, Tone::faint);
        const auto more = rows_of(page, terminal.width);
        rows.insert(rows.end(), more.begin(), more.end());
    }
    return rows;
}

void write_verdict(Page& page, const Screen& screen) {
    if (screen.error) {
        write_error(page, *screen.error);
        page.line().line("A save tries again, and so does the key r.");
        return;
    }
    if (!screen.report) {
        return;
    }
    const auto& report = *screen.report;
    const auto* const failing = first_failure(report);
    if (failing == nullptr) {
        write_complete(page, report, screen.next);
        return;
    }
    write_first_failure(page, *failing);
    for (const auto& open : report.reopened) {
        page.line().line("Open again: " + open.title + " (it had passed since " + format_day(open.was_done_day) + ").",
                         Tone::doubtful);
    }
    page.line();
    if (report.open) {
        page.line(report.open->goal + " `" + report.open->told_by + "` tells everything that is asked.").line();
    }
    if (screen.hint) {
        if (screen.hint->milestone != failing->id && !screen.hint->finished) {
            page.line(screen.hint->milestone_title, Tone::strong);
        }
        write_hint(page, *screen.hint, Asking::by_key);
    } else if (failing->verdict == checks::Verdict::fail) {
        page.line("If you are stuck: the key h gives a hint.");
    } else {
        page.line("This says nothing about your work: we could not tell. `mlpath doctor` says what works here.");
    }
}

void write_body(Page& page, const Screen& screen) {
    switch (screen.view) {
        case View::verdict: write_verdict(page, screen); break;
        case View::list: write_list(page, screen.list); break;
        case View::help: write_keys(page); break;
        case View::next:
            if (screen.next) {
                write_next(page, *screen.next);
            }
            break;
    }
    if (!screen.remark.empty()) {
        page.line().line(screen.remark);
    }
}

struct KeyHelp {
    std::string_view key;
    std::string_view word;
    std::string_view says;
};
constexpr std::array keys{
    KeyHelp{"h", "hint", "a hint for the milestone that fails, one step further each time"},
    KeyHelp{"n", "next", "what is next in the curriculum"},
    KeyHelp{"l", "list", "the milestones and where they stand"},
    KeyHelp{"r", "rerun", "run the checks again from nothing, whatever is known already"},
    KeyHelp{"q", "quit", "leave"},
    KeyHelp{"?", "help", "this list"},
};

std::string key_line(const Terminal& terminal) {
    std::string text;
    for (const auto& key : keys) {
        text += (text.empty() ? "" : "  ") + std::string(key.key) + " " + std::string(key.word);
    }
    return shorten(text, terminal.width, terminal.unicode);
}

// How much of what can be scrolled is not seen.
std::string beyond(std::size_t above, std::size_t below) {
    std::vector<std::string> parts;
    if (above > 0) {
        parts.push_back(count_of(above, "row") + " above");
    }
    if (below > 0) {
        parts.push_back(count_of(below, "row") + " below");
    }
    return parts.empty() ? std::string() : joined(parts, ", ") + ": the arrow keys scroll";
}

}  // namespace

Frame compose(const Screen& screen, const Terminal& window) {
    // One column stays free: some terminals wrap as soon as the last one is written.
    auto terminal = window;
    terminal.width = std::max<std::size_t>(window.width, 2) - 1;
    const auto width = terminal.width;
    auto rows = head_of(screen, terminal);
    Page page(terminal);
    write_body(page, screen);
    const auto body = rows_of(page, width);

    // In a window of a few rows the verdict goes before all else.
    const auto height = std::max<std::size_t>(terminal.height, 1);
    constexpr std::size_t least_body = 3;
    const bool keys_shown = height >= least_body + 3;
    const auto below = keys_shown ? std::size_t{2} : std::size_t{0};
    const auto most_head = height - std::min(height, below + least_body + 1);
    rows.resize(std::min(rows.size(), most_head));
    if (!rows.empty()) {
        rows.emplace_back();
    }
    Frame frame{.room = height - std::min(height, rows.size() + below)};
    frame.scrolled = std::min(screen.scrolled, body.size() - std::min(body.size(), frame.room));
    const auto last = std::min(body.size(), frame.scrolled + frame.room);
    rows.insert(rows.end(), body.begin() + static_cast<std::ptrdiff_t>(frame.scrolled),
                body.begin() + static_cast<std::ptrdiff_t>(last));
    if (keys_shown) {
        rows.resize(height - 2);
        rows.push_back(
            paint(shorten(beyond(frame.scrolled, body.size() - last), width, terminal.unicode), Tone::faint, terminal));
        rows.push_back(paint(key_line(terminal), Tone::faint, terminal));
    }
    frame.rows = std::move(rows);
    return frame;
}

const checks::MilestoneResult* first_failure(const app::CheckReport& report) {
    const auto found = std::ranges::find_if(report.judged.milestones, [](const auto& milestone) {
        return milestone.verdict != checks::Verdict::pass && milestone.verdict != checks::Verdict::skipped;
    });
    return found == report.judged.milestones.end() ? nullptr : &*found;
}

std::vector<ListedMilestone> list_milestones(const library::Project& project, const app::CheckReport* report,
                                             const progress::State& state) {
    std::vector<ListedMilestone> list;
    for (const auto& milestone : project.milestones) {
        ListedMilestone listed{.title = milestone.title, .state = "open", .tone = Tone::faint};
        const checks::MilestoneResult* result = nullptr;
        if (report != nullptr) {
            const auto found = std::ranges::find(report->judged.milestones, milestone.id, &checks::MilestoneResult::id);
            result = found == report->judged.milestones.end() ? nullptr : &*found;
        }
        if (result != nullptr && result->verdict != checks::Verdict::skipped) {
            listed.state = verdict_word(result->verdict);
            listed.tone = verdict_tone(result->verdict);
        } else if (state.passes(project.id, milestone.id)) {
            listed.state = "pass";
            listed.remark = "passed before, not looked at now";
        }
        list.push_back(std::move(listed));
    }
    return list;
}

void write_list(Page& page, const std::vector<ListedMilestone>& list) {
    std::size_t number = 0;
    for (const auto& milestone : list) {
        constexpr std::size_t word_width = 5;
        page.labelled(milestone.state, milestone.tone,
                      std::to_string(++number) + ". " + milestone.title +
                          (milestone.remark.empty() ? "" : " (" + milestone.remark + ")"),
                      0, word_width);
    }
}

void write_keys(Page& page) {
    for (const auto& key : keys) {
        page.labelled(key.key, Tone::accent, key.says, 2, 2);
    }
    page.labelled("arrows", Tone::accent, "scroll; Escape goes back to the verdict", 2, 2);
    page.line().line("Every save runs the checks that it concerns. Ctrl-C leaves as well, Ctrl-Z pauses.");
}

void write_complete(Page& page, const app::CheckReport& report, const std::optional<app::Next>& next) {
    const bool is_whole = report.done == report.of;
    if (is_whole) {
        page.line(report.of == 1 ? "The milestone passes" : "All " + std::to_string(report.of) + " milestones pass",
                  Tone::good);
        page.line("`" + report.project + "` is complete. Well done: that is a project you can show.");
    } else {  // one milestone was asked for
        page.line(
            "What is watched here passes, " + std::to_string(report.done) + " of " + count_of(report.of, "milestone"),
            Tone::good);
    }
    for (const auto& milestone : report.judged.milestones) {
        for (const auto& check : milestone.checks) {
            if (!check.finding.warning.empty()) {
                page.labelled("warning", Tone::doubtful, check.finding.warning, 2);
            }
        }
    }
    page.line();
    if (next && is_whole) {
        write_next(page, *next);
    } else {
        page.line("Go on with:").command(report.next);
    }
    write_reasons(page, report);
    page.line().line("Watching goes on, so that what you polish keeps passing.");
}

}  // namespace mlpath::cli
