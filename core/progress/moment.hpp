// When something was recorded, twice: the date that the clock showed, and where it stands among all that was recorded.
//
// The two differ only where a clock was wrong. The date is for people; which of two things came first is decided by the
// order alone, so that a clock that once ran ahead, or fell behind, neither turns history around nor dates what
// follows.
#pragma once

#include "base/time.hpp"

namespace mlpath::progress {

struct Moment {
    TimePoint at{};     // the clock's own
    TimePoint order{};  // what came after has a later one

    Moment() = default;
    // By a clock that was right.
    Moment(TimePoint time) : at(time), order(time) {}  // NOLINT(google-explicit-constructor): a date is one
    Moment(TimePoint date, TimePoint place) : at(date), order(place) {}
    // What a new event, of whatever date, may not stand before: just behind this one.
    [[nodiscard]] TimePoint next() const { return order + std::chrono::microseconds(1); }
    friend bool operator==(const Moment&, const Moment&) = default;
};

}  // namespace mlpath::progress
