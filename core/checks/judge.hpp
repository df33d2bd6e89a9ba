// `python` checks: a script of ours in an isolated interpreter judges values that the learner's functions return in
// another process. mlpath stands between the two and passes plain JSON lines; neither can reach the other.
#pragma once

#include <filesystem>
#include <string>

#include "checks/verdict.hpp"
#include "run/step.hpp"

namespace mlpath::checks {

struct JudgeRequest {
    std::filesystem::path script{};         // the check script, on disk where only we read it
    std::filesystem::path template_root{};  // where check.path("checks/…") resolves
    std::string function{};
    double seconds = 30;  // for everything together
};

// Runs the script's function against the learner's code in `place`. The script's own defect (an exception of ours, a
// missing function) is an error verdict, never a failure of the learner's.
[[nodiscard]] Finding judge(const JudgeRequest& request, const run::StepRunner& runner, run::Workplace& place,
                            const run::Interpreter& isolated, system::Processes& processes, std::stop_token stop = {});

}  // namespace mlpath::checks
