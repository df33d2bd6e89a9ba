// Whose work a project's sources are: for `verify`, which judges them, and for `skills`, which names them as proof.
#pragma once

#include <stop_token>

#include "app/context.hpp"
#include "report/report.hpp"
#include "run/step.hpp"

namespace mlpath::app {

// By which the sources are compared; nothing of the learner's is executed.
struct AuthorshipTools {
    const library::Content& content;
    const fs::path& harness;
    const run::Interpreter& python;  // the isolated one
    system::Processes& processes;    // that run it
};

// `unknown` where there is nothing that could be compared; an Error where it could not be told.
[[nodiscard]] Result<report::Authorship> authorship_of(const AuthorshipTools& tools, const library::Project& project,
                                                       const run::Sources& sources, std::stop_token stop);

}  // namespace mlpath::app
