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

// From this share on, work counts as the published solution. Ours against independent answers of ours: below 0.4.
inline constexpr double published_from = 0.7;

}  // namespace mlpath::checks
