// Names inside archives, judged before anything is written.
#pragma once

#include <string>
#include <string_view>

#include "base/error.hpp"

namespace mlpath::data {

// "./a//b" as "a/b"; empty for the archive's own root. Malformed: absolute, with `..`, with a backslash or a control
// character, longer than file systems take.
[[nodiscard]] Result<std::string> member_path(std::string_view name);

// Where a symbolic link at `member` points to, as a member path; malformed if outside.
[[nodiscard]] Result<std::string> link_target(std::string_view member, std::string_view target);

}  // namespace mlpath::data
