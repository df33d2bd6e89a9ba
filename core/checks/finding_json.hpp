// A finding as JSON and back, whole, to be kept.
#pragma once

#include <optional>
#include <string_view>

#include "checks/verdict.hpp"
#include "json/json.hpp"

namespace mlpath::checks {

// Nothing where it would not come back the same: a figure that is no number, a text that is not UTF-8.
[[nodiscard]] std::optional<Json> json_of(const Finding& finding);
[[nodiscard]] std::optional<Finding> finding_from(const Json& json);

[[nodiscard]] Json json_of(const Judged& judged);
[[nodiscard]] std::optional<Judged> judged_from(const Json& json);
// As to_string has it.
[[nodiscard]] std::optional<Verdict> verdict_from(std::string_view name);

// Whether the same would be found again: it passes or fails, and no time ran out, which may be this machine's load.
[[nodiscard]] bool is_lasting(const Finding& finding);

}  // namespace mlpath::checks
