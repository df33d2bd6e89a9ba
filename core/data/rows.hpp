// The rows of a labeled table, made ready to be divided: what counts as the same row, which rows belong together, and
// an order that depends on nothing but what the rows say.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "base/error.hpp"
#include "library/project.hpp"
#include "table/table.hpp"

namespace mlpath::data {

struct Rows {
    table::Table table{};    // what the learner may see: dropped columns are gone; the target is still there
    std::size_t target = 0;  // its column
    std::vector<std::uint64_t>
        key{};  // of each row: a hash of its parsed cells, the same whatever the file's row order, line ends or
                // number format ("5.10" is 5.1); the n-th of several identical rows has a key of its own
    std::vector<std::uint64_t> alike{};  // of each row: identical rows (ids aside) have the same, in any table
    std::vector<std::size_t>
        group{};  // rows with the same number stay together: identical rows (ids aside), or of one `group` value
    std::vector<std::size_t>
        stratum{};  // rows with the same number are spread evenly: a class, or a tenth of a numeric target
    std::vector<std::size_t> rank{};  // chronological: position in time, equal times share one; empty otherwise
    [[nodiscard]] std::size_t size() const { return table.rows.size(); }
    [[nodiscard]] const std::string& label(std::size_t row) const { return table.rows[row][target]; }
};

// Fails with malformed where a column that the split names is absent, a label is missing or infinite, rows are to be
// stratified by a target that is the same in all, or times cannot be ordered (they are numbers, or begin with a date
// such as 2026-11-20).
[[nodiscard]] Result<Rows> prepare_rows(table::Table table, const library::SplitSpec& spec);

// One row as text for comparing and hashing: numbers in their shortest form, missing cells alike.
[[nodiscard]] std::string canonical_row(const std::vector<std::string>& cells, const std::vector<bool>& counts);

}  // namespace mlpath::data
