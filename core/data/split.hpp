// Dividing rows into those that train and those that judge. Order is by a hash of the seed and the parsed row, so that
// the same seed gives the same parts on every machine and for every mirror's bytes of the same table.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "data/rows.hpp"

namespace mlpath::data {

struct Parts {
    std::vector<std::size_t> train{};  // row numbers of Rows
    std::vector<std::size_t> test{};
};

// The held-out part: `spec.test` of the rows (of each stratum), whole groups; the latest rows where the method is
// chronological.
[[nodiscard]] Result<Parts> hold_out(const Rows& rows, const library::SplitSpec& spec, std::uint64_t seed);

// `count` folds over all rows: each row is tested once, trained on in the others; chronological: each fold tests one
// block and trains on all that came before it. Malformed where there are too few rows or groups.
[[nodiscard]] Result<std::vector<Parts>> folds(const Rows& rows, const library::SplitSpec& spec, std::uint64_t seed,
                                               std::size_t count);

// What is laid before the learner, and what stays with mlpath.
struct Division {
    table::Table train{};  // row_id first, the target among the columns
    table::Table test{};   // row_id first, no target
    std::string target{};
    std::vector<std::string> truth{};  // the target of each test row, in the order of `test`
};

// Row ids are 1, 2, … in an order of their own over both parts: they tell neither the part nor the label nor the place
// in the file. Rows come in hash order too; in time order where the method is chronological.
[[nodiscard]] Division divide(const Rows& rows, const Parts& parts, std::uint64_t seed);

// Leaves out of what is tested of `others` the rows that also train in `rows`, a table like it: both were drawn by
// chance, and a short row may come twice. Malformed where no other is left.
[[nodiscard]] Result<Parts> without_known(Parts others_parts, const Rows& others, const Parts& parts, const Rows& rows);

// The training part of one division, and what is held out of another of a table like it, under the row ids that were
// held out before: `given` is what a learner may know all about, and `drawn` is what nobody has seen. What is held out
// in order of time goes on from what came before it, so that there all is `drawn`.
[[nodiscard]] Division held_out_of(Division given, Division drawn, library::SplitMethod method);

}  // namespace mlpath::data
