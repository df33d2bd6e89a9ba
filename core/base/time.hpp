// Points in time as text: UTC, RFC 3339, microseconds, so that text order is time order. What a person reads is a day
// of their own calendar (system/clock.hpp), not one of UTC's.
#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <string_view>

namespace mlpath {

using Day = std::chrono::sys_days;
using TimePoint = std::chrono::time_point<std::chrono::system_clock, std::chrono::microseconds>;

// The day that the calendar shows where clocks are so many minutes ahead of UTC.
[[nodiscard]] inline Day day_at(TimePoint time, std::chrono::minutes ahead) {
    return std::chrono::floor<std::chrono::days>(time + ahead);
}

[[nodiscard]] std::string format_time(TimePoint time);                         // 2026-11-20T06:27:11.123456Z
[[nodiscard]] std::optional<TimePoint> parse_time(std::string_view text);      // the same form back, nothing else
[[nodiscard]] std::string format_day(Day day);                                 // 20 Nov 2026
[[nodiscard]] std::string format_date(Day day);                                // 2026-11-20
[[nodiscard]] std::optional<Day> parse_date(std::string_view text);            // the same form back; only real days
[[nodiscard]] std::string format_compact(TimePoint time);                      // 20261120-062711, for names of backups
[[nodiscard]] std::string human_duration(std::chrono::microseconds duration);  // 0.4 s, 12 s, 3 min 5 s

}  // namespace mlpath
