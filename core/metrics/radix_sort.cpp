#include "metrics/radix_sort.hpp"

#include <algorithm>
#include <array>
#include <utility>

namespace mlpath::metrics {

void radix_sort(std::vector<std::uint64_t>& keys) {
    constexpr std::size_t small = 4096;  // below, comparing is faster than counting
    constexpr unsigned digit_bits = 11;
    constexpr unsigned digits = 6;  // 66 bits
    constexpr std::size_t buckets = std::size_t{1} << digit_bits;
    constexpr std::uint64_t mask = buckets - 1;
    if (keys.size() < small) {
        std::ranges::sort(keys);
        return;
    }
    std::vector<std::array<std::size_t, buckets>> counts(digits);
    for (const auto key : keys) {
        for (unsigned digit = 0; digit < digits; ++digit) {
            ++counts[digit][(key >> (digit * digit_bits)) & mask];
        }
    }
    std::vector<std::uint64_t> sorted(keys.size());
    for (unsigned digit = 0; digit < digits; ++digit) {
        auto& starts = counts[digit];
        const unsigned shift = digit * digit_bits;
        if (starts[(keys.front() >> shift) & mask] == keys.size()) {
            continue;
        }
        std::size_t start = 0;
        for (auto& count : starts) {
            start += std::exchange(count, start);
        }
        for (const auto key : keys) {
            sorted[starts[(key >> shift) & mask]++] = key;
        }
        keys.swap(sorted);
    }
}

}  // namespace mlpath::metrics
