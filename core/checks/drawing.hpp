// A small picture in one line of text, for terminals, logs and reports.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace mlpath::checks {

// The values on an axis: "0.120 [|--o--oo8@8o---o] 0.410, asked | 0.120". `o` is one value, `8` two, `@` more; `|`
// stands at the margin, and `mark_means` says what that is. Plain ASCII without blanks in the picture, so that no form
// of report breaks it; empty for no values.
[[nodiscard]] std::string draw_spread(const std::vector<double>& values, double margin,
                                      std::string_view mark_means = "asked");

struct Axis {
    double low = 0;
    double high = 0;
    std::size_t width = 33;  // marks
};
// The marks alone, "--o--oo8@8o|--o", for pictures that share an axis.
[[nodiscard]] std::string draw_marks(const std::vector<double>& values, double margin, const Axis& axis);

// What the picture of a score means, for whoever has not seen one: the finding carries it beside the picture.
inline constexpr std::string_view spread_legend =
    "how much better than the baseline the splits are: o is one split, 8 two, @ three or more; | is what is asked";

}  // namespace mlpath::checks
