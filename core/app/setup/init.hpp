// `mlpath init [DIR] [--curriculum ID]`.
#pragma once

#include <string>

#include "app/context.hpp"
#include "workspace/init.hpp"

namespace mlpath::app {

struct InitRequest {
    fs::path folder{};         // made if absent; empty: where the user stands
    std::string curriculum{};  // empty: levels
};

struct Init {
    workspace::Initialised made{};
    std::string curriculum_title{};  // of the main one
    std::string next{};              // the command to go on with: "cd ml && mlpath next"
};

// not_found for a curriculum that does not exist. A folder that is a workspace already is no error (`made.outcome`).
[[nodiscard]] Result<Init> init(const Context& context, const InitRequest& request);

}  // namespace mlpath::app
