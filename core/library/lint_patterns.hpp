// The regular expressions of a check.
#pragma once

#include <string>

#include "library/draft.hpp"

namespace mlpath::library {

// A fault where the expression cannot be used.
void lint_pattern(Draft& draft, const json::Document& document, const std::string& pointer, const std::string& text);
// All of `matches`, `lacks`, and of the expectations in `stdout` and `stderr`.
void lint_patterns(Draft& draft, const json::Document& document, const std::string& pointer, const Check& check);

}  // namespace mlpath::library
