// Whether the first line of a table names its columns. Names are mostly words; but pandas writes numbers where none
// were given (`0`, `0,1,2`, `,0` with the index), and a pivoted table has years, so that numbers alone decide nothing.
#pragma once

#include <span>
#include <string>
#include <vector>

namespace mlpath::metrics {

enum class FirstLine { names, row, doubtful };

// `below` are some of the rows that follow, each as long as `first`. `named` are the columns that were asked for by
// name: `2020` says that there are names, and `c1` that there are none. Numbers are names where they are whole and
// differ, and the rows below do not look like them: an index without a name, years, decimals below. They are a row
// where they could not be names. `0` above 0 and 1 could be either.
[[nodiscard]] FirstLine read_first_line(std::span<const std::string> first,
                                        std::span<const std::vector<std::string>> below,
                                        std::span<const std::string> named);

}  // namespace mlpath::metrics
