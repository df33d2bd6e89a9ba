// What checks found: what was expected, what came, the likely cause, how to look further.
#pragma once

#include "checks/verdict.hpp"
#include "json/json.hpp"
#include "render/page.hpp"

namespace mlpath::cli {

// One line for a milestone, and below it every check that does not pass, with all that teaches.
void write_milestone(Page& page, const checks::MilestoneResult& milestone);
[[nodiscard]] Json json_of(const checks::MilestoneResult& milestone);
[[nodiscard]] Tone tone_of(checks::Verdict verdict);
// "pass", "fail", "error", "skip": words of at most five columns.
[[nodiscard]] std::string_view word_for(checks::Verdict verdict);

}  // namespace mlpath::cli
