// The one command that mends a lack of Python packages. Inside of core/run; others use interpreter.hpp.
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "library/project.hpp"

namespace mlpath::run {

// An interpreter that was asked, as far as advice depends on it.
struct Base {
    std::filesystem::path path{};
    bool new_enough = false;                           // its version; packages may be added
    std::vector<library::PythonPackage> to_install{};  // what it lacks, or has too old
    bool too_old_package = false;                      // it has one of them, so that apt would change nothing
    bool can_make_environments = false;
    bool has_pip = false;
};

struct AdviceRequest {
    bool has_apt = false;                 // Debian and what descends from it
    bool is_root = false;                 // then without sudo
    std::optional<Base> system{};         // /usr/bin/python3, which apt installs for
    std::optional<Base> own{};            // an environment of the learner's that is already considered
    std::optional<Base> any{};            // the first that is new enough
    std::filesystem::path environment{};  // where a new one is looked for; empty: nowhere by itself
    std::string shown{};                  // the same as the person would type it
    bool environment_is_broken = false;   // it is there, and its Python is gone
    const library::PythonNeeds& needs;
};

// "run `sudo apt install python3-sklearn` (it installs scikit-learn and what it needs)".
[[nodiscard]] std::string advice(const AdviceRequest& request);

}  // namespace mlpath::run
