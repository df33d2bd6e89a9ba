#include "metrics/multilabel.hpp"

#include <string>
#include <string_view>

#include "metrics/classification.hpp"
#include "metrics/sum.hpp"

namespace mlpath::metrics {

namespace {

std::size_t rows_of(const Multilabel& rows) { return rows.truth.empty() ? 0 : rows.truth.front().size(); }

// The share of rows whose labels are all right.
double subset_accuracy(const Multilabel& rows) {
    return mean_of(rows_of(rows), rows.weights, [&](std::size_t i) {
        for (std::size_t label = 0; label < rows.truth.size(); ++label) {
            if (rows.truth[label][i] != rows.predicted[label][i]) {
                return 0.0;
            }
        }
        return 1.0;
    });
}

// The share of flags that are wrong.
double hamming_loss(const Multilabel& rows) {
    const auto labels = static_cast<double>(rows.truth.size());
    return mean_of(rows_of(rows), rows.weights, [&](std::size_t i) {
        double wrong = 0;
        for (std::size_t label = 0; label < rows.truth.size(); ++label) {
            wrong += rows.truth[label][i] != rows.predicted[label][i] ? 1 : 0;
        }
        return wrong / labels;
    });
}

Counts counts_of_label(const Multilabel& rows, std::size_t label) {
    Sum matched;
    Sum predicted;
    Sum actual;
    for (std::size_t i = 0; i < rows_of(rows); ++i) {
        const double weight = rows.weights.empty() ? 1 : rows.weights[i];
        const bool is = rows.truth[label][i] != 0;
        const bool is_predicted = rows.predicted[label][i] != 0;
        matched.add(is && is_predicted ? weight : 0);
        predicted.add(is_predicted ? weight : 0);
        actual.add(is ? weight : 0);
    }
    return {matched.value(), predicted.value(), actual.value()};
}

double over_rows(const Ratio& ratio, const Multilabel& rows) {
    return mean_of(rows_of(rows), rows.weights, [&](std::size_t i) {
        Counts counts;
        for (std::size_t label = 0; label < rows.truth.size(); ++label) {
            const bool is = rows.truth[label][i] != 0;
            const bool is_predicted = rows.predicted[label][i] != 0;
            counts.matched += is && is_predicted ? 1 : 0;
            counts.predicted += is_predicted ? 1 : 0;
            counts.actual += is ? 1 : 0;
        }
        return value_of(ratio, counts);
    });
}

double over_labels(const Ratio& ratio, Average average, const Multilabel& rows) {
    Counts all;
    Sum sum;
    double weights = 0;
    for (std::size_t label = 0; label < rows.truth.size(); ++label) {
        const auto counts = counts_of_label(rows, label);
        all.matched += counts.matched;
        all.predicted += counts.predicted;
        all.actual += counts.actual;
        const double weight = average == Average::macro ? 1 : counts.actual;
        sum.add(weight * value_of(ratio, counts));
        weights += weight;
    }
    if (average == Average::micro) {
        return value_of(ratio, all);
    }
    return weights == 0 ? 0 : sum.value() / weights;
}

}  // namespace

Result<double> multilabel_value(const Metric& metric, const Multilabel& rows) {
    const auto name = metric.info->name;
    if (name == "accuracy" || name == "subset_accuracy") {
        return subset_accuracy(rows);
    }
    if (name == "hamming_loss") {
        return hamming_loss(rows);
    }
    const auto line = name.find('_');
    const auto base = name.substr(0, line);
    const auto average = line == std::string_view::npos ? std::string_view() : name.substr(line + 1);
    const Ratio ratio{base == "precision" ? Kind::precision : (base == "recall" ? Kind::recall : Kind::f), metric.beta};
    if (metric.info->labels == Labels::one) {
        const auto asked = metric.name();
        const bool has_averages = base == "precision" || base == "recall" || base == "f1" || base == "fbeta";
        return fail(ErrorKind::usage, asked + " is not for rows that may have several labels",
                    has_averages ? "use " + asked + "_micro, " + asked + "_macro, " + asked + "_weighted or " + asked +
                                       "_samples"
                                 : "use subset_accuracy, hamming_loss, f1_micro, f1_macro or f1_samples");
    }
    if (average == "samples") {
        return over_rows(ratio, rows);
    }
    return over_labels(
        ratio, average == "macro" ? Average::macro : (average == "micro" ? Average::micro : Average::weighted), rows);
}

}  // namespace mlpath::metrics
