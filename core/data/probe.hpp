// Altered divisions that find what a score cannot see. Each is a pure function of the division and a seed.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "data/split.hpp"

namespace mlpath::data {

// Odd but well-formed rows joined to the test rows (first, in the middle and last): numbers a thousand times out of
// range, categories never seen, missing cells where the column has some. Their ids follow the highest one. Truth keeps
// its length and order of the old rows.
[[nodiscard]] Division with_strange_rows(const Division& division, std::uint64_t seed);

// The training labels shuffled among the training rows.
[[nodiscard]] Division with_permuted_labels(const Division& division, std::uint64_t seed);

// The row ids and the cells of `columns` replaced by others of the same shape, equal ones by equal ones, alike in train
// and test: letters by letters, digits by digits; a word that ends in a full stop ("Mrs.") stays, since it is a title
// and no name.
[[nodiscard]] Division with_renamed(const Division& division, const std::vector<std::string>& columns,
                                    std::uint64_t seed);

// The cells of `columns` shuffled among the test rows, together, so that what belongs together stays so.
[[nodiscard]] Division with_shuffled_columns(const Division& division, const std::vector<std::string>& columns,
                                             std::uint64_t seed);

// The test rows in another order.
[[nodiscard]] Division with_reordered_test(const Division& division, std::uint64_t seed);

}  // namespace mlpath::data
