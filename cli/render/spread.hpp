// The picture of luck: how an improvement varies across splits, the learner's beside the solution's.
#pragma once

#include <string>

#include "app/judge/spread.hpp"
#include "json/json.hpp"
#include "render/page.hpp"

namespace mlpath::cli {

void write_spread(Page& page, const app::Spread& spread, const std::string& project);
[[nodiscard]] Json json_of(const app::Spread& spread);

}  // namespace mlpath::cli
