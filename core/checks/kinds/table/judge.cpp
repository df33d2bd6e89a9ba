#include <algorithm>
#include <cmath>
#include <set>

#include "base/text.hpp"
#include "checks/kind.hpp"
#include "checks/predictions.hpp"
#include "checks/subject.hpp"

namespace mlpath::checks {

namespace {

struct Subject {
    const table::Table& table;
    std::string name;
};

std::optional<Finding> wrong_columns(const Subject& subject, const std::vector<std::string>& wanted) {
    for (const auto& column : wanted) {
        if (!subject.table.column(column)) {
            const auto near = nearest(column, subject.table.columns);
            auto finding = undecided(subject.name + " has no column `" + column + "`",
                                     near ? "`" + *near + "` is there: is it spelled differently?" : "");
            finding.expected = "columns " + list_of(wanted);
            finding.actual = "columns " + list_of(subject.table.columns);
            return finding;
        }
    }
    return std::nullopt;
}

std::optional<Finding> wrong_row_count(const Subject& subject, std::size_t least, std::size_t most,
                                       const std::string& why) {
    const auto rows = subject.table.rows.size();
    if (rows >= least && rows <= most) {
        return std::nullopt;
    }
    auto finding = failed(subject.name + (rows < least ? " has too few rows" : " has too many rows"), why);
    finding.expected = least == most
                           ? count_of(least, "row")
                           : (rows < least ? "at least " + count_of(least, "row") : "at most " + count_of(most, "row"));
    finding.actual = rows == 0 ? "a header and no rows" : count_of(rows, "row");
    return finding;
}

// Calls `bad` with the cell and its column until it returns a sentence; the failure then names the row (the header is
// line 1).
template <typename Bad>
std::optional<Finding> first_bad_cell(const Subject& subject, const std::string& column, Bad bad) {
    const auto at = subject.table.column(column);
    for (std::size_t row = 0; at && row < subject.table.rows.size(); ++row) {
        const auto& cell = subject.table.rows[row][*at];
        if (const auto expected = bad(cell); !expected.empty()) {
            auto finding = failed("`" + column + "` in " + subject.name + ", row " + std::to_string(row + 1) +
                                  ", is not what it should be");
            finding.expected = expected;
            finding.actual = trim(cell).empty() ? "nothing (an empty cell)" : "`" + cell + "`";
            return finding;
        }
    }
    return std::nullopt;
}

bool same_cell(const std::string& a, const std::string& b, double tolerance) {
    const auto x = table::parse_cell(a);
    const auto y = table::parse_cell(b);
    if (x.kind == table::CellKind::number && y.kind == table::CellKind::number) {
        return std::abs(x.number - y.number) <= tolerance;
    }
    return x.kind == y.kind && (x.kind == table::CellKind::missing || trim(a) == trim(b));
}

Result<std::optional<Finding>> differs(const Subject& subject, const Json& rule, Evaluation& evaluation) {
    MLPATH_TRY(const auto text, template_file(evaluation, rule.at("file").get<std::string>()));
    MLPATH_TRY(const auto wanted, table::parse_table(text, {}, "the expected table"));
    if (auto finding = wrong_columns(subject, wanted.columns)) {
        return finding;
    }
    const auto key = rule.at("key").get<std::string>();
    const auto tolerance = rule.at("tolerance").get<double>();
    if (!wanted.column(key)) {
        return fail(ErrorKind::malformed, "the expected table has no column `" + key + "` to join on");
    }
    const auto key_here = *subject.table.column(key);
    const auto key_there = *wanted.column(key);
    for (const auto& expected : wanted.rows) {
        const auto row = std::ranges::find_if(
            subject.table.rows, [&](const auto& cells) { return same_cell(cells[key_here], expected[key_there], 0); });
        if (row == subject.table.rows.end()) {
            return std::optional(failed(subject.name + " has no row with `" + key + "` = " + expected[key_there]));
        }
        for (std::size_t i = 0; i < wanted.columns.size(); ++i) {
            const auto& actual = (*row)[*subject.table.column(wanted.columns[i])];
            if (!same_cell(actual, expected[i], tolerance)) {
                auto finding = failed("`" + wanted.columns[i] + "` of the row with `" + key +
                                      "` = " + expected[key_there] + " is not what it should be");
                finding.expected = expected[i];
                finding.actual = actual;
                return std::optional(finding);
            }
        }
    }
    return wrong_row_count(subject, wanted.rows.size(), wanted.rows.size(),
                           "some rows are in it twice, or were not asked for");
}

std::optional<Finding> wrong_cells(const Subject& subject, const Json& fields) {
    for (const auto& column : fields.value("complete", std::vector<std::string>())) {
        if (auto finding = first_bad_cell(subject, column, [](const std::string& cell) {
                return table::parse_cell(cell).kind == table::CellKind::missing ? std::string("a value in every row")
                                                                                : std::string();
            })) {
            return finding;
        }
    }
    for (const auto& column : fields.value("unique", std::vector<std::string>())) {
        std::set<std::string> seen;
        if (auto finding = first_bad_cell(subject, column, [&](const std::string& cell) {
                return seen.insert(std::string(trim(cell))).second ? std::string() : std::string("each value once");
            })) {
            return finding;
        }
    }
    const auto ranges = fields.value("range", Json::object());  // named: `items` of a temporary would dangle
    for (const auto& [column, range] : ranges.items()) {
        const double least = range.value("min", -HUGE_VAL);
        const double most = range.value("max", HUGE_VAL);
        const auto bounds = range.contains("min") && range.contains("max")
                                ? "a number from " + range.at("min").dump() + " to " + range.at("max").dump()
                            : range.contains("min") ? "a number of at least " + range.at("min").dump()
                                                    : "a number of at most " + range.value("max", Json()).dump();
        if (auto finding = first_bad_cell(subject, column, [&](const std::string& text) {
                const auto cell = table::parse_cell(text);
                return cell.kind == table::CellKind::number && std::isfinite(cell.number) && cell.number >= least &&
                               cell.number <= most
                           ? std::string()
                           : bounds;
            })) {
            return finding;
        }
    }
    const auto vocabularies = fields.value("allowed", Json::object());
    for (const auto& [column, values] : vocabularies.items()) {
        std::vector<std::string> allowed;
        for (const auto& value : values) {
            allowed.push_back(value.is_string() ? value.get<std::string>() : value.dump());
        }
        if (auto finding = first_bad_cell(subject, column, [&](const std::string& text) {
                const bool fine =
                    std::ranges::any_of(allowed, [&](const std::string& value) { return same_cell(text, value, 0); });
                return fine ? std::string() : "one of " + list_of(allowed);
            })) {
            return finding;
        }
    }
    return std::nullopt;
}

// The brief says "and no other": a stray column is mostly the row numbers of pandas.
std::optional<Finding> extra_column(const Subject& subject, const Json& fields) {
    const auto wanted = fields.value("columns", std::vector<std::string>());
    for (const auto& column : wanted.empty() ? wanted : subject.table.columns) {
        if (std::ranges::find(wanted, column) == wanted.end()) {
            auto finding =
                failed(subject.name + " has a column " + (column.empty() ? "without a name" : "`" + column + "`") +
                           " that was not asked for",
                       "the row numbers of pandas were written as a column of their own: "
                       "`to_csv(…, index=False)` leaves them out");
            finding.expected = "columns " + list_of(wanted) + " and no other";
            finding.actual = "columns " + list_of(subject.table.columns);
            finding.decided = false;
            return finding;
        }
    }
    return std::nullopt;
}

// Every column that a rule names: a rule about a column that is not there would hold for nothing.
std::vector<std::string> columns_of(const Json& fields) {
    auto columns = fields.value("columns", std::vector<std::string>());
    const auto add = [&](const std::string& column) {
        if (std::ranges::find(columns, column) == columns.end()) {
            columns.push_back(column);
        }
    };
    for (const auto* rule : {"complete", "unique"}) {
        std::ranges::for_each(fields.value(rule, std::vector<std::string>()), add);
    }
    for (const auto* rule : {"range", "allowed"}) {
        const auto by_column = fields.value(rule, Json::object());
        for (const auto& [column, ignored] : by_column.items()) {
            add(column);
        }
    }
    return columns;
}

}  // namespace

Result<Finding> judge_table(const library::Check& check, Evaluation& evaluation, const Findings& /*found*/) {
    MLPATH_TRY(const auto text, subject_of(check, evaluation));
    if (!text) {
        return text.error();
    }
    const auto& fields = check.fields;
    const auto path = fields.at("path").get<std::string>();
    const auto parsed = table::parse_table(*text, {}, path);
    if (!parsed) {
        return undecided(parsed.error().message, parsed.error().hint);
    }
    const Subject subject{*parsed, "`" + path + "`"};
    if (auto finding = wrong_columns(subject, columns_of(fields))) {
        return *finding;
    }
    if (auto finding = extra_column(subject, fields)) {
        return *finding;
    }
    if (fields.contains("rows")) {
        const auto& rows = fields.at("rows");
        if (auto finding =
                wrong_row_count(subject, rows.value("min", std::size_t{0}), rows.value("max", SIZE_MAX), "")) {
            return *finding;
        }
    }
    if (fields.contains("rows_as")) {
        MLPATH_TRY(const auto division, evaluation.division({.data = fields.at("rows_as").get<std::string>()}));
        const auto wanted = division.test.rows.size();
        // Which rows are wrong says more than how many there are.
        if (parsed->column("row_id")) {
            if (const auto ids = aligned_predictions(*text, path, "row_id", CellsAre::labels, division); !ids) {
                return ids.error();
            }
        }
        if (auto finding = wrong_row_count(
                subject, wanted, wanted,
                "there is one row for each row of the test file; dropna() before predicting loses rows")) {
            return *finding;
        }
    }
    if (auto finding = wrong_cells(subject, fields)) {
        return *finding;
    }
    if (fields.contains("equals")) {
        MLPATH_TRY(auto finding, differs(subject, fields.at("equals"), evaluation));
        if (finding) {
            return *finding;
        }
    }
    return passed(subject.name + " has the right form: " + count_of(parsed->rows.size(), "row"));
}

}  // namespace mlpath::checks
