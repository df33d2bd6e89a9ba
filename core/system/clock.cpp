#include "system/clock.hpp"

#include <sys/random.h>

#include <array>
#include <cstdio>
#include <ctime>

namespace mlpath::system {

TimePoint RealClock::now() const {
    return std::chrono::time_point_cast<std::chrono::microseconds>(std::chrono::system_clock::now());
}

std::chrono::minutes RealClock::ahead_of_utc(TimePoint time) const {
    const std::time_t seconds = std::chrono::floor<std::chrono::seconds>(time).time_since_epoch().count();
    std::tm parts{};
    ::tzset();  // localtime_r alone need not look at TZ
    if (::localtime_r(&seconds, &parts) == nullptr) {
        return {};  // a year that the system has no number for
    }
    return std::chrono::floor<std::chrono::minutes>(std::chrono::seconds(parts.tm_gmtoff));
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
