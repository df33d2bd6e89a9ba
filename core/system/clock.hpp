// Time and randomness as interfaces: a test that needs a date or an id says which.
#pragma once

#include <cstdint>
#include <string>

#include "base/time.hpp"

namespace mlpath::system {

class Clock {
public:
    virtual ~Clock() = default;
    [[nodiscard]] virtual TimePoint now() const = 0;
    // How far the user's own time is ahead of UTC at that moment, by the rules of where they are.
    [[nodiscard]] virtual std::chrono::minutes ahead_of_utc(TimePoint /*time*/) const { return {}; }
    // The day that the calendar on the user's wall shows then, and now: it may be another than in UTC.
    [[nodiscard]] Day day_of(TimePoint time) const { return day_at(time, ahead_of_utc(time)); }
    [[nodiscard]] Day today() const { return day_of(now()); }
};

class RealClock final : public Clock {
public:
    [[nodiscard]] TimePoint now() const override;
    // What TZ, or else /etc/localtime, says; UTC where that is nothing that the system knows.
    [[nodiscard]] std::chrono::minutes ahead_of_utc(TimePoint time) const override;
};

class Random {
public:
    virtual ~Random() = default;
    [[nodiscard]] virtual std::uint64_t next() = 0;
};

// From the kernel (getrandom): fit for ids that must not collide between machines.
class RealRandom final : public Random {
public:
    [[nodiscard]] std::uint64_t next() override;
};

// 32 hex digits.
[[nodiscard]] std::string random_id(Random& random);

}  // namespace mlpath::system
