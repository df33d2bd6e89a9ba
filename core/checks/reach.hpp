// What of the learner's sources comes to a function, a module or a program of theirs (reach.py reads them and runs
// nothing). Inside of core/checks.
#pragma once

#include <filesystem>
#include <stop_token>
#include <string>

#include "checks/hangs.hpp"
#include "run/interpreter.hpp"
#include "run/step.hpp"
#include "system/process.hpp"

namespace mlpath::checks {

// `what` as in Hangs::note. Nothing where it cannot be told: each is then waited for by itself.
[[nodiscard]] Hangs::Reaching reaching(const std::string& what, const run::Sources& sources,
                                       const std::filesystem::path& harness, const run::Interpreter& isolated,
                                       system::Processes& processes, std::stop_token stop);

}  // namespace mlpath::checks
