// A finding as JSON and back, whole, to be kept.
#pragma once

#include <optional>

#include "checks/verdict.hpp"
#include "json/json.hpp"

namespace mlpath::checks {

// Nothing where it would not come back the same: a figure that is no number, a text that is not UTF-8.
[[nodiscard]] std::optional<Json> json_of(const Finding& finding);
[[nodiscard]] std::optional<Finding> finding_from(const Json& json);

// Whether the same would be found again: it passes or fails, and no time ran out, which may be this machine's load.
[[nodiscard]] bool is_lasting(const Finding& finding);

}  // namespace mlpath::checks
