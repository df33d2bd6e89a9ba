#include "progress/timestamp.hpp"

#include <chrono>

namespace mlpath::progress {

namespace {

// The number in `count` digits at `at`, or -1.
int digits(std::string_view text, std::size_t at, std::size_t count) {
    int value = 0;
    for (std::size_t i = at; i < at + count; ++i) {
        if (text[i] < '0' || text[i] > '9') {
            return -1;
        }
        value = value * 10 + (text[i] - '0');
    }
    return value;
}

}  // namespace

bool read_timestamp(std::string_view text, std::int64_t& microseconds) {
    constexpr std::size_t whole = 19;  // 2026-11-20T06:27:11
    if (text.size() <= whole || text.size() > whole + 11 || text.back() != 'Z' || text[4] != '-' || text[7] != '-' ||
        text[10] != 'T' || text[13] != ':' || text[16] != ':') {
        return false;
    }
    const int year = digits(text, 0, 4);
    const int month = digits(text, 5, 2);
    const int day = digits(text, 8, 2);
    const int hour = digits(text, 11, 2);
    const int minute = digits(text, 14, 2);
    const int second = digits(text, 17, 2);
    if (year < 0 || month < 1 || day < 1 || hour < 0 || hour > 23 || minute < 0 || minute > 59 || second < 0 ||
        second > 60) {
        return false;
    }
    std::int64_t fraction = 0;
    if (text.size() > whole + 1) {
        const auto count = text.size() - whole - 2;
        if (text[whole] != '.' || count == 0) {
            return false;
        }
        for (std::size_t i = 0; i < 6; ++i) {
            fraction *= 10;
            if (i < count) {
                const int digit = digits(text, whole + 1 + i, 1);
                if (digit < 0) {
                    return false;
                }
                fraction += digit;
            }
        }
        for (std::size_t i = 6; i < count; ++i) {
            if (digits(text, whole + 1 + i, 1) < 0) {
                return false;
            }
        }
    }
    const std::chrono::year_month_day date{std::chrono::year{year}, std::chrono::month{static_cast<unsigned>(month)},
                                           std::chrono::day{static_cast<unsigned>(day)}};
    if (!date.ok()) {
        return false;
    }
    const std::int64_t days = std::chrono::sys_days{date}.time_since_epoch().count();
    microseconds = (((days * 24 + hour) * 60 + minute) * 60 + second) * 1'000'000 + fraction;
    return true;
}

}  // namespace mlpath::progress
