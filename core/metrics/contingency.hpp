// How often each pair of true and predicted class occurs: all that metrics of labels need of the rows.
#pragma once

#include <span>
#include <vector>

#include "metrics/labels.hpp"

namespace mlpath::metrics {

struct PairCount {
    Code truth = 0;
    Code predicted = 0;
    double count = 0;  // or the sum of weights; whole numbers are exact up to 2^53
};

struct Contingency {
    double rows = 0;                         // or the sum of all weights
    std::vector<double> truth_totals{};      // by class code; a class of the table may have no row
    std::vector<double> predicted_totals{};  // by class code
    std::vector<double> matches{};           // by class code: predicted and true
    std::vector<bool> occurs{};              // by class code: in the truth or the predictions, with whatever weight
    std::vector<PairCount> pairs{};          // those that occur, by truth, then by prediction
};

// Both columns are of one length and of one table of `classes` classes; `weights` too, unless there are none.
[[nodiscard]] Contingency count_pairs(const Codes& truth, const Codes& predicted, std::size_t classes,
                                      std::span<const double> weights = {});

}  // namespace mlpath::metrics
