// What a check of a project found, as a whole.
#pragma once

#include <cstddef>

#include "app/judge/check.hpp"
#include "json/json.hpp"
#include "render/page.hpp"

namespace mlpath::cli {

// The milestones behind the first `from`.
void write_milestones(Page& page, const app::CheckReport& report, std::size_t from = 0);
// How many are done, which are open again, and how to go on.
[[nodiscard]] Json json_of(const app::OtherPython& other);
// That the learner's shell runs another Python, and what to do.
void write_other_python(Page& page, const app::OtherPython& other);
void write_summary(Page& page, const app::CheckReport& report);
// Where a complete project has reasons to read.
void write_reasons(Page& page, const app::CheckReport& report);
[[nodiscard]] Json json_of(const app::CheckReport& report);

}  // namespace mlpath::cli
