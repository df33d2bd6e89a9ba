// Pairs the rows of two files by a key.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/error.hpp"
#include "metrics/column_reader.hpp"

namespace mlpath::metrics {

// For each row of the truth, the row of the predictions with the same key: as written, or, where all keys of both files
// are numbers and do not match as written, of the same value. Fails with malformed, telling apart: a key
// that is missing, one that occurs twice in a file, rows of the truth without a prediction, predictions of no row.
[[nodiscard]] Result<std::vector<std::uint32_t>> join(const Texts& truth, const Texts& predictions,
                                                      std::string_view truth_file, std::string_view prediction_file);

// Rows in the order of `rows`.
void reorder(ColumnData& column, const std::vector<std::uint32_t>& rows);

}  // namespace mlpath::metrics
