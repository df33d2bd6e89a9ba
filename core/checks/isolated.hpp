// How mlpath's own Python is run: nothing that is installed or set on this machine has a say in a verdict.
#pragma once

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "run/interpreter.hpp"
#include "system/process.hpp"

namespace mlpath::checks {

// Of the interpreter: no user's settings, no installed packages, nothing written.
[[nodiscard]] inline std::vector<std::string> isolated_options() { return {"-I", "-S", "-B"}; }

// The script of the harness with its words.
[[nodiscard]] inline system::ProcessSpec isolated_program(const run::Interpreter& python,
                                                          const std::filesystem::path& harness, std::string_view script,
                                                          const std::vector<std::string>& words) {
    system::ProcessSpec spec{.argv = {python.path.string()},
                             .environment = {{"PATH", "/usr/bin:/bin"}, {"LC_ALL", "C.UTF-8"}, {"TZ", "UTC"}},
                             .folder = harness,
                             .input = {}};
    const auto options = isolated_options();
    spec.argv.insert(spec.argv.end(), options.begin(), options.end());
    spec.argv.push_back((harness / script).string());
    spec.argv.insert(spec.argv.end(), words.begin(), words.end());
    return spec;
}

}  // namespace mlpath::checks
