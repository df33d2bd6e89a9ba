// What many splits of the data say of a project's verdicts, for its author.
#pragma once

#include "app/author/splits.hpp"
#include "json/json.hpp"
#include "render/page.hpp"

namespace mlpath::cli {

// Tables of checks and flaws, and the verdict in a line.
void write_splits(Page& page, const app::SplitsReport& report);
[[nodiscard]] Json json_of(const app::SplitsReport& report);

}  // namespace mlpath::cli
