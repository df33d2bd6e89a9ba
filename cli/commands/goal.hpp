// What `check GOAL` and `done GOAL` share: judging a goal by its checks.
#pragma once

#include <string>

#include "commands/judging_setup.hpp"

namespace mlpath::cli {

[[nodiscard]] Result<Exit> check_goal(Host& host, const app::Context& context, const std::string& goal,
                                      run::SandboxWish sandbox);

}  // namespace mlpath::cli
