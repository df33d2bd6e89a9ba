// What checks found: what was expected, what came, the likely cause, how to look further.
#pragma once

#include "checks/verdict.hpp"
#include "json/json.hpp"
#include "render/page.hpp"

namespace mlpath::cli {

// One line for a milestone, and below it every check that does not pass, with all that teaches. The goal is told where
// it fails.
void write_milestone(Page& page, const checks::MilestoneResult& milestone, std::string_view goal = {});
// The milestone with the first of its checks that does not pass alone, and how many others do not: what fits on a
// screen that is looked at after every save.
void write_first_failure(Page& page, const checks::MilestoneResult& milestone);
[[nodiscard]] Json json_of(const checks::MilestoneResult& milestone);
[[nodiscard]] Tone verdict_tone(checks::Verdict verdict);
// "pass", "fail", "error", "skip": words of at most five columns.
[[nodiscard]] std::string_view verdict_word(checks::Verdict verdict);

}  // namespace mlpath::cli
