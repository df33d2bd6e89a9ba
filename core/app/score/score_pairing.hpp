// Which row of the predictions belongs to which of the truth, and what could make that wrong without a word.
#pragma once

#include <string>

#include "app/score/score.hpp"
#include "metrics/column_reader.hpp"

namespace mlpath::app {

// One of the two files.
struct ScoreFile {
    std::string name{};  // as it is shown
    metrics::Columns* columns = nullptr;
};

// Decides for both whether a first line that could be either is a row: a word that is a label of the other file is, and
// a number where the other file has one row more. Fails with usage where nothing tells.
[[nodiscard]] Status settle_headers(const ScoreFile& truth, const ScoreFile& predictions);

[[nodiscard]] Status same_rows(const ScoreRequest& request, const ScoreFile& truth, const ScoreFile& predictions);

// Whether a column that names the rows, `name` in both files, names the same one after the other. An index of pandas
// (which has no name) may have been made anew in one file, 0, 1, 2 and so on, and then says nothing.
[[nodiscard]] Status same_order(const std::string& name, const metrics::Texts& in_truth, const ScoreFile& truth,
                                const metrics::Texts& in_predictions, const ScoreFile& predictions);

}  // namespace mlpath::app
