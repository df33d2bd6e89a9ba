// How often each pair of true and predicted class occurs: all that metrics of labels need of the rows.
#pragma once

#include <cstdint>
#include <vector>

#include "metrics/labels.hpp"

namespace mlpath::metrics {

struct PairCount {
    Code truth = 0;
    Code predicted = 0;
    std::uint64_t count = 0;
};

struct Contingency {
    std::uint64_t rows = 0;
    std::vector<std::uint64_t> truth_totals{};      // by class code; a class of the table may have no row
    std::vector<std::uint64_t> predicted_totals{};  // by class code
    std::vector<std::uint64_t> matches{};           // by class code: predicted and true
    std::vector<PairCount> pairs{};                 // those that occur, by truth, then by prediction
};

// Both columns are of one length and of one table of `classes` classes.
[[nodiscard]] Contingency count_pairs(const Codes& truth, const Codes& predicted, std::size_t classes);

}  // namespace mlpath::metrics
