// Whether work is the learner's own or the published solution, by a fingerprint that survives renaming and
// reformatting.
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "run/interpreter.hpp"
#include "system/process.hpp"

namespace mlpath::checks {

struct Works {
    std::filesystem::path skeleton{};
    std::filesystem::path solution{};  // laid over the skeleton
    std::filesystem::path work{};      // the learner's
    std::vector<std::string> files{};  // the Python files to compare, relative
};

// The part of what the solution adds to the skeleton that stands in the work too, 0 to 1; nullopt where nothing can be
// compared. `harness` holds fingerprint.py. Nothing of the learner's is executed: the files are parsed, in the isolated
// interpreter.
[[nodiscard]] Result<std::optional<double>> published_share(const Works& works, const std::filesystem::path& harness,
                                                            const run::Interpreter& isolated,
                                                            system::Processes& processes, std::stop_token stop = {});

// From this share on, work counts as the published solution. Measured on iris, titanic and text-analyzer: the solution
// renamed, reformatted, reordered and moved to other files 1.00; with one part of it rewritten (our flawed answers)
// 0.71 to 1.00; answers written independently from the brief 0.19, 0.04 and 0.16.
inline constexpr double published_from = 0.6;

}  // namespace mlpath::checks
