// Reading a learner's predictions and laying them beside the truth, row by row, by `row_id`. What is wrong with the
// file is said in the words of the mistake.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "checks/verdict.hpp"
#include "data/split.hpp"

namespace mlpath::checks {

enum class CellsAre { labels, numbers };

// The cells of `column` in the order of `division.test`, or the failure. Rows of the file may come in any order.
// Missing, unknown and duplicate ids are told apart, as are empty cells, NaN and, where numbers are wanted, text.
[[nodiscard]] tl::expected<std::vector<std::string>, Finding> aligned_predictions(std::string_view text,
                                                                                  std::string_view file,
                                                                                  std::string_view column,
                                                                                  CellsAre kind,
                                                                                  const data::Division& division);

}  // namespace mlpath::checks
