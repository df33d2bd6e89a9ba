// The help of mlpath and of each command, at most 80 columns wide; with --json an object of the same.
#pragma once

#include "commands.hpp"
#include "host.hpp"

namespace mlpath::cli {

void show_help(Host& host);
void show_help(Host& host, const Command& command, const Options& options);

}  // namespace mlpath::cli
