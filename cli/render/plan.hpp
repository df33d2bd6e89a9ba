// A plan and how one stands with it, for people and for machines.
#pragma once

#include <string>

#include "json/json.hpp"
#include "progress/schedule.hpp"
#include "render/page.hpp"
#include "system/clock.hpp"

namespace mlpath::cli {

// "3 days behind: by now Level 1 would be done; you are at Level 1, 4 of 9."
[[nodiscard]] std::string standing_words(const progress::Schedule& schedule);
void write_schedule(Page& page, const progress::Schedule& schedule, const system::Clock& clock);
[[nodiscard]] Json json_of(const progress::Schedule& schedule);
// The same without the stages, for `status`.
[[nodiscard]] Json standing_json(const progress::Schedule& schedule);

}  // namespace mlpath::cli
