// Metrics of clusterings: agreement with known classes, and the silhouette, which needs only the points.
#pragma once

#include <span>
#include <vector>

#include "base/error.hpp"
#include "metrics/contingency.hpp"

namespace mlpath::metrics {

// Hubert and Arabie 1985, from the counts of pairs of rows; 1 where the two partitions are the same.
[[nodiscard]] double adjusted_rand(const Contingency& table);
// Mutual information over the arithmetic mean of the two entropies; 1 where both are one cluster.
[[nodiscard]] double normalized_mutual_info(const Contingency& table);

// Rousseeuw 1987, Euclidean, the mean over all points; a point alone in its cluster counts 0. `coordinates` are the
// columns. Takes time in the square of the points: refused beyond 50 000. Needs 2 to points-1 clusters.
[[nodiscard]] Result<double> silhouette(std::span<const std::vector<double>> coordinates, const Codes& clusters,
                                        std::size_t classes);

}  // namespace mlpath::metrics
