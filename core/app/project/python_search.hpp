// Where a Python is sought for the learner's own work: in the workspace, with the environments that were made for it.
#pragma once

#include "app/context.hpp"
#include "run/interpreter.hpp"
#include "workspace/find.hpp"

namespace mlpath::app {

// `home` is the workspace's folder, or the project's where there is none around it; `workspace` may be null.
[[nodiscard]] run::InterpreterSearch own_search(const Context& context, const fs::path& home,
                                                const workspace::Workspace* workspace);
// Nothing that somebody handed in: for work that may not choose its Python, and outside of any workspace.
[[nodiscard]] run::InterpreterSearch portfolio_search(const Context& context, run::MadeBy by = run::MadeBy::env);

}  // namespace mlpath::app
