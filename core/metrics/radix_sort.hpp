// Sorting doubles as integers, in linear time.
#pragma once

#include <bit>
#include <cstdint>
#include <vector>

namespace mlpath::metrics {

// A key whose order as an integer is the order of the number (not NaN); -0 and 0 have one key.
[[nodiscard]] inline std::uint64_t order_key(double number) {
    const auto bits = std::bit_cast<std::uint64_t>(number + 0.0);
    constexpr std::uint64_t sign = std::uint64_t{1} << 63U;
    return (bits & sign) != 0 ? ~bits : bits | sign;
}

// Ascending; by digits of 11 bits from the lowest, leaving out those that all keys share. Takes as much memory again.
void radix_sort(std::vector<std::uint64_t>& keys);

}  // namespace mlpath::metrics
