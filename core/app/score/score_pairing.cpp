#include "app/score/score_pairing.hpp"

#include <algorithm>
#include <vector>

#include "app/score/score_columns.hpp"
#include "base/text.hpp"

namespace mlpath::app {

namespace {

bool is_label_of(const ScoreFile& file, const std::string& header) {
    return !header.empty() &&
           std::ranges::binary_search(file.columns->labels, metrics::canonical_label(header), metrics::label_less);
}

std::string both_readings(const ScoreFile& file) {
    return "the first line of " + printable(file.name) + ", `" + printable(file.columns->doubtful_number) +
           "`, could be the name of the column, as pandas writes it where none was given, above " +
           count_of(file.columns->rows, "row") + ", or the first of " + std::to_string(file.columns->rows + 1);
}

Status settle_number(const ScoreFile& file, const ScoreFile& other) {
    if (file.columns->doubtful_number.empty()) {
        return {};
    }
    if (!other.columns->doubtful_number.empty()) {
        return fail(ErrorKind::usage, both_readings(file) + "; in " + printable(other.name) + " likewise",
                    "say which: --header (a name) or --no-header (a row)");
    }
    if (other.columns->rows == file.columns->rows + 1) {
        metrics::take_header_as_row(*file.columns);
    } else if (other.columns->rows != file.columns->rows) {
        return fail(ErrorKind::usage,
                    both_readings(file) + "; " + printable(other.name) + " has " + count_of(other.columns->rows, "row"),
                    "give one prediction for each row of the truth; --header or --no-header say what the line is");
    }
    return {};
}

std::vector<std::string> sorted_keys(const metrics::Texts& texts) {
    std::vector<std::string> keys;
    for (std::size_t i = 0; i < texts.size(); ++i) {
        keys.push_back(metrics::canonical_label(texts[i]));
    }
    std::ranges::sort(keys);
    return keys;
}

// 0, 1, 2 and so on.
bool counts_up(const metrics::Texts& texts) {
    for (std::size_t i = 0; i < texts.size(); ++i) {
        if (texts[i] != std::to_string(i)) {
            return false;
        }
    }
    return true;
}

}  // namespace

Status settle_headers(const ScoreFile& truth, const ScoreFile& predictions) {
    const bool in_truth = is_label_of(predictions, truth.columns->doubtful_header);
    const bool in_predictions = is_label_of(truth, predictions.columns->doubtful_header);
    if (in_truth) {
        metrics::take_header_as_row(*truth.columns);
    }
    if (in_predictions) {
        metrics::take_header_as_row(*predictions.columns);
    }
    MLPATH_CHECK(settle_number(truth, predictions));
    return settle_number(predictions, truth);
}

Status same_rows(const ScoreRequest& request, const ScoreFile& truth, const ScoreFile& predictions) {
    const auto rows = truth.columns->rows;
    const auto predicted = predictions.columns->rows;
    if (rows == predicted) {
        return {};
    }
    std::string hint = "give one prediction for each row of the truth; --key joins them by a column that names the row";
    if (request.header == metrics::Header::detect && std::max(rows, predicted) - std::min(rows, predicted) == 1) {
        hint += "; is a first line taken for what it is not? --header and --no-header say";
    }
    return fail(ErrorKind::malformed,
                printable(truth.name) + " has " + count_of(rows, "row") + " and " + printable(predictions.name) +
                    " has " + std::to_string(predicted),
                std::move(hint));
}

Status same_order(const std::string& name, const metrics::Texts& in_truth, const ScoreFile& truth,
                  const metrics::Texts& in_predictions, const ScoreFile& predictions) {
    std::size_t row = 0;
    while (row < in_truth.size() &&
           (in_truth[row] == in_predictions[row] ||
            metrics::canonical_label(in_truth[row]) == metrics::canonical_label(in_predictions[row]))) {
        ++row;
    }
    if (row == in_truth.size()) {
        return {};
    }
    const bool same_keys = sorted_keys(in_truth) == sorted_keys(in_predictions);
    if (!same_keys && is_unnamed(name) && (counts_up(in_truth) || counts_up(in_predictions))) {
        return {};
    }
    const std::string key = is_unnamed(name) ? "'Unnamed: 0'" : shell_word(name);
    const std::string column = is_unnamed(name) ? "the index" : "`" + printable(name) + "`";
    return fail(ErrorKind::malformed,
                "the rows of the two files " + std::string(same_keys ? "are in different orders" : "differ") +
                    ": in row " + std::to_string(row + 1) + ", " + column + " is " + printable(in_truth[row]) + " in " +
                    printable(truth.name) + " and " + printable(in_predictions[row]) + " in " +
                    printable(predictions.name),
                "--key " + printable(key) + " joins them by it; --no-key takes the rows as they stand");
}

}  // namespace mlpath::app
