// What the warnings mean that libraries print on stderr: they never fail a check, and they worry a learner.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace mlpath::run {

// A sentence for each kind of warning that is known, in the order of a table and each once: what it says and what to
// do.
[[nodiscard]] std::vector<std::string> explained_warnings(std::string_view printed);

}  // namespace mlpath::run
