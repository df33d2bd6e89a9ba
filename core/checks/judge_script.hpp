// Kinds that a script of their folder judges.
#pragma once

#include <string>

#include "checks/evaluation.hpp"
#include "checks/verdict.hpp"

namespace mlpath::checks {

// Runs `judge(check)` of the kind's judge.py, which lies in the harness below kinds/<kind>. All calls of the learner's
// functions together have the check's `seconds`. An Error means that mlpath itself could not go on.
[[nodiscard]] Result<Finding> judge_by_script(const library::Check& check, Evaluation& evaluation);

// The same for a script of the template, and a function of it.
[[nodiscard]] Result<Finding> judge_by_script(const library::Check& check, Evaluation& evaluation,
                                              const std::filesystem::path& script, const std::string& function);

}  // namespace mlpath::checks
