#include "metrics/contingency.hpp"

#include <algorithm>
#include <cstdint>
#include <map>
#include <utility>

#include "metrics/sum.hpp"

namespace mlpath::metrics {

namespace {

constexpr std::size_t most_dense_cells = std::size_t{1} << 16U;  // half a megabyte of counters: they stay in the cache

std::vector<PairCount> count_dense(const auto& truth, const auto& predicted, std::size_t classes) {
    // Two tables take turns, so that runs of one class do not wait for their own counter.
    std::vector<std::uint64_t> even(classes * classes);
    std::vector<std::uint64_t> odd(classes * classes);
    const std::size_t rows = truth.size();
    std::size_t i = 0;
    for (; i + 1 < rows; i += 2) {
        ++even[truth[i] * classes + predicted[i]];
        ++odd[truth[i + 1] * classes + predicted[i + 1]];
    }
    if (i < rows) {
        ++even[truth[i] * classes + predicted[i]];
    }
    std::vector<PairCount> pairs;
    for (std::size_t cell = 0; cell < even.size(); ++cell) {
        if (const auto count = even[cell] + odd[cell]; count > 0) {
            pairs.push_back(
                {static_cast<Code>(cell / classes), static_cast<Code>(cell % classes), static_cast<double>(count)});
        }
    }
    return pairs;
}

std::vector<PairCount> count_sparse(const auto& truth, const auto& predicted) {
    std::vector<std::uint64_t> keys(truth.size());
    for (std::size_t i = 0; i < keys.size(); ++i) {
        keys[i] = (static_cast<std::uint64_t>(truth[i]) << 32U) | predicted[i];
    }
    std::ranges::sort(keys);
    std::vector<PairCount> pairs;
    for (std::size_t i = 0; i < keys.size();) {
        const auto start = i;
        while (i < keys.size() && keys[i] == keys[start]) {
            ++i;
        }
        pairs.push_back(
            {static_cast<Code>(keys[start] >> 32U), static_cast<Code>(keys[start]), static_cast<double>(i - start)});
    }
    return pairs;
}

std::vector<PairCount> sum_weights(const Codes& truth, const Codes& predicted, std::span<const double> weights) {
    std::map<std::pair<Code, Code>, Sum> sums;
    for (std::size_t i = 0; i < weights.size(); ++i) {
        sums[{truth[i], predicted[i]}].add(weights[i]);
    }
    std::vector<PairCount> pairs;
    for (const auto& [codes, sum] : sums) {
        pairs.push_back({codes.first, codes.second, sum.value()});
    }
    return pairs;
}

}  // namespace

Contingency count_pairs(const Codes& truth, const Codes& predicted, std::size_t classes,
                        std::span<const double> weights) {
    Contingency table;
    if (!weights.empty()) {
        table.pairs = sum_weights(truth, predicted, weights);
    } else {
        table.pairs = truth.visit([&](const auto& truth_codes) {
            return predicted.visit([&](const auto& predicted_codes) {
                return classes * classes <= most_dense_cells ? count_dense(truth_codes, predicted_codes, classes)
                                                             : count_sparse(truth_codes, predicted_codes);
            });
        });
    }
    table.truth_totals.resize(classes);
    table.predicted_totals.resize(classes);
    table.matches.resize(classes);
    table.occurs.resize(classes);
    for (const auto& [true_class, predicted_class, count] : table.pairs) {
        table.rows += count;
        table.truth_totals[true_class] += count;
        table.predicted_totals[predicted_class] += count;
        table.occurs[true_class] = table.occurs[predicted_class] = true;
        if (true_class == predicted_class) {
            table.matches[true_class] += count;
        }
    }
    return table;
}

}  // namespace mlpath::metrics
