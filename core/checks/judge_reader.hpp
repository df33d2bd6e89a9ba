// The role of the reader: a script of ours, with libraries, turns bytes that the learner made into plain facts, in a
// sandbox where none of the learner's code is. Inside of core/checks.
#pragma once

#include <filesystem>
#include <stop_token>
#include <string>
#include <string_view>

#include "checks/subject.hpp"
#include "run/step.hpp"

namespace mlpath::checks {

inline constexpr std::size_t most_facts = 2u << 20;  // bytes of what a reader tells

struct ReaderRequest {
    std::filesystem::path harness{};  // where read.py lies
    std::filesystem::path script{};
    std::string name{};  // of the file, as the learner knows it
    std::string_view bytes{};
    std::string given{};  // JSON that the judge hands it beside the file; empty: nothing
    double seconds = 30;
};

// The line that answers: {"ok":true,"facts":…}. A Finding where the file is not what it should be, as too much time,
// memory or output for it says too. An Error (missing) where the interpreter lacks a library that the reader needs.
[[nodiscard]] Result<tl::expected<std::string, Finding>> read_by_script(const ReaderRequest& request,
                                                                        const run::StepRunner& runner,
                                                                        std::stop_token stop);

}  // namespace mlpath::checks
