// How often which class was taken for which, counted while scores are computed, and carried by a finding as a
// measurement.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "checks/verdict.hpp"

namespace mlpath::checks {

using Confusion = std::map<std::pair<std::string, std::string>, std::uint64_t>;  // of (truth, prediction)

// Adds the rows of one split. Both lists are in the same order.
void count_confusion(Confusion& confusion, const std::vector<std::string>& truth,
                     const std::vector<std::string>& predictions);
// As the matrix "confusion". Nothing for more than a few classes, or for labels that cannot be shown as they are.
void put_confusion(Finding& finding, const Confusion& confusion);
// "predicts `0` for 98 % of the rows", where nearly all predictions are one class and the truth is not; else empty.
[[nodiscard]] std::string one_answer_of(const Confusion& confusion);
[[nodiscard]] Confusion confusion_of(const Finding& finding);

}  // namespace mlpath::checks
