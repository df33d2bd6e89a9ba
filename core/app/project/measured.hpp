// What the last check counted of a project, kept beside the journal and out of git: only `interview` asks about it, and
// the next check finds it out again.
#pragma once

#include "app/context.hpp"
#include "checks/verdict.hpp"
#include "quiz/own_results.hpp"

namespace mlpath::app {

// Best effort: what cannot be kept is not asked about.
void keep_measured(const fs::path& home, const std::string& project,
                   const std::vector<checks::MilestoneResult>& milestones, const Log& log = {});
// Empty where nothing was counted.
[[nodiscard]] quiz::Confusion measured(const fs::path& home, const std::string& project);

}  // namespace mlpath::app
