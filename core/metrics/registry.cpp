#include "metrics/registry.hpp"

#include <algorithm>
#include <array>
#include <cmath>

#include "base/text.hpp"
#include "metrics/classification.hpp"
#include "metrics/clustering.hpp"
#include "metrics/probability.hpp"
#include "metrics/ranking.hpp"
#include "metrics/regression.hpp"

namespace mlpath::metrics {

namespace {

using Value = Result<double>;

std::vector<Code> present_codes(const std::vector<bool>& occurs) {
    std::vector<Code> present;
    for (Code code = 0; code < occurs.size(); ++code) {
        if (occurs[code]) {
            present.push_back(code);
        }
    }
    return present;
}

// The classes of the truth, and those that have a column of probabilities.
std::vector<Code> true_classes(const Sample& sample) {
    std::vector<std::uint8_t> seen(sample.classes.size());  // not of bits: this loop runs over all rows
    sample.truth.visit([&](const auto& codes) {
        for (const auto code : codes) {
            seen[code] = 1;
        }
    });
    std::vector<bool> occurs(seen.begin(), seen.end());
    for (std::size_t code = 0; code < sample.columns.size(); ++code) {
        occurs[code] = occurs[code] || !sample.columns[code].empty();
    }
    return present_codes(occurs);
}

template <auto function>
Value of_labels(Sample& sample, const Metric& /*metric*/) {
    return function(sample.pairs());
}

template <Kind kind>
Value of_positive(Sample& sample, const Metric& metric) {
    const auto& table = sample.pairs();
    MLPATH_TRY(const auto positive, positive_class(sample, metric, present_codes(table.occurs)));
    return ratio_of_class({kind, metric.beta}, table, positive);
}

template <Kind kind, Average average>
Value averaged(Sample& sample, const Metric& metric) {
    return average_ratio({kind, metric.beta}, average, sample.pairs());
}

// The scores of the positive class: the one column of values, or its column of probabilities.
Result<const std::vector<double>*> values_for(const Sample& sample, const Metric& metric,
                                              std::optional<Code> positive) {
    if (!sample.values.empty()) {
        return &sample.values;
    }
    if (positive && *positive < sample.columns.size() && !sample.columns[*positive].empty()) {
        return &sample.columns[*positive];
    }
    return fail(ErrorKind::usage, metric.name() + " needs a score for each row, and the positive class has none",
                "give a column of scores, or the probabilities of the positive class");
}

double wrong_share(const Contingency& table) { return 1 - accuracy(table); }

template <auto function, auto weighted>
Value of_scores(Sample& sample, const Metric& metric) {
    MLPATH_TRY(const auto positive, positive_class(sample, metric, true_classes(sample)));
    const Code one = positive.value_or(no_class);
    if (!sample.weights.empty()) {
        MLPATH_TRY(const auto* values, values_for(sample, metric, positive));
        return weighted(sample.truth, one, *values, sample.weights);
    }
    if (!sample.is_sorted(one)) {
        MLPATH_CHECK(values_for(sample, metric, positive));
    }
    return function(sample.sorted(one));
}

Status in_range(const std::vector<double>& values) {
    const auto outside = std::ranges::find_if(values, [](double value) { return !(value >= 0 && value <= 1); });
    if (outside != values.end()) {
        return fail(bad_row(static_cast<std::size_t>(outside - values.begin()),
                            canonical_label(*outside) + " is not a probability, which is from 0 to 1",
                            "write probabilities (predict_proba), not scores or classes"));
    }
    return {};
}

template <auto function>
Value of_probability(Sample& sample, const Metric& metric) {
    MLPATH_TRY(const auto positive, positive_class(sample, metric, true_classes(sample)));
    MLPATH_TRY(const auto* values, values_for(sample, metric, positive));
    MLPATH_CHECK(in_range(*values));
    return function(sample.truth, positive, *values, sample.weights);
}

// Columns for all true classes, rows that sum to about 1 (rounding when they were written is forgiven).
Status sound_columns(const Sample& sample, const Metric& metric) {
    constexpr double most_rounding = 0.05;
    if (std::ranges::all_of(sample.columns, [](const auto& column) { return column.empty(); })) {
        return fail(ErrorKind::usage, metric.name() + " needs a column of probabilities for each class",
                    "name them proba_<class>");
    }
    for (const Code code : true_classes(sample)) {
        if (code >= sample.columns.size() || sample.columns[code].empty()) {
            return fail(
                ErrorKind::malformed,
                "no column of probabilities for the class `" + printable(sample.classes[code]) + "` of the truth",
                "name it proba_" + printable(sample.classes[code]));
        }
        MLPATH_CHECK(in_range(sample.columns[code]));
    }
    for (std::size_t i = 0; i < sample.rows; ++i) {
        double whole = 0;
        for (const auto& column : sample.columns) {
            whole += column.empty() ? 0 : column[i];
        }
        if (std::abs(whole - 1) > most_rounding) {
            return fail(bad_row(i, "the probabilities of the classes sum to " + canonical_label(whole) + ", not to 1"));
        }
    }
    return {};
}

Value of_log_loss(Sample& sample, const Metric& metric) {
    if (sample.columns.empty()) {
        return of_probability<binary_log_loss>(sample, metric);
    }
    MLPATH_CHECK(sound_columns(sample, metric));
    return log_loss(sample.truth, sample.columns, sample.weights);
}

Value one_against_rest(const Sample& sample) { return roc_auc_ovr(sample.truth, sample.columns, sample.weights); }
Value one_against_one(const Sample& sample) { return roc_auc_ovo(sample.truth, sample.columns); }

template <auto function>
Value of_columns(Sample& sample, const Metric& metric) {
    MLPATH_CHECK(sound_columns(sample, metric));
    const auto occurring = [&] {
        Sample truth_only;
        truth_only.classes = sample.classes;
        truth_only.truth = sample.truth;
        return true_classes(truth_only);
    }();
    for (Code code = 0; code < sample.classes.size(); ++code) {
        if (std::ranges::find(occurring, code) == occurring.end()) {
            return fail(
                ErrorKind::malformed,
                metric.name() + " has no value: no true row is of the class `" + printable(sample.classes[code]) + "`",
                "take rows of every class that has a column");
        }
    }
    return function(sample);
}

template <auto function>
Value of_numbers(Sample& sample, const Metric& /*metric*/) {
    return function(sample.truth_numbers, sample.values, sample.weights);
}

Value greatest_error(Sample& sample, const Metric& /*metric*/) {
    return max_error(sample.truth_numbers, sample.values);
}

Value root_mean_squared(Sample& sample, const Metric& /*metric*/) {
    return std::sqrt(mean_squared_error(sample.truth_numbers, sample.values, sample.weights));
}

Value of_points(Sample& sample, const Metric& /*metric*/) {
    return silhouette(sample.points, sample.prediction, sample.classes.size());
}

template <RankingMetric which>
Value ranked(Sample& sample, const Metric& metric) {
    if (!sample.groups.empty()) {
        return ranking(which, metric.k, sample.truth_numbers, sample.values, sample.groups, sample.group_count);
    }
    Codes one_group;
    for (std::size_t i = 0; i < sample.rows; ++i) {
        one_group.push_back(0);
    }
    return ranking(which, metric.k, sample.truth_numbers, sample.values, one_group, 1);
}

constexpr auto higher = Better::higher;
constexpr auto lower = Better::lower;
constexpr std::string_view sklearn = "scikit-learn 1.2";
constexpr std::string_view ties = "ties as in McSherry and Najork 2008";

constexpr MetricInfo labels(std::string_view name, std::string_view says, Form form = Form::number) {
    return {name, Needs::labels, higher, form, false, says, sklearn};
}
constexpr MetricInfo beta(MetricInfo info) {
    info.takes_beta = true;
    return info;
}
constexpr MetricInfo also_several(MetricInfo info) {
    info.labels = Labels::one_or_several;
    return info;
}
constexpr MetricInfo several(MetricInfo info) {
    info.labels = Labels::several;
    return info;
}
constexpr MetricInfo unweighted(MetricInfo info) {
    info.takes_weights = false;
    return info;
}
constexpr MetricInfo clusters(MetricInfo info) {
    info.compares_labels = false;
    return unweighted(info);
}
constexpr MetricInfo scores(std::string_view name, std::string_view says) {
    return {name, Needs::scores, higher, Form::number, false, says, sklearn};
}
constexpr MetricInfo probabilities(std::string_view name, Better better, std::string_view says) {
    return {name, Needs::probabilities, better, Form::number, false, says, sklearn};
}
constexpr MetricInfo numbers(std::string_view name, Better better, std::string_view says) {
    return {name, Needs::numbers, better, Form::number, false, says, sklearn};
}
constexpr MetricInfo ranks(std::string_view name, std::string_view says, std::string_view formula = ties) {
    return unweighted({name, Needs::ranking, higher, Form::number, true, says, formula});
}

constexpr std::array all_infos{
    also_several(labels("accuracy", "share of rows whose predicted class is the true one")),
    also_several(labels("subset_accuracy", "share of rows whose labels are all the true ones")),
    also_several(MetricInfo{"hamming_loss", Needs::labels, lower, Form::number, false,
                            "share of labels that are wrong; of one label a row, 1 - accuracy", sklearn}),
    labels("balanced_accuracy", "mean recall over the true classes"),
    labels("precision", "of the rows predicted positive, the share that is: TP/(TP+FP)"),
    also_several(labels("precision_macro", "mean precision over the classes")),
    also_several(labels("precision_micro", "precision over all classes together, which is accuracy")),
    also_several(labels("precision_weighted", "mean precision over the classes, by their true rows")),
    several(labels("precision_samples", "mean precision over the rows, each of several labels")),
    labels("recall", "of the positive rows, the share that is predicted so: TP/(TP+FN)"),
    also_several(labels("recall_macro", "mean recall over the classes")),
    also_several(labels("recall_micro", "recall over all classes together, which is accuracy")),
    also_several(labels("recall_weighted", "mean recall over the classes, by their true rows")),
    several(labels("recall_samples", "mean recall over the rows, each of several labels")),
    labels("f1", "harmonic mean of precision and recall: 2TP/(2TP+FP+FN)"),
    also_several(labels("f1_macro", "mean F1 over the classes")),
    also_several(labels("f1_micro", "F1 over all classes together, which is accuracy")),
    also_several(labels("f1_weighted", "mean F1 over the classes, by their true rows")),
    several(labels("f1_samples", "mean F1 over the rows, each of several labels")),
    beta(labels("fbeta", "F with recall counting B times as much, such as f2 or f0.5: (1+B²)TP/((1+B²)TP+FP+B²FN)")),
    beta(also_several(labels("fbeta_macro", "mean F-beta over the classes, such as f2_macro"))),
    beta(also_several(labels("fbeta_micro", "F-beta over all classes together, which is accuracy"))),
    beta(also_several(labels("fbeta_weighted", "mean F-beta over the classes, by their true rows"))),
    beta(several(labels("fbeta_samples", "mean F-beta over the rows, each of several labels"))),
    labels("mcc", "Matthews' correlation of true and predicted class, -1 to 1"),
    labels("kappa", "Cohen's kappa: agreement beyond chance, (po-pe)/(1-pe)"),
    labels("confusion_matrix", "how often each true class (row) is predicted as each class (column)", Form::table),
    scores("roc_auc", "chance that a positive row scores above a negative one, ties counting half"),
    scores("average_precision", "precision at each threshold, weighted by the gain in recall"),
    probabilities("roc_auc_ovr", higher, "mean roc_auc of each class against the others"),
    unweighted(probabilities("roc_auc_ovo", higher, "mean roc_auc over all pairs of classes")),
    probabilities("log_loss", lower, "mean of -log(probability given to the true class)"),
    probabilities("brier", lower, "mean squared difference of the probability from 1 or 0"),
    numbers("mae", lower, "mean of |truth - prediction|"),
    numbers("mse", lower, "mean of (truth - prediction)^2"),
    numbers("rmse", lower, "square root of mse"),
    numbers("rmsle", lower, "root mean squared difference of log(1+x)"),
    numbers("mape", lower, "mean of |truth - prediction| / |truth|, as a fraction"),
    numbers("median_absolute_error", lower, "median of |truth - prediction|"),
    unweighted(numbers("max_error", lower, "greatest |truth - prediction|")),
    numbers("r2", higher, "share of the variance explained: 1 - mse / variance of the truth"),
    clusters(labels("adjusted_rand", "pairs of rows that two clusterings agree on, beyond chance")),
    clusters(labels("normalized_mutual_info", "mutual information of two clusterings over their mean entropy")),
    clusters(MetricInfo{"silhouette", Needs::points, higher, Form::number, false,
                        "mean of (b-a)/max(a,b): nearness to the own cluster against the next one", sklearn}),
    ranks("precision_at_k", "share of the first k that is relevant, mean over groups"),
    ranks("recall_at_k", "share of the relevant that is among the first k, mean over groups"),
    ranks("ndcg_at_k", "discounted gain of the first k over the best possible, mean over groups", sklearn),
    ranks("map_at_k", "mean precision at the relevant among the first k, mean over groups"),
    ranks("hit_rate_at_k", "share of groups with a relevant one among the first k"),
};

constexpr std::array<Compute, all_infos.size()> all_functions{
    of_labels<accuracy>,
    of_labels<accuracy>,
    of_labels<wrong_share>,
    of_labels<balanced_accuracy>,
    of_positive<Kind::precision>,
    averaged<Kind::precision, Average::macro>,
    averaged<Kind::precision, Average::micro>,
    averaged<Kind::precision, Average::weighted>,
    nullptr,  // multilabel
    of_positive<Kind::recall>,
    averaged<Kind::recall, Average::macro>,
    averaged<Kind::recall, Average::micro>,
    averaged<Kind::recall, Average::weighted>,
    nullptr,  // multilabel
    of_positive<Kind::f>,
    averaged<Kind::f, Average::macro>,
    averaged<Kind::f, Average::micro>,
    averaged<Kind::f, Average::weighted>,
    nullptr,
    of_positive<Kind::f>,
    averaged<Kind::f, Average::macro>,
    averaged<Kind::f, Average::micro>,
    averaged<Kind::f, Average::weighted>,
    nullptr,
    of_labels<matthews>,
    of_labels<kappa>,
    nullptr,  // a table
    of_scores<roc_auc, weighted_roc_auc>,
    of_scores<average_precision, weighted_average_precision>,
    of_columns<one_against_rest>,
    of_columns<one_against_one>,
    of_log_loss,
    of_probability<brier>,
    of_numbers<mean_absolute_error>,
    of_numbers<mean_squared_error>,
    root_mean_squared,
    of_numbers<root_mean_squared_log_error>,
    of_numbers<mean_absolute_percentage_error>,
    of_numbers<median_absolute_error>,
    greatest_error,
    of_numbers<r2>,
    of_labels<adjusted_rand>,
    of_labels<normalized_mutual_info>,
    of_points,
    ranked<RankingMetric::precision>,
    ranked<RankingMetric::recall>,
    ranked<RankingMetric::ndcg>,
    ranked<RankingMetric::map>,
    ranked<RankingMetric::hit_rate>,
};

}  // namespace

std::span<const MetricInfo> all_metrics() { return all_infos; }

Compute compute_of(const Metric& metric) {
    return all_functions.at(static_cast<std::size_t>(metric.info - all_infos.data()));
}

}  // namespace mlpath::metrics
