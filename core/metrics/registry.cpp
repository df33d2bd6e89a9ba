#include "metrics/registry.hpp"

#include <algorithm>
#include <array>
#include <charconv>
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

std::vector<Code> present_codes(const Sample& sample, const std::vector<std::uint64_t>& totals) {
    std::vector<Code> present;
    for (Code code = 0; code < sample.classes.size(); ++code) {
        if (totals[code] > 0) {
            present.push_back(code);
        }
    }
    return present;
}

// The classes of the truth, and those that have a column of probabilities.
std::vector<Code> true_classes(const Sample& sample) {
    std::vector<std::uint64_t> totals(sample.classes.size());
    sample.truth.visit([&](const auto& codes) {
        for (const auto code : codes) {
            ++totals[code];
        }
    });
    for (std::size_t code = 0; code < sample.columns.size(); ++code) {
        totals[code] += sample.columns[code].empty() ? 0 : 1;
    }
    return present_codes(sample, totals);
}

template <auto function>
Value of_labels(Sample& sample, const Metric& /*metric*/) {
    return function(sample.pairs());
}

template <Ratio ratio>
Value of_positive(Sample& sample, const Metric& metric) {
    const auto& table = sample.pairs();
    auto totals = table.truth_totals;
    for (std::size_t code = 0; code < totals.size(); ++code) {
        totals[code] += table.predicted_totals[code];
    }
    MLPATH_TRY(const auto positive, positive_class(sample, metric, present_codes(sample, totals)));
    return ratio_of_class(ratio, table, positive);
}

template <Ratio ratio, Average average>
Value averaged(Sample& sample, const Metric& /*metric*/) {
    return average_ratio(ratio, average, sample.pairs());
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

template <auto function>
Value of_scores(Sample& sample, const Metric& metric) {
    MLPATH_TRY(const auto positive, positive_class(sample, metric, true_classes(sample)));
    const Code one = positive.value_or(no_class);
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
    return function(sample.truth, positive, *values);
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
    return log_loss(sample.truth, sample.columns);
}

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
    return function(sample.truth, sample.columns);
}

template <auto function>
Value of_numbers(Sample& sample, const Metric& /*metric*/) {
    return function(sample.truth_numbers, sample.values);
}

Value root_mean_squared(Sample& sample, const Metric& /*metric*/) {
    return std::sqrt(mean_squared_error(sample.truth_numbers, sample.values));
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
    return {name, Needs::ranking, higher, Form::number, true, says, formula};
}

constexpr std::array all_infos{
    labels("accuracy", "share of rows whose predicted class is the true one"),
    labels("balanced_accuracy", "mean recall over the true classes"),
    labels("precision", "of the rows predicted positive, the share that is: TP/(TP+FP)"),
    labels("precision_macro", "mean precision over the classes"),
    labels("precision_micro", "precision over all classes together, which is accuracy"),
    labels("precision_weighted", "mean precision over the classes, by their true rows"),
    labels("recall", "of the positive rows, the share that is predicted so: TP/(TP+FN)"),
    labels("recall_macro", "mean recall over the classes"),
    labels("recall_micro", "recall over all classes together, which is accuracy"),
    labels("recall_weighted", "mean recall over the classes, by their true rows"),
    labels("f1", "harmonic mean of precision and recall: 2TP/(2TP+FP+FN)"),
    labels("f1_macro", "mean F1 over the classes"),
    labels("f1_micro", "F1 over all classes together, which is accuracy"),
    labels("f1_weighted", "mean F1 over the classes, by their true rows"),
    labels("mcc", "Matthews' correlation of true and predicted class, -1 to 1"),
    labels("kappa", "Cohen's kappa: agreement beyond chance, (po-pe)/(1-pe)"),
    labels("confusion_matrix", "how often each true class (row) is predicted as each class (column)", Form::table),
    scores("roc_auc", "chance that a positive row scores above a negative one, ties counting half"),
    scores("average_precision", "precision at each threshold, weighted by the gain in recall"),
    probabilities("roc_auc_ovr", higher, "mean roc_auc of each class against the others"),
    probabilities("roc_auc_ovo", higher, "mean roc_auc over all pairs of classes"),
    probabilities("log_loss", lower, "mean of -log(probability given to the true class)"),
    probabilities("brier", lower, "mean squared difference of the probability from 1 or 0"),
    numbers("mae", lower, "mean of |truth - prediction|"),
    numbers("mse", lower, "mean of (truth - prediction)^2"),
    numbers("rmse", lower, "square root of mse"),
    numbers("rmsle", lower, "root mean squared difference of log(1+x)"),
    numbers("mape", lower, "mean of |truth - prediction| / |truth|, as a fraction"),
    numbers("median_absolute_error", lower, "median of |truth - prediction|"),
    numbers("max_error", lower, "greatest |truth - prediction|"),
    numbers("r2", higher, "share of the variance explained: 1 - mse / variance of the truth"),
    labels("adjusted_rand", "pairs of rows that two clusterings agree on, beyond chance"),
    labels("normalized_mutual_info", "mutual information of two clusterings over their mean entropy"),
    MetricInfo{"silhouette", Needs::points, higher, Form::number, false,
               "mean of (b-a)/max(a,b): nearness to the own cluster against the next one", sklearn},
    ranks("precision_at_k", "share of the first k that is relevant, mean over groups"),
    ranks("recall_at_k", "share of the relevant that is among the first k, mean over groups"),
    ranks("ndcg_at_k", "discounted gain of the first k over the best possible, mean over groups", sklearn),
    ranks("map_at_k", "mean precision at the relevant among the first k, mean over groups"),
    ranks("hit_rate_at_k", "share of groups with a relevant one among the first k"),
};

constexpr std::array<Compute, all_infos.size()> all_functions{
    of_labels<accuracy>,
    of_labels<balanced_accuracy>,
    of_positive<Ratio::precision>,
    averaged<Ratio::precision, Average::macro>,
    averaged<Ratio::precision, Average::micro>,
    averaged<Ratio::precision, Average::weighted>,
    of_positive<Ratio::recall>,
    averaged<Ratio::recall, Average::macro>,
    averaged<Ratio::recall, Average::micro>,
    averaged<Ratio::recall, Average::weighted>,
    of_positive<Ratio::f1>,
    averaged<Ratio::f1, Average::macro>,
    averaged<Ratio::f1, Average::micro>,
    averaged<Ratio::f1, Average::weighted>,
    of_labels<matthews>,
    of_labels<kappa>,
    nullptr,  // a table
    of_scores<roc_auc>,
    of_scores<average_precision>,
    of_columns<roc_auc_ovr>,
    of_columns<roc_auc_ovo>,
    of_log_loss,
    of_probability<brier>,
    of_numbers<mean_absolute_error>,
    of_numbers<mean_squared_error>,
    root_mean_squared,
    of_numbers<root_mean_squared_log_error>,
    of_numbers<mean_absolute_percentage_error>,
    of_numbers<median_absolute_error>,
    of_numbers<max_error>,
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

// Other names that people know, for the suggestion.
constexpr std::array<std::pair<std::string_view, std::string_view>, 16> other_names{{
    {"auc", "roc_auc"},
    {"auroc", "roc_auc"},
    {"ap", "average_precision"},
    {"pr_auc", "average_precision"},
    {"f1_score", "f1"},
    {"mean_absolute_error", "mae"},
    {"mean_squared_error", "mse"},
    {"root_mean_squared_error", "rmse"},
    {"mean_absolute_percentage_error", "mape"},
    {"medae", "median_absolute_error"},
    {"matthews_corrcoef", "mcc"},
    {"cohen_kappa", "kappa"},
    {"ari", "adjusted_rand"},
    {"nmi", "normalized_mutual_info"},
    {"cross_entropy", "log_loss"},
    {"brier_score", "brier"},
}};

tl::unexpected<Error> unknown(std::string_view name, const std::string& plain) {
    std::string hint = "`mlpath score --list` shows all metrics";
    std::vector<std::string> names;
    for (const auto& info : all_infos) {
        names.emplace_back(info.name);
    }
    const auto known = std::ranges::find(other_names, plain, [](const auto& pair) { return pair.first; });
    if (known != other_names.end()) {
        hint = "did you mean `" + std::string(known->second) + "`?";
    } else if (const auto near = nearest(plain, names)) {
        hint = "did you mean `" + *near + "`?";
    }
    return fail(ErrorKind::usage, "no metric `" + printable(name) + "`", hint);
}

}  // namespace

std::span<const MetricInfo> all_metrics() { return all_infos; }

std::string Metric::name() const {
    std::string text(info->name);
    if (info->takes_k) {
        text.replace(text.size() - std::string_view("_at_k").size(), std::string::npos, "@" + std::to_string(k));
    }
    return text;
}

Compute compute_of(const Metric& metric) {
    return all_functions.at(static_cast<std::size_t>(metric.info - all_infos.data()));
}

Result<Metric> parse_metric(std::string_view name) {
    constexpr std::string_view at_k = "_at_k";
    std::string plain = replace_all(to_lower_ascii(trim(name)), "-", "_");
    std::string digits;
    if (const auto at = plain.find('@'); at != std::string::npos) {
        digits = plain.substr(at + 1);
        plain = plain.substr(0, at) + std::string(at_k);
    } else if (const auto word = plain.rfind("_at_");
               word != std::string::npos && plain.find_first_not_of("0123456789", word + 4) == std::string::npos) {
        digits = plain.substr(word + 4);
        plain = plain.substr(0, word) + std::string(at_k);
    }
    auto found = std::ranges::find(all_infos, std::string_view(plain), &MetricInfo::name);
    if (found == all_infos.end()) {
        found = std::ranges::find(all_infos, plain + std::string(at_k), &MetricInfo::name);
    }
    if (found == all_infos.end()) {
        return unknown(name, plain);
    }
    Metric metric{&*found, 0};
    if (!found->takes_k) {
        return metric;
    }
    const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), metric.k);
    if (digits.empty() || error != std::errc() || end != digits.data() + digits.size() || metric.k == 0) {
        const std::string base(found->name.substr(0, found->name.size() - at_k.size()));
        return fail(ErrorKind::usage, "`" + printable(name) + "` does not say of how many places",
                    "write it with a number of at least 1: " + base + "@10");
    }
    return metric;
}

}  // namespace mlpath::metrics
