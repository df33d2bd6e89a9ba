// What `selftest` and `author try` share: to judge the subjects of projects, and to tell what was found.
#pragma once

#include "app/author/selftest.hpp"
#include "commands/judging_setup.hpp"
#include "host.hpp"

namespace mlpath::cli {

// `--library acme` may be the name of one that the workspace has; then it is where that lies.
[[nodiscard]] Status find_named(std::vector<std::string>& libraries);
// With its progress on the terminal.
[[nodiscard]] Result<app::SelftestReport> run_selftest(Host& host, const app::Context& context,
                                                       const app::SelftestRequest& request, const app::Asked& asked);
[[nodiscard]] Json selftest_json(const app::SelftestReport& report);
// Of each fault: where it is, what was expected, what was found.
void write_faults(Page& page, const app::SelftestProject& project);

}  // namespace mlpath::cli
