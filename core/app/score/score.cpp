#include "app/score/score.hpp"

#include <algorithm>

#include "app/score/score_columns.hpp"
#include "app/score/score_pairing.hpp"
#include "base/text.hpp"
#include "metrics/join.hpp"
#include "metrics/meeting.hpp"
#include "metrics/sample.hpp"

namespace mlpath::app {

namespace {

using metrics::Code;
using metrics::Columns;
using metrics::Sample;

// Both files as they were read, and what was read of them.
struct Read {
    std::string truth_name{};
    std::string prediction_name{};
    std::vector<std::string> ids{};
    TruthPlan truth_plan{};
    PredictionPlan plan{};
    Columns truth{};
    Columns predictions{};
};

// One table of classes for both files: the truth's codes and the predictions' translated to it.
struct United {
    std::vector<std::string> labels{};
    std::vector<Code> of_truth{};
    std::vector<Code> of_predictions{};
};

const std::string& spelled(const metrics::Spellings& spellings, const std::string& label) {
    const auto found = spellings.find(label);
    return found == spellings.end() ? label : found->second;
}

Code place_of(const std::vector<std::string>& labels, const std::string& label) {
    return static_cast<Code>(std::ranges::lower_bound(labels, label, metrics::label_less) - labels.begin());
}

United unite(const Read& read, const metrics::Spellings& spellings) {
    United united;
    for (const auto* labels : {&read.truth.labels, &read.predictions.labels}) {
        for (const auto& label : *labels) {
            united.labels.push_back(spelled(spellings, label));
        }
    }
    for (const auto& [label, column] : read.plan.probabilities) {
        united.labels.push_back(spelled(spellings, metrics::canonical_label(label)));
    }
    std::ranges::sort(united.labels, metrics::label_less);
    united.labels.erase(std::unique(united.labels.begin(), united.labels.end()), united.labels.end());
    const auto translate = [&](const std::vector<std::string>& labels) {
        std::vector<Code> codes;
        for (const auto& label : labels) {
            codes.push_back(place_of(united.labels, spelled(spellings, label)));
        }
        return codes;
    };
    united.of_truth = translate(read.truth.labels);
    united.of_predictions = translate(read.predictions.labels);
    return united;
}

// The labels that occur in one column. Its table holds those of all columns of its file.
std::vector<std::string> labels_in(const Columns& columns, std::size_t column) {
    if (std::ranges::count(columns.wanted, true, &metrics::Wanted::labels) == 1) {
        return columns.labels;
    }
    std::vector<std::uint8_t> seen(columns.labels.size());
    columns.data[column].codes.visit([&](const auto& codes) {
        for (const auto code : codes) {
            seen[code] = 1;
        }
    });
    std::vector<std::string> labels;
    for (std::size_t code = 0; code < seen.size(); ++code) {
        if (seen[code] != 0) {
            labels.push_back(columns.labels[code]);
        }
    }
    return labels;
}

// Classes were asked for where the predictions are plainly scores.
Status refuse_scores_as_labels(const std::vector<std::string>& truth, const std::vector<std::string>& predictions) {
    constexpr std::size_t plenty = 100;
    const auto strange = predictions.size();
    if (strange > plenty && strange > 10 * truth.size()) {
        return fail(ErrorKind::usage,
                    "the predictions hold " + std::to_string(strange) + " different labels, where the truth has " +
                        std::to_string(truth.size()),
                    "are they scores? Name the column of classes with --label and that of scores with --score; for "
                    "scores alone ask for --metric roc_auc");
    }
    return {};
}

// How labels of either file are spelled in both, after a look at whether they can mean the same.
Result<metrics::Meeting> meeting_of(const Read& read, const ScoreNeeds& needs) {
    if (read.truth_plan.value == TruthPlan::none || !needs.true_labels) {
        return metrics::Meeting{};
    }
    const auto truth = labels_in(read.truth, read.truth_plan.value);
    if (read.plan.label != PredictionPlan::none && needs.predicted_labels) {
        const auto predicted = labels_in(read.predictions, read.plan.label);
        MLPATH_CHECK(refuse_scores_as_labels(truth, predicted));
        return needs.same_labels ? metrics::meet(truth, predicted) : metrics::Meeting{};
    }
    std::vector<std::string> with_column;
    for (const auto& [label, column] : read.plan.probabilities) {
        with_column.push_back(metrics::canonical_label(label));
    }
    if (std::ranges::all_of(with_column, metrics::is_boolean) && std::ranges::all_of(truth, metrics::is_boolean)) {
        return metrics::meet(truth, with_column);
    }
    return metrics::Meeting{};
}

Result<Read> read_files(const ScoreRequest& request, const ScoreNeeds& needs, const std::stop_token& stop) {
    const auto options = [&](std::vector<std::string> named) {
        return metrics::ReadOptions{request.header, request.threads, stop, request.separator, std::move(named)};
    };
    MLPATH_TRY(auto truth, metrics::ColumnReader::open(request.truth, options(named_in_truth(request))));
    MLPATH_TRY(auto predictions,
               metrics::ColumnReader::open(request.predictions, options(named_in_predictions(request))));
    Read read;
    read.truth_name = truth.file_name();
    read.prediction_name = predictions.file_name();
    read.ids = needs.points ? std::vector<std::string>() : shared_ids(truth.names(), predictions.names(), request);
    MLPATH_TRY(auto of_truth,
               choose_truth({truth.names(), read.truth_name, read.ids}, request, needs, read.truth_plan));
    MLPATH_TRY(auto of_predictions,
               choose_predictions({predictions.names(), read.prediction_name, read.ids}, request, needs, read.plan));
    MLPATH_TRY(read.truth, truth.read(std::move(of_truth)));
    MLPATH_TRY(read.predictions, predictions.read(std::move(of_predictions)));
    return read;
}

// Makes row i of the predictions that of row i of the truth.
Status pair_rows(const ScoreRequest& request, Read& read) {
    const ScoreFile truth{read.truth_name, &read.truth};
    const ScoreFile predictions{read.prediction_name, &read.predictions};
    MLPATH_CHECK(settle_headers(truth, predictions));
    if (request.key.empty()) {
        MLPATH_CHECK(same_rows(request, truth, predictions));
        for (std::size_t i = 0; i < read.ids.size(); ++i) {
            MLPATH_CHECK(same_order(read.ids[i], read.truth.data[read.truth_plan.ids[i]].texts, truth,
                                    read.predictions.data[read.plan.ids[i]].texts, predictions));
        }
        return {};
    }
    MLPATH_TRY(const auto rows,
               metrics::join(read.truth.data[read.truth_plan.key].texts, read.predictions.data[read.plan.key].texts,
                             read.truth_name, read.prediction_name));
    for (auto& column : read.predictions.data) {
        metrics::reorder(column, rows);
    }
    read.truth.data[read.truth_plan.key].texts = {};
    return {};
}

Result<std::vector<metrics::Flags>> flags_of(const Columns& columns, const std::vector<std::size_t>& labels) {
    std::vector<metrics::Flags> all;
    for (const auto label : labels) {
        MLPATH_TRY(all.emplace_back(),
                   metrics::flags_of(columns.data[label].codes, columns.labels, columns.wanted[label].what));
    }
    return all;
}

Status take_multilabel(Sample& sample, const Read& read) {
    MLPATH_TRY(sample.truth_flags, flags_of(read.truth, read.truth_plan.labels));
    MLPATH_TRY(sample.predicted_flags, flags_of(read.predictions, read.plan.labels));
    return {};
}

Result<Sample> sample_of(const ScoreRequest& request, const ScoreNeeds& needs, const std::stop_token& stop,
                         std::vector<std::string>& notes) {
    MLPATH_TRY(auto read, read_files(request, needs, stop));
    auto& [truth_name, prediction_name, ids, truth_plan, plan, truth, predictions] = read;
    MLPATH_CHECK(pair_rows(request, read));
    MLPATH_TRY(auto meeting, meeting_of(read, needs));
    notes = std::move(meeting.notes);
    Sample sample;
    sample.rows = truth.rows;
    MLPATH_CHECK(take_multilabel(sample, read));
    auto united = unite(read, meeting.spellings);
    sample.positive = request.positive;
    for (const auto& [label, name] : meeting.spellings) {  // `True` names what is called 1 here
        const auto asked = metrics::canonical_label(request.positive);
        if (metrics::is_boolean(asked) && metrics::is_true(asked) == metrics::is_true(label)) {
            sample.positive = name;
        }
    }
    if (truth_plan.weight != TruthPlan::none) {
        sample.weights = truth.data[truth_plan.weight].numbers;
    }
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
        const auto place = place_of(united.labels, spelled(meeting.spellings, metrics::canonical_label(label)));
        sample.columns[place] = std::move(predictions.data[column].numbers);
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

Result<std::vector<metrics::Metric>> metrics_of(const ScoreRequest& request) {
    std::vector<metrics::Metric> asked;
    for (const auto& name : request.metrics) {
        MLPATH_TRY(const auto metric, metrics::parse_metric(name, request.beta));
        asked.push_back(metric);
    }
    if (asked.empty()) {
        return fail(ErrorKind::usage, "no metric is asked for", "name one: --metric accuracy (--list shows all)");
    }
    if (request.beta && std::ranges::none_of(asked, [](const auto& metric) { return metric.info->takes_beta; })) {
        return fail(ErrorKind::usage, "--beta is for the metric fbeta, which is not asked for",
                    "--metric fbeta --beta 2");
    }
    if (request.multilabel.size() == 1) {
        return fail(ErrorKind::usage, "one column of labels is not multilabel",
                    "name a column for each label: --multilabel NAME NAME…; or the one column with --column");
    }
    for (const auto& metric : asked) {
        if (!request.multilabel.empty() &&
            (metric.info->needs != metrics::Needs::labels || metric.info->form == metrics::Form::table)) {
            return fail(ErrorKind::usage, metric.name() + " is not for rows that may have several labels",
                        "use subset_accuracy, hamming_loss, f1_micro, f1_macro or f1_samples");
        }
    }
    return asked;
}

}  // namespace

Result<Scores> score(const ScoreRequest& request, const std::stop_token& stop) {
    MLPATH_TRY(const auto asked, metrics_of(request));
    const auto needs = needs_of(asked, request);
    if (needs.predicted_numbers && (needs.scores || needs.ranking)) {
        return fail(ErrorKind::usage, "metrics of numbers and of scores cannot be asked for at once",
                    "run `mlpath score` once for each");
    }
    if (request.truth == "-" && request.predictions == "-") {
        return fail(ErrorKind::usage, "standard input (`-`) cannot be both files", "name one of the two as a file");
    }
    Scores scores;
    MLPATH_TRY(auto sample, sample_of(request, needs, stop, scores.notes));
    scores.rows = sample.rows;
    sample.frees_values = std::ranges::all_of(asked, [](const metrics::Metric& metric) {
        return metric.info->needs == metrics::Needs::labels || metric.info->needs == metrics::Needs::scores;
    });
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
