#include "checks/predictions.hpp"

#include <algorithm>
#include <cmath>
#include <map>

#include "base/text.hpp"
#include "table/table.hpp"

namespace mlpath::checks {

namespace {

tl::unexpected<Finding> wrong(std::string message, std::string because, std::string look = {}) {
    return tl::unexpected(Finding{.verdict = Verdict::fail,
                                  .message = std::move(message),
                                  .because = std::move(because),
                                  .look = std::move(look),
                                  .decided = false});
}

// "12" and "12.0" are the same id: pandas writes the latter once a column has held a gap.
std::string normal_id(std::string_view text) {
    const auto cell = table::parse_cell(text);
    if (cell.kind == table::CellKind::number && cell.number == std::floor(cell.number) &&
        std::abs(cell.number) < 1e15) {
        return std::to_string(static_cast<long long>(cell.number));
    }
    return std::string(trim(text));
}

std::string some_of(const std::vector<std::string>& ids) {
    constexpr std::size_t shown = 3;
    std::vector<std::string> few(ids.begin(), ids.begin() + static_cast<std::ptrdiff_t>(std::min(ids.size(), shown)));
    return join(few, ", ") + (ids.size() > shown ? ", …" : "");
}

}  // namespace

tl::expected<std::vector<std::string>, Finding> aligned_predictions(std::string_view text, std::string_view file,
                                                                    std::string_view column, CellsAre kind,
                                                                    const data::Division& division) {
    const auto name = "`" + std::string(file) + "`";
    auto parsed = table::parse_table(text, {}, file);
    if (!parsed) {
        return wrong(parsed.error().message, parsed.error().hint,
                     "look at the first lines: head -3 " + std::string(file));
    }
    const auto id_column = parsed->column("row_id");
    const auto value_column = parsed->column(column);
    for (const auto& [found, wanted] :
         {std::pair{id_column, std::string("row_id")}, std::pair{value_column, std::string(column)}}) {
        if (!found) {
            auto finding = wrong(name + " has no column `" + wanted + "`",
                                 "the file is written with another header, or with the index instead of the column (in "
                                 "pandas: to_csv(…, index=False))");
            finding.value().expected = "a column `" + wanted + "`";
            finding.value().actual = "columns " + list_of(parsed->columns);
            return finding;
        }
    }

    std::map<std::string, std::size_t> place;
    for (std::size_t row = 0; row < division.test.rows.size(); ++row) {
        place.emplace(division.test.rows[row][0], row);
    }
    std::vector<std::string> cells(division.test.rows.size());
    std::vector<bool> seen(cells.size(), false);
    std::vector<std::string> unknown;
    std::vector<std::string> twice;
    std::vector<std::string> empty;
    std::vector<std::string> not_numbers;
    std::vector<std::string> infinite;
    for (auto& row : parsed->rows) {
        const auto id = normal_id(row[*id_column]);
        const auto found = place.find(id);
        if (found == place.end()) {
            unknown.push_back(id);
            continue;
        }
        if (seen[found->second]) {
            twice.push_back(id);
            continue;
        }
        seen[found->second] = true;
        auto& cell = row[*value_column];
        const auto value = table::parse_cell(cell);
        if (value.kind == table::CellKind::missing) {
            empty.push_back(id);
        } else if (kind == CellsAre::numbers && value.kind != table::CellKind::number) {
            not_numbers.push_back(id);
        } else if (kind == CellsAre::numbers && !std::isfinite(value.number)) {
            infinite.push_back(id);
        }
        cells[found->second] = std::string(trim(cell));
    }
    std::vector<std::string> missing;
    for (std::size_t row = 0; row < seen.size(); ++row) {
        if (!seen[row]) {
            missing.push_back(division.test.rows[row][0]);
        }
    }

    const auto sized = [&](tl::unexpected<Finding> finding) {
        finding.value().expected = count_of(cells.size(), "row") + ", one for each row of the test file";
        finding.value().actual = count_of(parsed->rows.size(), "row");
        return finding;
    };
    if (parsed->rows.empty()) {
        return sized(wrong(name + " holds a header and no rows",
                           "the program wrote the file before it predicted, or predicted for an empty table"));
    }
    if (!twice.empty()) {
        return sized(wrong(
            name + " predicts " + count_of(twice.size(), "row") + " more than once (row_id " + some_of(twice) + ")",
            "the predictions were appended to, or joined with a table that repeats rows"));
    }
    if (!unknown.empty()) {
        return sized(wrong(
            name + " has " + count_of(unknown.size(), "row") + " with an unknown row_id (" + some_of(unknown) + ")",
            "the ids were made up (0, 1, 2, …) or come from the training file; copy the row_id column of the test "
            "file"));
    }
    if (!missing.empty()) {
        return sized(wrong(
            name + " lacks " + count_of(missing.size(), "row") + " of the test file (row_id " + some_of(missing) + ")",
            "rows with missing values were dropped (dropna) before predicting; every row needs a prediction"));
    }
    if (!empty.empty()) {
        return wrong(name + " has no value in `" + std::string(column) + "` for " + count_of(empty.size(), "row") +
                         " (row_id " + some_of(empty) + ")",
                     "the prediction is NaN: a missing value went through the model, or two tables were joined on an "
                     "index that does not match");
    }
    if (!not_numbers.empty()) {
        return wrong("`" + std::string(column) + "` in " + name + " is not a number for " +
                         count_of(not_numbers.size(), "row") + " (row_id " + some_of(not_numbers) + ")",
                     "labels or text were written where a number is asked for");
    }
    if (!infinite.empty()) {
        return wrong("`" + std::string(column) + "` in " + name + " is infinite for " +
                         count_of(infinite.size(), "row") + " (row_id " + some_of(infinite) + ")",
                     "a number was divided by zero, or grew beyond what a float holds");
    }
    return cells;
}

}  // namespace mlpath::checks
