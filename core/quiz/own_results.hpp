// Questions about the learner's own results: what a confusion matrix that a check counted says. Pure arithmetic over
// the counts; the answers are numbers with a tolerance, the wrong ones what is often mistaken for them.
#pragma once

#include <map>
#include <string>
#include <utility>
#include <vector>

#include "library/quiz.hpp"

namespace mlpath::quiz {

// How often the row's class (first) was predicted as (second), over all held-out rows.
using Confusion = std::map<std::pair<std::string, std::string>, std::uint64_t>;

// At most one question of each kind, for 2 to 5 classes that all occur; none where there is nothing to ask: no
// mistakes, or a class that is never predicted. Formulas: precision = TP / (TP + FP), recall = TP / (TP + FN), and what
// accuracy would be if all classes were equally frequent = the mean of the recalls (balanced accuracy).
[[nodiscard]] std::vector<library::Question> questions_about(const Confusion& confusion);

}  // namespace mlpath::quiz
