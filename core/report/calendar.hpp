// A schedule as an iCalendar file (RFC 5545), as calendar programs import it: an all-day event for each stage.
#pragma once

#include <span>
#include <string>
#include <string_view>

#include "progress/schedule.hpp"

namespace mlpath::report {

// The event of a stage has the same UID each time, so that importing again moves it rather than adding another; the id
// of the learner's first plan is in it, so that no other learner has the same one. SEQUENCE counts how often the plan
// was made anew. `stamp` is when the file is made: the days are worked out at that moment, so it is also when they were
// last modified (with no METHOD, RFC 5545 makes DTSTAMP and LAST-MODIFIED the same). The event is transparent: a stage
// of three weeks does not make anybody busy. Empty where nothing is laid: a calendar without events is none.
[[nodiscard]] std::string calendar(std::span<const progress::Schedule> schedules, TimePoint stamp);

// Whether the text is a calendar that `calendar` wrote: what may be replaced.
[[nodiscard]] bool is_our_calendar(std::string_view text);

// A content line with its CRLF, folded so that no line has more than 75 octets and no letter is torn apart.
[[nodiscard]] std::string folded(std::string_view line);
// TEXT as RFC 5545 has it: backslash, semicolon, comma and newline are escaped; control characters are shown.
[[nodiscard]] std::string calendar_text(std::string_view text);

}  // namespace mlpath::report
