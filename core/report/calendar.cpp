#include "report/calendar.hpp"

#include "base/text.hpp"

namespace mlpath::report {

namespace {

constexpr std::string_view beginning = "BEGIN:VCALENDAR\r\n";
constexpr std::string_view product = "PRODID:-//mlpath//mlpath plan//EN\r\n";

// 20261120
std::string basic_date(Day day) { return replace_all(format_date(day), "-", ""); }

// 20261120T062711Z
std::string basic_time(TimePoint time) {
    return replace_all(replace_all(format_time(time).substr(0, 19), "-", ""), ":", "") + "Z";
}

std::string description_of(const progress::StagePlan& stage) {
    std::string text;
    for (const auto& title : stage.titles) {
        text += "- " + title + "\n";
    }
    return text + "`mlpath next` says what comes next.";
}

void write_event(std::string& calendar, const progress::Schedule& schedule, const progress::StagePlan& stage,
                 const std::string& stamp) {
    calendar += folded("BEGIN:VEVENT");
    // Entries that were taken into a calendar before the stage was renamed are still the same.
    const auto& stage_id = stage.first_id.empty() ? stage.id : stage.first_id;
    const auto& curriculum_id = schedule.first_id.empty() ? schedule.curriculum : schedule.first_id;
    calendar +=
        folded("UID:" + stage_id + "." + curriculum_id + "." + progress::to_string(schedule.plan.id) + "@mlpath");
    calendar += folded("SEQUENCE:" + std::to_string(schedule.plan.revision));
    calendar += folded("DTSTAMP:" + stamp);
    calendar += folded("LAST-MODIFIED:" + stamp);
    calendar += folded("DTSTART;VALUE=DATE:" + basic_date(stage.own->begin));
    calendar += folded("DTEND;VALUE=DATE:" + basic_date(stage.own->end));
    calendar += folded("SUMMARY:" + calendar_text(stage.title));
    calendar += folded("DESCRIPTION:" + calendar_text(description_of(stage)));
    calendar += folded("TRANSP:TRANSPARENT");
    calendar += folded("END:VEVENT");
}

bool continues_a_letter(char c) { return (static_cast<unsigned char>(c) & 0xC0U) == 0x80U; }

}  // namespace

std::string folded(std::string_view line) {
    constexpr std::size_t most = 75;
    std::string text;
    std::size_t room = most;
    while (line.size() > room) {
        auto end = room;
        while (end > 1 && continues_a_letter(line[end])) {
            --end;
        }
        text.append(line.substr(0, end)).append("\r\n ");
        line.remove_prefix(end);
        room = most - 1;  // the blank counts
    }
    return text.append(line).append("\r\n");
}

std::string calendar_text(std::string_view text) {
    std::string escaped;
    for (const char c : printable_block(text)) {
        if (c == '\\' || c == ';' || c == ',') {
            escaped += '\\';
            escaped += c;
        } else if (c == '\n') {
            escaped += "\\n";
        } else if (c == '\t') {
            escaped += ' ';
        } else {
            escaped += c;
        }
    }
    return escaped;
}

std::string calendar(std::span<const progress::Schedule> schedules, TimePoint stamp) {
    const auto made_at = basic_time(stamp);
    std::string events;
    for (const auto& schedule : schedules) {
        for (const auto& stage : schedule.stages) {
            if (stage.own) {
                write_event(events, schedule, stage, made_at);
            }
        }
    }
    if (events.empty()) {
        return {};
    }
    std::string text(beginning);
    text += folded("VERSION:2.0");
    text += product;
    text += folded("CALSCALE:GREGORIAN");
    text += folded("X-WR-CALNAME:mlpath");
    text += events;
    return text + folded("END:VCALENDAR");
}

bool is_our_calendar(std::string_view text) {
    return text.starts_with(beginning) && text.substr(0, 1000).find(product) != std::string_view::npos;
}

}  // namespace mlpath::report
