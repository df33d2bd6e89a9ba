#include "base/time.hpp"

#include <array>
#include <cstdio>

namespace mlpath {

namespace {

struct Parts {
    std::chrono::year_month_day day;
    std::chrono::hh_mm_ss<std::chrono::microseconds> time;
};

Parts parts_of(TimePoint time) {
    const auto day = std::chrono::floor<std::chrono::days>(time);
    return {std::chrono::year_month_day{day}, std::chrono::hh_mm_ss{time - day}};
}

template <typename... Arguments>
std::string print(const char* form, Arguments... arguments) {
    std::array<char, 64> buffer{};
    std::snprintf(buffer.data(), buffer.size(), form, arguments...);
    return buffer.data();
}

}  // namespace

std::string format_time(TimePoint time) {
    const auto [day, clock] = parts_of(time);
    return print("%04d-%02u-%02uT%02ld:%02ld:%02ld.%06ldZ", static_cast<int>(day.year()),
                 static_cast<unsigned>(day.month()), static_cast<unsigned>(day.day()),
                 static_cast<long>(clock.hours().count()), static_cast<long>(clock.minutes().count()),
                 static_cast<long>(clock.seconds().count()), static_cast<long>(clock.subseconds().count()));
}

std::string format_date(Day day) {
    const std::chrono::year_month_day date{day};
    return print("%04d-%02u-%02u", static_cast<int>(date.year()), static_cast<unsigned>(date.month()),
                 static_cast<unsigned>(date.day()));
}

std::optional<Day> parse_date(std::string_view text) {
    const auto time = parse_time(std::string(text) + "T00:00:00.000000Z");
    return time ? std::optional(std::chrono::floor<std::chrono::days>(*time)) : std::nullopt;
}

std::optional<TimePoint> parse_time(std::string_view text) {
    constexpr std::string_view form = "dddd-dd-ddTdd:dd:dd.ddddddZ";
    if (text.size() != form.size()) {
        return std::nullopt;
    }
    std::array<int, 7> fields{};
    std::size_t field = 0;
    for (std::size_t i = 0; i < form.size(); ++i) {
        if (form[i] == 'd') {
            if (text[i] < '0' || text[i] > '9') {
                return std::nullopt;
            }
            fields.at(field) = fields.at(field) * 10 + (text[i] - '0');
        } else {
            if (text[i] != form[i]) {
                return std::nullopt;
            }
            ++field;
        }
    }
    const auto [year, month, day, hour, minute, second, micro] = fields;
    const std::chrono::year_month_day date{std::chrono::year{year}, std::chrono::month{static_cast<unsigned>(month)},
                                           std::chrono::day{static_cast<unsigned>(day)}};
    if (!date.ok() || hour > 23 || minute > 59 || second > 59) {
        return std::nullopt;
    }
    return TimePoint{std::chrono::sys_days{date}} + std::chrono::hours{hour} + std::chrono::minutes{minute} +
           std::chrono::seconds{second} + std::chrono::microseconds{micro};
}

std::string format_day(Day when) {
    constexpr std::array<const char*, 12> months{"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                                 "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
    const std::chrono::year_month_day day{when};
    return print("%u %s %d", static_cast<unsigned>(day.day()), months.at(static_cast<unsigned>(day.month()) - 1),
                 static_cast<int>(day.year()));
}

std::string format_compact(TimePoint time) {
    const auto [day, clock] = parts_of(time);
    return print("%04d%02u%02u-%02ld%02ld%02ld", static_cast<int>(day.year()), static_cast<unsigned>(day.month()),
                 static_cast<unsigned>(day.day()), static_cast<long>(clock.hours().count()),
                 static_cast<long>(clock.minutes().count()), static_cast<long>(clock.seconds().count()));
}

std::string human_duration(std::chrono::microseconds duration) {
    const double seconds = std::chrono::duration<double>(duration).count();
    if (seconds < 9.95) {
        return print("%.1f s", seconds);
    }
    const auto whole = static_cast<long>(seconds + 0.5);
    if (whole < 60) {
        return print("%ld s", whole);
    }
    return print("%ld min %ld s", whole / 60, whole % 60);
}

}  // namespace mlpath
