// Makes a sample from columns of cells, for `compute` by name.
#include <cmath>

#include "base/text.hpp"
#include "metrics/metric.hpp"
#include "metrics/sample.hpp"
#include "table/table.hpp"

namespace mlpath::metrics {

namespace {

Result<Codes> codes_of(const Column& column, ClassTable& table, std::string_view what) {
    Codes codes;
    codes.reserve(column.size());
    for (std::size_t i = 0; i < column.size(); ++i) {
        const Code code =
            column.texts.empty() ? table.code(canonical_label(column.numbers[i])) : table.code(column.texts[i]);
        if (code == no_class) {
            return fail(bad_row(i, std::string(what) + " is missing"));
        }
        codes.push_back(code);
    }
    return codes;
}

Result<std::vector<double>> numbers_of(const Column& column, std::string_view what) {
    std::vector<double> numbers(column.numbers.begin(), column.numbers.end());
    for (std::size_t i = 0; i < column.texts.size(); ++i) {
        const auto cell = table::parse_cell(column.texts[i]);
        if (cell.kind == table::CellKind::text) {
            return fail(bad_row(i, std::string(what) + " `" + printable(column.texts[i]) + "` is not a number"));
        }
        numbers.push_back(cell.kind == table::CellKind::missing ? std::nan("") : cell.number);
    }
    for (std::size_t i = 0; i < numbers.size(); ++i) {
        if (!std::isfinite(numbers[i])) {
            return fail(bad_row(i, std::string(what) + (std::isnan(numbers[i]) ? " is missing" : " is infinite")));
        }
    }
    return numbers;
}

Status same_length(const Column& column, std::size_t rows, std::string_view what) {
    if (column.size() != rows) {
        return fail(ErrorKind::malformed,
                    "the truth has " + count_of(rows, "row") + " and " + std::string(what) + " " +
                        std::to_string(column.size()),
                    "give one prediction for each row of the truth");
    }
    return {};
}

Status take_probabilities(Sample& sample, ClassTable& table, const MetricInput& input) {
    for (const auto& [label, values] : input.probabilities) {
        MLPATH_CHECK(same_length(values, sample.rows, "the probabilities of `" + printable(label) + "`"));
        const Code code = table.code(label);
        if (code == no_class) {
            return fail(ErrorKind::usage, "a column of probabilities has no class");
        }
        if (code >= sample.columns.size()) {
            sample.columns.resize(code + std::size_t{1});
        }
        MLPATH_TRY(sample.columns[code], numbers_of(values, "the probability of `" + printable(label) + "`"));
    }
    return {};
}

Status take_prediction(Sample& sample, ClassTable& table, Needs needs, const MetricInput& input) {
    const bool by_class = !input.probabilities.empty() && (needs == Needs::scores || needs == Needs::probabilities);
    if (by_class) {
        return take_probabilities(sample, table, input);
    }
    MLPATH_CHECK(same_length(input.prediction, sample.rows, "the predictions"));
    if (needs == Needs::labels || needs == Needs::points) {
        MLPATH_TRY(sample.prediction, codes_of(input.prediction, table, "the prediction"));
    } else {
        MLPATH_TRY(sample.values, numbers_of(input.prediction, "the prediction"));
    }
    return {};
}

// The flags of one side. Each column has its own table of labels: `true` of one is none of another.
Result<std::vector<Flags>> several_labels(std::span<const Column> columns, std::size_t rows, std::string_view whose) {
    std::vector<Flags> all;
    for (std::size_t i = 0; i < columns.size(); ++i) {
        const auto what = std::string(whose) + " of label " + std::to_string(i + 1);
        MLPATH_CHECK(same_length(columns[i], rows, what));
        ClassTable table;
        MLPATH_TRY(const auto codes, codes_of(columns[i], table, what));
        MLPATH_TRY(all.emplace_back(), flags_of(codes, table.labels(), what));
    }
    return all;
}

Result<Sample> multilabel_sample(const MetricInput& input) {
    Sample sample;
    sample.rows = input.truth_labels.front().size();
    if (input.truth_labels.size() != input.predicted_labels.size()) {
        return fail(ErrorKind::malformed, "the truth has " + count_of(input.truth_labels.size(), "label") +
                                              " and the predictions " + std::to_string(input.predicted_labels.size()));
    }
    MLPATH_TRY(sample.truth_flags, several_labels(input.truth_labels, sample.rows, "the truth"));
    MLPATH_TRY(sample.predicted_flags, several_labels(input.predicted_labels, sample.rows, "the prediction"));
    return sample;
}

Status take_weights(Sample& sample, const MetricInput& input) {
    if (input.weights.size() > 0) {
        MLPATH_CHECK(same_length(input.weights, sample.rows, "the weights"));
        MLPATH_TRY(sample.weights, numbers_of(input.weights, "the weight"));
    }
    return {};
}

Result<Sample> sample_of(Needs needs, const MetricInput& input) {
    if (!input.truth_labels.empty()) {
        MLPATH_TRY(auto several, multilabel_sample(input));
        MLPATH_CHECK(take_weights(several, input));
        return several;
    }
    Sample sample;
    ClassTable table;
    sample.positive = input.positive;
    if (needs == Needs::points) {
        sample.rows = input.prediction.size();
        for (const auto& column : input.points) {
            MLPATH_CHECK(same_length(column, sample.rows, "a column of the points"));
            MLPATH_TRY(auto numbers, numbers_of(column, "the coordinate"));
            sample.points.push_back(std::move(numbers));
        }
        if (sample.points.empty()) {
            return fail(ErrorKind::usage, "silhouette needs the coordinates of the points");
        }
    } else {
        sample.rows = input.truth.size();
        if (needs == Needs::numbers || needs == Needs::ranking) {
            MLPATH_TRY(sample.truth_numbers, numbers_of(input.truth, "the truth"));
        } else {
            MLPATH_TRY(sample.truth, codes_of(input.truth, table, "the truth"));
        }
    }
    MLPATH_CHECK(take_prediction(sample, table, needs, input));
    if (needs == Needs::ranking && input.groups.size() > 0) {
        ClassTable groups;
        MLPATH_CHECK(same_length(input.groups, sample.rows, "the groups"));
        MLPATH_TRY(sample.groups, codes_of(input.groups, groups, "the group"));
        sample.group_count = groups.size();
    }
    sample.classes = table.labels();
    MLPATH_CHECK(take_weights(sample, input));
    return sample;
}

}  // namespace

Result<double> compute(std::string_view name, const MetricInput& input) {
    MLPATH_TRY(const auto metric, parse_metric(name));
    MLPATH_TRY(auto sample, sample_of(metric.info->needs, input));
    return compute(metric, sample);
}

Result<ConfusionMatrix> confusion(const Column& truth, const Column& prediction) {
    MetricInput input;
    input.truth = truth;
    input.prediction = prediction;
    MLPATH_TRY(auto sample, sample_of(Needs::labels, input));
    return confusion(sample);
}

}  // namespace mlpath::metrics
