// How a number varies across splits of the data.
#pragma once

#include <cstddef>
#include <vector>

namespace mlpath::checks {

struct Variation {
    std::size_t count = 0;
    double smallest = 0;
    double median = 0;  // of an even number: the mean of the two in the middle
    double largest = 0;
    friend bool operator==(const Variation&, const Variation&) = default;
};
// Zeros for no values.
[[nodiscard]] Variation variation_of(std::vector<double> values);

}  // namespace mlpath::checks
