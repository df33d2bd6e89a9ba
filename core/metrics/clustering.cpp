#include "metrics/clustering.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <string>

#include "base/text.hpp"
#include "metrics/sum.hpp"

namespace mlpath::metrics {

namespace {

using Wide = __int128;  // products of counts of pairs of rows pass 64 bits

double entropy(const std::vector<double>& totals, double rows) {
    Sum sum;
    for (const double count : totals) {
        if (count > 0) {
            sum.add(-(count / rows) * (std::log(count) - std::log(rows)));
        }
    }
    return sum.value();
}

std::ptrdiff_t used(const std::vector<double>& totals) {
    return std::ranges::count_if(totals, [](double total) { return total > 0; });
}

}  // namespace

double adjusted_rand(const Contingency& table) {
    const auto squares = [](const std::vector<double>& totals) {
        Wide sum = 0;
        for (const auto total : totals) {
            sum += static_cast<Wide>(total) * static_cast<Wide>(total);
        }
        return sum;
    };
    Wide together = 0;
    for (const auto& pair : table.pairs) {
        together += static_cast<Wide>(pair.count) * static_cast<Wide>(pair.count);
    }
    const auto rows = static_cast<Wide>(table.rows);
    const Wide in_both = together - rows;
    const Wide in_predicted_only = squares(table.predicted_totals) - together;
    const Wide in_truth_only = squares(table.truth_totals) - together;
    const Wide in_none = rows * rows - in_predicted_only - in_truth_only - together;
    if (in_predicted_only == 0 && in_truth_only == 0) {
        return 1;
    }
    const Wide excess = in_both * in_none - in_truth_only * in_predicted_only;
    const Wide most = (in_both + in_truth_only) * (in_truth_only + in_none) +
                      (in_both + in_predicted_only) * (in_predicted_only + in_none);
    return 2 * static_cast<double>(excess) / static_cast<double>(most);
}

double normalized_mutual_info(const Contingency& table) {
    if (used(table.truth_totals) == 1 || used(table.predicted_totals) == 1) {
        return used(table.truth_totals) == used(table.predicted_totals) ? 1 : 0;
    }
    const double rows = table.rows;
    Sum information;
    for (const auto& [truth, predicted, count] : table.pairs) {
        const double independent = table.truth_totals[truth] * table.predicted_totals[predicted];
        const double term = count / rows * (std::log(count) + std::log(rows) - std::log(independent));
        if (std::abs(term) >= std::numeric_limits<double>::epsilon()) {
            information.add(term);
        }
    }
    const double both = std::max(0.0, information.value());
    return both == 0
               ? 0
               : both / ((entropy(table.truth_totals, table.rows) + entropy(table.predicted_totals, table.rows)) / 2);
}

Result<double> silhouette(std::span<const std::vector<double>> coordinates, const Codes& clusters,
                          std::size_t classes) {
    constexpr std::size_t most_points = 50'000;
    const std::size_t points = clusters.size();
    const std::size_t dimensions = coordinates.size();
    std::vector<std::size_t> sizes(classes);
    for (std::size_t i = 0; i < points; ++i) {
        ++sizes[clusters[i]];
    }
    const auto count = static_cast<std::size_t>(std::ranges::count_if(sizes, [](std::size_t n) { return n > 0; }));
    if (count < 2 || count >= points) {
        return fail(ErrorKind::malformed,
                    "silhouette has no value for " + count_of(count, "cluster") + " of " + count_of(points, "point"),
                    "it needs at least two clusters, and fewer clusters than points");
    }
    if (points > most_points) {
        return fail(
            ErrorKind::usage,
            "silhouette compares every point with every other: " + std::to_string(points) + " points are too many",
            "take a random sample of at most " + std::to_string(most_points));
    }
    std::vector<double> rows(points * dimensions);
    for (std::size_t d = 0; d < dimensions; ++d) {
        for (std::size_t i = 0; i < points; ++i) {
            rows[i * dimensions + d] = coordinates[d][i];
        }
    }
    Sum total;
    std::vector<double> distances(classes);
    for (std::size_t i = 0; i < points; ++i) {
        std::ranges::fill(distances, 0.0);
        for (std::size_t j = 0; j < points; ++j) {
            double square = 0;
            for (std::size_t d = 0; d < dimensions; ++d) {
                const double difference = rows[i * dimensions + d] - rows[j * dimensions + d];
                square += difference * difference;
            }
            distances[clusters[j]] += std::sqrt(square);
        }
        const Code own = clusters[i];
        if (sizes[own] == 1) {
            continue;
        }
        const double inside = distances[own] / static_cast<double>(sizes[own] - 1);
        double outside = std::numeric_limits<double>::infinity();
        for (std::size_t other = 0; other < classes; ++other) {
            if (other != own && sizes[other] > 0) {
                outside = std::min(outside, distances[other] / static_cast<double>(sizes[other]));
            }
        }
        if (const double greater = std::max(inside, outside); greater > 0) {
            total.add((outside - inside) / greater);
        }
    }
    return total.value() / static_cast<double>(points);
}

}  // namespace mlpath::metrics
