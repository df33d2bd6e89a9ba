// Metrics of ranked candidates, such as recommendations: rows are candidates, in groups (a user, a query), with a true
// relevance (0: not relevant) and a score. Each is computed by group and averaged over the groups; a group without a
// relevant candidate counts 0. Candidates of equal score count as in the mean over all their orders (McSherry and
// Najork 2008), so that no order of the file is rewarded.
#pragma once

#include <span>

#include "base/error.hpp"
#include "metrics/labels.hpp"

namespace mlpath::metrics {

enum class RankingMetric {
    precision,  // relevant ones among the first k, over k
    recall,     // relevant ones among the first k, over all relevant ones
    ndcg,       // the discounted gain (relevance over log2 of place+1) of the first k, over the greatest possible
    map,        // the mean over the relevant ones in the first k of the precision there, over min(k, all relevant ones)
    hit_rate,   // whether any relevant one is among the first k
};

// Fails on a relevance below zero. Columns are of one length, finite; `groups` codes a table of `group_count` groups.
[[nodiscard]] Result<double> ranking(RankingMetric metric, std::size_t k, std::span<const double> relevance,
                                     std::span<const double> scores, const Codes& groups, std::size_t group_count);

}  // namespace mlpath::metrics
