// What a check leaves out and others say: its step, and the schema of its kind.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "library/project.hpp"

namespace mlpath::library {

// Puts each `default` of the kind's schema where the check says nothing. The default stands nowhere else.
void put_defaults(Check& check);

// Puts what the check's step says of its `data` and `predictions` where the check says nothing, if its kind wants them
// (`from_step` in its schema).
void take_from_step(Check& check, const std::vector<Step>& steps);

// The first of these that neither the check nor its step has; such a check cannot be judged.
[[nodiscard]] std::optional<std::string> left_out(const Check& check);

// What is wrong, and what helps.
[[nodiscard]] std::string left_out_message(const Check& check, std::string_view field);
[[nodiscard]] std::string left_out_hint(std::string_view field);

}  // namespace mlpath::library
