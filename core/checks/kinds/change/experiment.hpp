// What a learner declares: a hypothesis, and two ways to run their program.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "checks/verdict.hpp"
#include "run/step.hpp"

namespace mlpath::checks {

struct Experiment {
    std::string hypothesis{};
    std::vector<std::string> before{};  // the argv of a step: {"{python}", "predict.py"}
    std::vector<std::string> after{};
};

inline constexpr std::size_t longest_experiment = 64U << 10U;  // bytes of the file

// A file of the form {"hypothesis": "…", "before": "python3 predict.py", "after": "python3 predict.py --pairs"}. A
// Finding says what is wrong with it; `name` is that of the file.
[[nodiscard]] tl::expected<Experiment, Finding> read_experiment(std::string_view text, const std::string& name,
                                                                const run::Sources& sources);

}  // namespace mlpath::checks
