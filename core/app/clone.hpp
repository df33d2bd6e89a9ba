// Getting a library from an address: `https://…@TAG` or `ssh`, by git, and nothing of what comes is run.
#pragma once

#include <optional>
#include <stop_token>
#include <string>
#include <string_view>

#include "base/files.hpp"
#include "system/environment.hpp"
#include "system/process.hpp"

namespace mlpath::app {

struct Address {
    std::string url{};
    std::string tag{};
};
// nullopt: it is no address, so it must be a folder. usage: an address without a tag, of another kind than https and
// ssh, with a password in it, or with a tag that git could take for something else.
[[nodiscard]] Result<std::optional<Address>> read_address(std::string_view text);

// Clones that one tag (or branch) into `into`, a folder that is not there yet; returns the commit. missing: no git;
// network: it could not be had, in git's own words; interrupted.
[[nodiscard]] Result<std::string> clone(const Address& address, const fs::path& into,
                                        const system::Environment& environment, system::Processes& processes,
                                        const std::stop_token& stop);

}  // namespace mlpath::app
