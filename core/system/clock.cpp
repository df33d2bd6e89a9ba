#include "system/clock.hpp"

#include <sys/random.h>

#include <array>
#include <cstdio>
#include <ctime>

namespace mlpath::system {

TimePoint RealClock::now() const {
    return std::chrono::time_point_cast<std::chrono::microseconds>(std::chrono::system_clock::now());
}

Day RealClock::today() const {
    const auto seconds = std::chrono::system_clock::to_time_t(now());
    std::tm parts{};
    ::localtime_r(&seconds, &parts);
    return std::chrono::sys_days{std::chrono::year{parts.tm_year + 1900} /
                                 std::chrono::month{static_cast<unsigned>(parts.tm_mon + 1)} /
                                 std::chrono::day{static_cast<unsigned>(parts.tm_mday)}};
}

std::uint64_t RealRandom::next() {
    std::uint64_t value = 0;
    while (::getrandom(&value, sizeof value, 0) != static_cast<ssize_t>(sizeof value)) {
        // Only a signal before the pool is ready can interrupt so small a request: ask again.
    }
    return value;
}

std::string random_id(Random& random) {
    std::array<char, 33> buffer{};
    const auto high = random.next();
    const auto low = random.next();
    std::snprintf(buffer.data(), buffer.size(), "%016llx%016llx", static_cast<unsigned long long>(high),
                  static_cast<unsigned long long>(low));
    return buffer.data();
}

}  // namespace mlpath::system
