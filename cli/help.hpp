// The help of mlpath and of each command, at most 80 columns wide.
#pragma once

#include "commands.hpp"
#include "render/page.hpp"

namespace mlpath::cli {

void write_help(Page& page);
void write_help(Page& page, const Command& command, const Options& options);
// For help, a pipe is read by people too.
[[nodiscard]] Terminal for_help(Terminal terminal);

}  // namespace mlpath::cli
