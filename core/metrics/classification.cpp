#include "metrics/classification.hpp"

#include <cmath>

#include "metrics/sum.hpp"

namespace mlpath::metrics {

namespace {

double divide(double part, double whole) { return whole == 0 ? 0 : part / whole; }

Counts counts_of(const Contingency& table, std::size_t code) {
    return {table.matches[code], table.predicted_totals[code], table.truth_totals[code]};
}

double all_matches(const Contingency& table) {
    double matched = 0;
    for (const auto count : table.matches) {
        matched += count;
    }
    return matched;
}

// The sum of the products of two lists of totals: exact up to four thousand million rows.
long double product(const std::vector<double>& a, const std::vector<double>& b) {
    long double sum = 0;
    for (std::size_t i = 0; i < a.size(); ++i) {
        sum += static_cast<long double>(a[i]) * static_cast<long double>(b[i]);
    }
    return sum;
}

}  // namespace

double value_of(const Ratio& ratio, const Counts& counts) {
    switch (ratio.kind) {
        case Kind::precision: return divide(counts.matched, counts.predicted);
        case Kind::recall: return divide(counts.matched, counts.actual);
        case Kind::f: {
            const double square = ratio.beta * ratio.beta;
            return divide((1 + square) * counts.matched, counts.predicted + square * counts.actual);
        }
    }
    return 0;
}

double accuracy(const Contingency& table) { return divide(all_matches(table), table.rows); }

double balanced_accuracy(const Contingency& table) {
    Sum sum;
    std::size_t classes = 0;
    for (std::size_t code = 0; code < table.truth_totals.size(); ++code) {
        if (table.truth_totals[code] > 0) {
            sum.add(value_of({Kind::recall}, counts_of(table, code)));
            ++classes;
        }
    }
    return sum.value() / static_cast<double>(classes);
}

double ratio_of_class(const Ratio& ratio, const Contingency& table, std::optional<Code> positive) {
    return positive ? value_of(ratio, counts_of(table, *positive)) : 0;
}

double average_ratio(const Ratio& ratio, Average average, const Contingency& table) {
    if (average == Average::micro) {
        // Every row is predicted once and true once, so the three ratios are one.
        return value_of(ratio, {all_matches(table), table.rows, table.rows});
    }
    Sum sum;
    double weights = 0;
    for (std::size_t code = 0; code < table.truth_totals.size(); ++code) {
        const auto counts = counts_of(table, code);
        if (table.occurs[code]) {
            const double weight = average == Average::macro ? 1 : counts.actual;
            sum.add(weight * value_of(ratio, counts));
            weights += weight;
        }
    }
    return sum.value() / weights;
}

double matthews(const Contingency& table) {
    const auto rows = static_cast<long double>(table.rows);
    const auto both =
        static_cast<long double>(all_matches(table)) * rows - product(table.truth_totals, table.predicted_totals);
    const auto predicted = rows * rows - product(table.predicted_totals, table.predicted_totals);
    const auto truth = rows * rows - product(table.truth_totals, table.truth_totals);
    if (predicted <= 0 || truth <= 0) {
        return 0;
    }
    return static_cast<double>(both / (std::sqrt(truth) * std::sqrt(predicted)));
}

Result<double> kappa(const Contingency& table) {
    const auto rows = static_cast<long double>(table.rows);
    const auto differing = rows - static_cast<long double>(all_matches(table));
    const auto expected = rows - product(table.truth_totals, table.predicted_totals) / rows;
    std::size_t classes = 0;
    for (std::size_t code = 0; code < table.truth_totals.size(); ++code) {
        classes += table.truth_totals[code] + table.predicted_totals[code] > 0 ? 1 : 0;
    }
    if (expected <= 0 || classes < 2) {
        return fail(ErrorKind::malformed, "kappa has no value: truth and predictions are one and the same class",
                    "take rows of two classes at least");
    }
    return static_cast<double>(1 - differing / expected);
}

}  // namespace mlpath::metrics
