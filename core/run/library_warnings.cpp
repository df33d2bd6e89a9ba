#include "run/library_warnings.hpp"

#include <array>

#include "base/text.hpp"

namespace mlpath::run {

namespace {

struct Warning {
    std::string_view kind;  // as it stands in `file.py:12: KIND: message`
    std::string_view part;  // of the message; empty: whatever it says
    std::string_view says;
};
// The first of a kind that fits.
constexpr std::array table{
    Warning{"ConvergenceWarning", "",
            "the model stopped before it had settled (ConvergenceWarning): scale the columns in its pipeline "
            "(`StandardScaler`), or allow it more steps (`max_iter=1000`)"},
    Warning{
        "DataConversionWarning", "column-vector",
        "the answers came as a table of one column where a plain list of them is wanted (DataConversionWarning): take "
        "the column by its name, `table[\"answer\"]`, or use `.ravel()`"},
    Warning{"SettingWithCopyWarning", "",
            "a value was set in what may be a copy of the table, which then stays as it was (SettingWithCopyWarning): "
            "write `table.loc[rows, \"column\"] = …`, or take a `.copy()` before"},
    Warning{
        "UndefinedMetricWarning", "",
        "a metric has no value here and counts as 0 (UndefinedMetricWarning): one of the labels was never predicted, "
        "or never comes"},
    Warning{"DtypeWarning", "",
            "a column holds values of several types (DtypeWarning): say its type where you read it, `dtype={…}`"},
    Warning{"InconsistentVersionWarning", "",
            "a model was saved by another version of scikit-learn (InconsistentVersionWarning): train it again"},
    Warning{
        "UserWarning", "does not have valid feature names",
        "the model was fitted on a table with named columns and asked about rows without names: give it the same kind "
        "of table both times"},
    Warning{
        "UserWarning", "was fitted without feature names",
        "the model was fitted on rows without names and asked about a table with named columns: give it the same kind "
        "of table both times"},
    Warning{
        "RuntimeWarning", "divide by zero",
        "a number was divided by zero, which gives infinity (RuntimeWarning): look for a column that is 0 or always "
        "the same"},
    Warning{
        "RuntimeWarning", "invalid value",
        "a calculation had no result, which gives NaN (RuntimeWarning): look for missing values, 0 / 0, or the root or "
        "logarithm of a negative number"},
    Warning{"RuntimeWarning", "overflow",
            "a number grew too large and became infinity (RuntimeWarning): scale the columns, or subtract the largest "
            "value "
            "before `exp`"},
    Warning{"RuntimeWarning", "Mean of empty slice",
            "the mean of no values was asked for, which gives NaN (RuntimeWarning): is a group or a column empty?"},
    Warning{"FutureWarning", "",
            "a library will do something otherwise in a later version (FutureWarning): it works today, and the warning "
            "names the way to write it that will last"},
};

// The text behind `KIND: ` of a line that warns of it.
bool warns(std::string_view printed, const Warning& known) {
    const auto marked = ": " + std::string(known.kind) + ": ";
    for (auto at = printed.find(marked); at != std::string_view::npos; at = printed.find(marked, at + 1)) {
        const auto message = printed.substr(at + marked.size());
        if (message.substr(0, message.find('\n')).find(known.part) != std::string_view::npos) {
            return true;
        }
    }
    return false;
}

}  // namespace

std::vector<std::string> explained_warnings(std::string_view printed) {
    std::vector<std::string> said;
    if (printed.find("Warning: ") == std::string_view::npos) {
        return said;
    }
    for (const auto& known : table) {
        if (warns(printed, known)) {
            said.emplace_back(known.says);
        }
    }
    return said;
}

}  // namespace mlpath::run
