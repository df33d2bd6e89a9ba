#include "metrics/regression.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>
#include <string>
#include <vector>

#include "metrics/sum.hpp"

namespace mlpath::metrics {

namespace {

double square(double value) { return value * value; }

}  // namespace

double mean_absolute_error(Numbers truth, Numbers predicted, Numbers weights) {
    return mean_of(truth.size(), weights, [&](std::size_t i) { return std::abs(truth[i] - predicted[i]); });
}

double mean_squared_error(Numbers truth, Numbers predicted, Numbers weights) {
    return mean_of(truth.size(), weights, [&](std::size_t i) { return square(truth[i] - predicted[i]); });
}

double mean_absolute_percentage_error(Numbers truth, Numbers predicted, Numbers weights) {
    constexpr double least = std::numeric_limits<double>::epsilon();
    return mean_of(truth.size(), weights, [&](std::size_t i) {
        return std::abs(truth[i] - predicted[i]) / std::max(std::abs(truth[i]), least);
    });
}

double median_absolute_error(Numbers truth, Numbers predicted, Numbers weights) {
    std::vector<double> errors(truth.size());
    for (std::size_t i = 0; i < errors.size(); ++i) {
        errors[i] = std::abs(truth[i] - predicted[i]);
    }
    if (!weights.empty()) {
        std::vector<std::size_t> order(errors.size());
        std::iota(order.begin(), order.end(), std::size_t{0});
        std::ranges::stable_sort(order, {}, [&](std::size_t i) { return errors[i]; });
        double whole = 0;
        for (const auto i : order) {
            whole += weights[i];
        }
        double reached = 0;
        for (const auto i : order) {
            reached += weights[i];
            if (reached >= whole / 2) {
                return errors[i];
            }
        }
        return errors[order.back()];
    }
    const auto middle = errors.begin() + static_cast<std::ptrdiff_t>(errors.size() / 2);
    std::nth_element(errors.begin(), middle, errors.end());
    if (errors.size() % 2 == 1) {
        return *middle;
    }
    return (*std::max_element(errors.begin(), middle) + *middle) / 2;
}

double max_error(Numbers truth, Numbers predicted) {
    double most = 0;
    for (std::size_t i = 0; i < truth.size(); ++i) {
        most = std::max(most, std::abs(truth[i] - predicted[i]));
    }
    return most;
}

Result<double> root_mean_squared_log_error(Numbers truth, Numbers predicted, Numbers weights) {
    for (std::size_t i = 0; i < truth.size(); ++i) {
        if (truth[i] < 0 || predicted[i] < 0) {
            return fail(ErrorKind::malformed,
                        "row " + std::to_string(i + 1) + ": the logarithmic error of a value below zero has no value",
                        "use rmse, or keep predictions at zero or above");
        }
    }
    return std::sqrt(mean_of(truth.size(), weights,
                             [&](std::size_t i) { return square(std::log1p(truth[i]) - std::log1p(predicted[i])); }));
}

Result<double> r2(Numbers truth, Numbers predicted, Numbers weights) {
    if (truth.size() < 2) {
        return fail(ErrorKind::malformed, "r2 has no value for a single row", "take two rows at least");
    }
    const double mean = mean_of(truth.size(), weights, [&](std::size_t i) { return truth[i]; });
    const double residual = mean_squared_error(truth, predicted, weights);
    const double spread = mean_of(truth.size(), weights, [&](std::size_t i) { return square(truth[i] - mean); });
    if (spread == 0) {
        return residual == 0 ? 1 : 0;
    }
    return 1 - residual / spread;
}

}  // namespace mlpath::metrics
