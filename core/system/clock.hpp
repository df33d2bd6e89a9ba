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
    // The day that the calendar on the user's wall shows, which may be another than that of `now`, in UTC.
    [[nodiscard]] virtual Day today() const { return std::chrono::floor<std::chrono::days>(now()); }
};

class RealClock final : public Clock {
public:
    [[nodiscard]] TimePoint now() const override;
    [[nodiscard]] Day today() const override;
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
