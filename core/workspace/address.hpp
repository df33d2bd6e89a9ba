// Where a library of others comes from: `https://example.org/acme/library@v1.0`, or the like by ssh.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "base/error.hpp"

namespace mlpath::workspace {

struct Address {
    std::string url{};
    std::string tag{};
};
// nullopt: it is no address, so it must be a folder. usage: an address without a tag, of another kind than https and
// ssh, with a password in it, or with a tag that git could take for something else.
[[nodiscard]] Result<std::optional<Address>> read_address(std::string_view text);

}  // namespace mlpath::workspace
