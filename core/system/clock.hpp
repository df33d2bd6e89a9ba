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
};

class RealClock final : public Clock {
public:
    [[nodiscard]] TimePoint now() const override;
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
