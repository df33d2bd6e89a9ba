#include "metrics/sample.hpp"

#include <algorithm>
#include <array>
#include <cmath>

#include "base/text.hpp"
#include "metrics/meeting.hpp"
#include "metrics/registry.hpp"

namespace mlpath::metrics {

namespace {

constexpr std::array<std::string_view, 6> positive_words{"1", "true", "yes", "y", "positive", "pos"};
constexpr std::array<std::string_view, 7> negative_words{"0", "-1", "false", "no", "n", "negative", "neg"};

bool is_word(const auto& words, std::string_view label) {
    return std::ranges::find(words, to_lower_ascii(label)) != words.end();
}

std::string names_of(const Sample& sample, std::vector<Code> present) {
    constexpr std::size_t most_named = 6;
    std::ranges::sort(present, [&](Code a, Code b) { return label_less(sample.classes[a], sample.classes[b]); });
    std::vector<std::string> names;
    for (std::size_t i = 0; i < std::min(present.size(), most_named); ++i) {
        names.push_back(printable(sample.classes[present[i]]));
    }
    return list_of(names) +
           (present.size() > most_named ? " and " + std::to_string(present.size() - most_named) + " more" : "");
}

std::string for_several_classes(const Metric& metric) {
    const auto name = metric.name();
    switch (metric.info->needs) {
        case Needs::labels: return "use " + name + "_macro, " + name + "_micro or " + name + "_weighted";
        case Needs::scores: return "use roc_auc_ovr with a column of probabilities for each class";
        default: return "give a column of probabilities for each class";
    }
}

Status check_weights(const Metric& metric, const Sample& sample) {
    if (sample.weights.empty()) {
        return {};
    }
    if (!metric.info->takes_weights) {
        return fail(ErrorKind::usage, metric.name() + " takes no weights", "ask for it without --weight");
    }
    const auto negative = std::ranges::find_if(sample.weights, [](double weight) { return weight < 0; });
    if (negative != sample.weights.end()) {
        return fail(bad_row(static_cast<std::size_t>(negative - sample.weights.begin()), "the weight is below zero",
                            "a weight says how much a row counts, from 0 up"));
    }
    if (std::ranges::all_of(sample.weights, [](double weight) { return weight == 0; })) {
        return fail(ErrorKind::malformed, metric.name() + " has no value: all weights are zero",
                    "give at least one row a weight above 0");
    }
    return {};
}

}  // namespace

Result<Flags> flags_of(const Codes& codes, std::span<const std::string> labels, std::string_view what) {
    Flags flags(codes.size());
    for (std::size_t i = 0; i < codes.size(); ++i) {
        const auto& label = labels[codes[i]];
        if (!is_boolean(label)) {
            return fail(
                bad_row(i, std::string(what) + " is `" + printable(label) + "`, not 0 or 1",
                        "each column of several labels says of each row whether it has that label: 1 or 0, true "
                        "or false"));
        }
        flags[i] = is_true(label) ? 1 : 0;
    }
    return flags;
}

const Contingency& Sample::pairs() {
    if (!m_pairs) {
        m_pairs = count_pairs(truth, prediction, classes.size(), weights);
    }
    return *m_pairs;
}

const SortedScores& Sample::sorted(Code positive_class) {
    if (!is_sorted(positive_class)) {
        const auto& scores = values.empty() && positive_class < columns.size() ? columns[positive_class] : values;
        m_sorted = split_scores(truth, positive_class, scores);
        m_sorted_for = positive_class;
        if (frees_values) {
            values = std::vector<double>();  // `= {}` would keep the memory
        }
        sort_scores(*m_sorted);
    }
    return *m_sorted;
}

Error bad_row(std::size_t index, std::string_view what, std::string hint) {
    return {ErrorKind::malformed, "row " + std::to_string(index + 1) + ": " + std::string(what), {}, std::move(hint)};
}

Result<std::optional<Code>> positive_class(const Sample& sample, const Metric& metric,
                                           const std::vector<Code>& present) {
    if (present.size() > 2) {
        return fail(ErrorKind::usage,
                    metric.name() + " is for two classes, and the labels are " + names_of(sample, present),
                    for_several_classes(metric));
    }
    if (!sample.positive.empty()) {
        const auto wanted = canonical_label(sample.positive);
        for (const Code code : present) {
            if (sample.classes[code] == wanted) {
                return code;
            }
        }
        if (present.size() == 2) {
            return fail(ErrorKind::usage,
                        "the positive label `" + printable(wanted) + "` is not among the labels, which are " +
                            names_of(sample, present),
                        "name one of them");
        }
        return std::optional<Code>();
    }
    std::optional<Code> positive;
    for (const Code code : present) {
        if (is_word(positive_words, sample.classes[code])) {
            positive = code;
        } else if (!is_word(negative_words, sample.classes[code])) {
            return fail(
                ErrorKind::usage,
                metric.name() + " needs to know which label is positive: the labels are " + names_of(sample, present),
                "say it: --pos-label " + printable(sample.classes[code]));
        }
    }
    if (present.size() == 2 && (!positive || is_word(positive_words, sample.classes[present[0]]) ==
                                                 is_word(positive_words, sample.classes[present[1]]))) {
        return fail(
            ErrorKind::usage,
            metric.name() + " needs to know which label is positive: the labels are " + names_of(sample, present),
            "say it: --pos-label " + printable(sample.classes[present[0]]));
    }
    return positive;
}

Result<double> compute(const Metric& metric, Sample& sample) {
    if (sample.rows == 0) {
        return fail(ErrorKind::malformed, metric.name() + " has no value: there are no rows",
                    "give at least one row of truth and prediction");
    }
    if (metric.info->form == Form::table) {
        return fail(ErrorKind::usage, metric.name() + " is a table, not one number",
                    "ask for it by `mlpath score`, or choose another metric");
    }
    MLPATH_CHECK(check_weights(metric, sample));
    const bool multilabel = !sample.truth_flags.empty();
    if (!multilabel && metric.info->labels == Labels::several) {
        return fail(ErrorKind::usage, metric.name() + " is for rows that may have several labels (multilabel)",
                    "name a column of 0 and 1 for each label, in both files: --multilabel NAME NAME…; for one label a "
                    "row use f1_macro, f1_micro or f1_weighted");
    }
    MLPATH_TRY(const double value,
               multilabel ? multilabel_value(metric, {sample.truth_flags, sample.predicted_flags, sample.weights})
                          : compute_of(metric)(sample, metric));
    if (!std::isfinite(value)) {
        return fail(ErrorKind::malformed,
                    metric.name() + " has no value: it is beyond the largest number that a double holds (1.8e308)",
                    "look for predictions or true values that are out of all proportion");
    }
    return value;
}

Result<ConfusionMatrix> confusion(Sample& sample) {
    constexpr std::size_t most_classes = 1000;
    if (sample.rows == 0) {
        return fail(ErrorKind::malformed, "confusion_matrix has no value: there are no rows");
    }
    if (!sample.weights.empty()) {
        MLPATH_TRY(const auto metric, parse_metric("confusion_matrix"));
        MLPATH_CHECK(check_weights(metric, sample));
    }
    const auto& table = sample.pairs();
    std::vector<Code> present;
    for (Code code = 0; code < sample.classes.size(); ++code) {
        if (table.occurs[code]) {
            present.push_back(code);
        }
    }
    if (present.size() > most_classes) {
        return fail(
            ErrorKind::usage,
            "a confusion matrix of " + count_of(present.size(), "class", "classes") + " is more than anybody reads",
            "are the labels numbers? then ask for rmse, mae or r2");
    }
    std::ranges::sort(present, [&](Code a, Code b) { return label_less(sample.classes[a], sample.classes[b]); });
    ConfusionMatrix matrix;
    std::vector<std::size_t> place(sample.classes.size());
    for (const Code code : present) {
        place[code] = matrix.labels.size();
        matrix.labels.push_back(sample.classes[code]);
    }
    matrix.counts.assign(present.size(), std::vector<double>(present.size()));
    for (const auto& [truth, predicted, count] : table.pairs) {
        matrix.counts[place[truth]][place[predicted]] = count;
    }
    return matrix;
}

}  // namespace mlpath::metrics
