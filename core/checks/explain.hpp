// The likely cause of a failure: what fits what was seen, or nothing.
#pragma once

#include <set>
#include <string>

#include "checks/verdict.hpp"
#include "library/project.hpp"

namespace mlpath::checks {

using Untouched = std::set<std::string, std::less<>>;  // the learner's files that are still as they were given

// The file that the check is about, if it is untouched, or all programs of the project are; empty: it is not so.
[[nodiscard]] std::string untouched_file(const library::Check& check, const library::Project& project,
                                         const Untouched& untouched);

// Completes a failed finding with what the author of the check knows. Work that was not begun is told to be that, and
// nothing else. Otherwise the first of the check's `likely` whose pattern is found in what was seen (message, values,
// code, output) is taken; then what was said of this very failure; then the check's `because`, which is about every
// failure of its claim. A kind that claims one thing knows less of its failure than the author does.
void explain(const library::Check& check, const std::string& untouched, Finding& finding);

}  // namespace mlpath::checks
