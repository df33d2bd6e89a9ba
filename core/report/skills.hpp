// The skills as Markdown, for a README or a CV: nothing in it that is not proved.
#pragma once

#include <span>
#include <string>

#include "progress/skills.hpp"
#include "system/clock.hpp"

namespace mlpath::report {

// A list of the skills that projects of the learner's own or passed quizzes prove, each with these and when. What was
// only said, begun, or done with our solution is not in it. One sentence where nothing is proved yet. Days are those of
// the clock's calendar.
[[nodiscard]] std::string skills_markdown(std::span<const progress::SkillProgress> skills, const system::Clock& clock);

}  // namespace mlpath::report
