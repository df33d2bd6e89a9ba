// What the checks of a goal found.
#pragma once

#include "app/learn/goal.hpp"
#include "json/json.hpp"
#include "render/page.hpp"

namespace mlpath::cli {

// What follows from it, and how to go on; the findings themselves are told while they are made.
void write_summary(Page& page, const app::GoalReport& report);
[[nodiscard]] Json json_of(const app::GoalReport& report);

}  // namespace mlpath::cli
