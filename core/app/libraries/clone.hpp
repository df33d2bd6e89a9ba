// Getting a library from an address, by git: nothing of what comes is run.
#pragma once

#include <stop_token>
#include <string>

#include "base/files.hpp"
#include "system/environment.hpp"
#include "system/process.hpp"
#include "workspace/address.hpp"

namespace mlpath::app {

// Clones that one tag (or branch) into `into`, a folder that is not there yet; returns the commit. missing: no git;
// network: it could not be had, in git's own words; interrupted.
[[nodiscard]] Result<std::string> clone(const workspace::Address& address, const fs::path& into,
                                        const system::Environment& environment, system::Processes& processes,
                                        const std::stop_token& stop);

}  // namespace mlpath::app
