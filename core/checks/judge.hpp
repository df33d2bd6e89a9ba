// `python` checks: a script of ours in an isolated interpreter judges values that the learner's functions return in
// another process. mlpath stands between the two and passes plain JSON lines; neither can reach the other.
#pragma once

#include <chrono>
#include <filesystem>
#include <string>
#include <vector>

#include "checks/hangs.hpp"
#include "checks/verdict.hpp"
#include "run/causes.hpp"
#include "run/step.hpp"

namespace mlpath::checks {

class JudgeRequests;

// The files of the process in which the learner's functions are called, which its sandbox shows.
[[nodiscard]] std::vector<std::filesystem::path> caller_files(const std::filesystem::path& harness);

struct JudgeRequest {
    std::filesystem::path harness{};        // where judge.py and caller.py lie on disk
    std::filesystem::path script{};         // the check script, on disk where only we read it
    std::filesystem::path template_root{};  // where check.path("checks/…") resolves
    std::string function{};
    std::string check{};                    // its id, for what is said of hangs
    run::Scene scene{};                     // of the project, for likely causes
    double seconds = 10;                    // for all calls together, imports not counted
    std::chrono::milliseconds grace{5000};  // for the script to say its verdict when the time is used up
    JudgeRequests* requests = nullptr;      // what it may ask for besides calls; null: nothing
};

// Runs the script's function against the learner's code in `place`. The script's own defect (an exception of ours, a
// missing function, no end) is an error verdict, never a failure of the learner's; so is a stop. What did not come back
// before is not called again: the check is skipped.
[[nodiscard]] Finding judge(const JudgeRequest& request, const run::StepRunner& runner, run::Workplace& place,
                            const run::Interpreter& isolated, system::Processes& processes, Hangs& hangs,
                            std::stop_token stop = {});

}  // namespace mlpath::checks
