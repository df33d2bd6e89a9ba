#include "app/score.hpp"

#include <algorithm>

#include "app/score_columns.hpp"
#include "base/text.hpp"
#include "metrics/join.hpp"
#include "metrics/sample.hpp"

namespace mlpath::app {

namespace {

using metrics::Code;
using metrics::Columns;
using metrics::Sample;

// One table of classes for both files: the truth's codes and the predictions' translated to it.
struct United {
    std::vector<std::string> labels{};
    std::vector<Code> of_truth{};
    std::vector<Code> of_predictions{};
};

United unite(const Columns& truth, const Columns& predictions, const PredictionPlan& plan) {
    United united;
    united.labels = truth.labels;
    united.labels.insert(united.labels.end(), predictions.labels.begin(), predictions.labels.end());
    for (const auto& [label, column] : plan.probabilities) {
        united.labels.push_back(metrics::canonical_label(label));
    }
    std::ranges::sort(united.labels, metrics::label_less);
    united.labels.erase(std::unique(united.labels.begin(), united.labels.end()), united.labels.end());
    const auto translate = [&](const std::vector<std::string>& labels) {
        std::vector<Code> codes;
        for (const auto& label : labels) {
            const auto place = std::ranges::lower_bound(united.labels, label, metrics::label_less);
            codes.push_back(static_cast<Code>(place - united.labels.begin()));
        }
        return codes;
    };
    united.of_truth = translate(truth.labels);
    united.of_predictions = translate(predictions.labels);
    return united;
}

// What heads one file and is a class of the other is a row, not a header.
void settle_headers(Columns& truth, Columns& predictions) {
    const auto has = [](const Columns& columns, const std::string& header) {
        return !header.empty() &&
               std::ranges::binary_search(columns.labels, metrics::canonical_label(header), metrics::label_less);
    };
    const bool in_truth = has(predictions, truth.doubtful_header);
    const bool in_predictions = has(truth, predictions.doubtful_header);
    if (in_truth) {
        metrics::take_header_as_row(truth);
    }
    if (in_predictions) {
        metrics::take_header_as_row(predictions);
    }
}

// Classes were asked for where the predictions are plainly scores.
Status refuse_scores_as_labels(const Columns& truth, const Columns& predictions) {
    constexpr std::size_t plenty = 100;
    const auto strange = predictions.labels.size();
    if (strange > plenty && strange > 10 * truth.labels.size()) {
        return fail(ErrorKind::usage,
                    "the predictions hold " + std::to_string(strange) + " different labels, where the truth has " +
                        std::to_string(truth.labels.size()),
                    "are they scores? Name the column of classes with --label and that of scores with --score");
    }
    return {};
}

Status same_rows(const ScoreRequest& request, const Columns& truth, const Columns& predictions) {
    if (truth.rows != predictions.rows) {
        return fail(ErrorKind::malformed,
                    printable(request.truth.string()) + " has " + count_of(truth.rows, "row") + " and " +
                        printable(request.predictions.string()) + " has " + std::to_string(predictions.rows),
                    "give one prediction for each row of the truth; --key joins them by a column that names the row");
    }
    return {};
}

Result<Sample> sample_of(const ScoreRequest& request, const ScoreNeeds& needs, const std::stop_token& stop) {
    TruthPlan truth_plan;
    PredictionPlan plan;
    const metrics::ReadOptions options{request.header, request.threads, stop};
    MLPATH_TRY(auto truth,
               metrics::read_columns(
                   request.truth, [&](const auto& names) { return choose_truth(names, request, needs, truth_plan); },
                   options));
    MLPATH_TRY(auto predictions,
               metrics::read_columns(
                   request.predictions,
                   [&](const auto& names) { return choose_predictions(names, request, needs, plan); }, options));
    settle_headers(truth, predictions);
    if (!request.key.empty()) {
        MLPATH_TRY(const auto rows, metrics::join(truth.data[truth_plan.key].texts, predictions.data[plan.key].texts,
                                                  request.truth.string(), request.predictions.string()));
        for (auto& column : predictions.data) {
            metrics::reorder(column, rows);
        }
        truth.data[truth_plan.key].texts = {};
    } else {
        MLPATH_CHECK(same_rows(request, truth, predictions));
    }
    if (needs.predicted_labels && needs.true_labels) {
        MLPATH_CHECK(refuse_scores_as_labels(truth, predictions));
    }
    Sample sample;
    sample.rows = truth.rows;
    sample.positive = request.positive;
    auto united = unite(truth, predictions, plan);
    if (truth_plan.value != TruthPlan::none) {
        sample.truth.take(truth.data[truth_plan.value].codes, united.of_truth);
        sample.truth_numbers = std::move(truth.data[truth_plan.value].numbers);
    }
    if (truth_plan.group != TruthPlan::none) {
        sample.groups = std::move(truth.data[truth_plan.group].codes);
        sample.group_count = truth.labels.size();
    }
    for (const auto column : truth_plan.points) {
        sample.points.push_back(std::move(truth.data[column].numbers));
    }
    sample.columns.resize(plan.probabilities.empty() ? 0 : united.labels.size());
    for (const auto& [label, column] : plan.probabilities) {
        const auto place =
            std::ranges::lower_bound(united.labels, metrics::canonical_label(label), metrics::label_less);
        sample.columns[static_cast<std::size_t>(place - united.labels.begin())] =
            std::move(predictions.data[column].numbers);
    }
    if (plan.label != PredictionPlan::none) {
        sample.prediction.take(predictions.data[plan.label].codes, united.of_predictions);
    }
    sample.classes = std::move(united.labels);
    const auto values = plan.score != PredictionPlan::none ? plan.score : plan.label;
    if (values != PredictionPlan::none) {
        sample.values = std::move(predictions.data[values].numbers);
    }
    return sample;
}

}  // namespace

Result<Scores> score(const ScoreRequest& request, const std::stop_token& stop) {
    std::vector<metrics::Metric> asked;
    for (const auto& name : request.metrics) {
        MLPATH_TRY(const auto metric, metrics::parse_metric(name));
        asked.push_back(metric);
    }
    if (asked.empty()) {
        return fail(ErrorKind::usage, "no metric is asked for", "name one: --metric accuracy (--list shows all)");
    }
    const auto needs = needs_of(asked);
    if (needs.predicted_numbers && (needs.scores || needs.ranking)) {
        return fail(ErrorKind::usage, "metrics of numbers and of scores cannot be asked for at once",
                    "run `mlpath score` once for each");
    }
    MLPATH_TRY(auto sample, sample_of(request, needs, stop));
    sample.frees_values = std::ranges::all_of(asked, [](const metrics::Metric& metric) {
        return metric.info->needs == metrics::Needs::labels || metric.info->needs == metrics::Needs::scores;
    });
    Scores scores{sample.rows, {}};
    for (const auto& metric : asked) {
        if (stop.stop_requested()) {
            return fail(ErrorKind::interrupted, "interrupted");
        }
        auto& entry = scores.values.emplace_back(ScoreValue{metric, 0, {}});
        if (metric.info->form == metrics::Form::table) {
            MLPATH_TRY(entry.confusion, metrics::confusion(sample));
        } else {
            MLPATH_TRY(entry.value, metrics::compute(metric, sample));
        }
    }
    return scores;
}

}  // namespace mlpath::app
