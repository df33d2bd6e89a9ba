// Words that several kinds of checks tell of themselves in a brief.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "library/kind.hpp"

namespace mlpath::library {

// "0.000001", where "1e-06" would be one more thing to know.
[[nodiscard]] std::string decimal(double value);
// A number or a label as it stands in a file.
[[nodiscard]] std::string value_words(const Json& value);
// "from 1 to 3", "at least 1", of an object with `min` and `max`.
[[nodiscard]] std::string range_words(const Json& range);
// "a, b and c", with the word that is asked for.
[[nodiscard]] std::string listed(const std::vector<std::string>& parts, std::string_view last_word);
// "column `a`", "columns `a` and `b`"
[[nodiscard]] std::string named(std::string_view what, const std::vector<std::string>& names);
// "60 seconds"
[[nodiscard]] std::string seconds_in_words(double seconds);
// Where a JSON pointer leads: "`lix`", "item 0 (counted from 0) of `top`", "the whole".
[[nodiscard]] std::string place_in_words(std::string_view pointer);
// A command as a person would type it: `{python}` is python3.
[[nodiscard]] std::string as_typed(std::vector<std::string> argv);
// The same, in backquotes.
[[nodiscard]] std::string shown_command(const std::vector<std::string>& argv);

// "`predictions.csv`, which `python3 predict.py` writes,"
[[nodiscard]] std::string file_words(const Told& told, const char* key);
// The same as the end of a sentence.
[[nodiscard]] std::string last_file_words(const Told& told, const char* key);
// Which file is read, unless the claim says it.
void tell_subject(const Told& told, std::vector<std::string>& lines);
// What a text has to be like: what `says` says, and values of JSON that nothing is said of, in one line; `where` is "it
// prints JSON".
void expectation_lines(const Json& expectations, std::string_view where, std::vector<std::string>& lines);
// The table whose rows are predicted.
[[nodiscard]] std::string test_file(const Told& told, const char* key);
[[nodiscard]] std::string predictions_words(const Told& told);
// "the metric is `accuracy`; the baseline is always predicting the most common label"
[[nodiscard]] std::string metric_words(const Json& fields);
// "2 times 5 fresh splits of the data"
[[nodiscard]] std::string splits_words(const Json& fields);
// "milestone 4", where the check stands.
[[nodiscard]] std::string milestone_of(const Project& project, const std::string& check);

}  // namespace mlpath::library
