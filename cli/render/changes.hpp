// Files that were changed, laid over or kept: for diff, reset and solution.
#pragma once

#include <string>

#include "json/json.hpp"
#include "render/page.hpp"
#include "workspace/changes.hpp"

namespace mlpath::cli {

// A unified diff; plus and minus stay where color is not.
void write_diff(Page& page, std::string_view diff);
void write_laid_over(Page& page, const workspace::LaidOver& laid);
[[nodiscard]] Json json_of(const workspace::LaidOver& laid);

}  // namespace mlpath::cli
