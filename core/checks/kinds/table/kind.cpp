#include <algorithm>

#include "checks/kind_parts.hpp"

namespace mlpath::checks {

namespace {

void tell_table(const Told& told, Lines& lines) {
    const auto& fields = told.fields;
    if (const auto columns = texts(fields, "columns"); !columns.empty()) {
        lines.push_back(file_words(told, "path") + " has the " + named("column", columns) + " and no other");
    } else {
        lines.push_back("the table is " + last_file_words(told, "path"));
    }
    if (const auto rows = fields.find("rows"); rows != fields.end()) {
        const bool single = rows->value("max", rows->value("min", 0)) == 1;
        lines.push_back("it has " + range_words(*rows) + (single ? " row" : " rows"));
    }
    if (fields.contains("rows_as")) {
        lines.push_back("it has one row for each row of " + test_file(told, "rows_as"));
    }
    if (const auto names = texts(fields, "unique"); !names.empty()) {
        lines.push_back("no value comes twice in " + list_of(names));
    }
    if (const auto names = texts(fields, "complete"); !names.empty()) {
        lines.push_back("no value is missing in " + list_of(names) + ": no cell is empty, and none is NaN");
    }
    const auto ranges = fields.value("range", Json::object());
    for (const auto& [column, range] : ranges.items()) {
        lines.push_back("every value of `" + column + "` is " + range_words(range));
    }
    const auto allowed = fields.value("allowed", Json::object());
    for (const auto& [column, values] : allowed.items()) {
        Lines names;
        for (const auto& value : values) {
            names.push_back('`' + value_words(value) + '`');
        }
        lines.push_back("every value of `" + column + "` is " + listed(names, "or"));
    }
    if (const auto equals = fields.find("equals"); equals != fields.end()) {
        const auto tolerance = equals->at("tolerance").get<double>();
        lines.push_back("its rows, found by `" + text_or(*equals, "key") + "`, are those of the right table" +
                        (tolerance > 0 ? "; numbers may differ by " + decimal(tolerance) : ""));
    }
}

void lint_table(CheckLint& lint) {
    lint.artifact("path");
    const auto& fields = lint.fields();
    if (fields.contains("rows") && fields.contains("rows_as")) {
        lint.error("/rows", "the number of rows is told either by `rows` or by `rows_as`");
    }
    if (fields.contains("rows")) {
        lint.bounds(fields.at("rows"), "min", "max", "/rows");
    }
    if (const auto id = text_or(fields, "rows_as"); !id.empty()) {
        lint.split_data(id, "/rows_as");
    }
    const auto columns = texts(fields, "columns");
    const auto known = [&](const std::string& column, const std::string& at) {
        if (!columns.empty() && std::ranges::find(columns, column) == columns.end()) {
            const auto meant = lint.guess(column, columns);
            lint.error(at, "`" + column + "` is none of the `columns`", meant);
        }
    };
    for (const char* key : {"unique", "complete"}) {
        const auto names = texts(fields, key);
        for (std::size_t i = 0; i < names.size(); ++i) {
            known(names[i], json::pointer_to(std::string("/") + key, i));
        }
    }
    const auto ranges = fields.value("range", Json::object());
    for (const auto& [column, range] : ranges.items()) {
        const auto at = json::pointer_to("/range", column);
        known(column, at);
        lint.bounds(range, "min", "max", at);
    }
    const auto allowed = fields.value("allowed", Json::object());
    for (const auto& [column, values] : allowed.items()) {
        known(column, json::pointer_to("/allowed", column));
    }
    if (const auto equals = fields.find("equals"); equals != fields.end()) {
        lint.template_file(text_or(*equals, "file"), "/equals/file");
        known(text_or(*equals, "key"), "/equals/key");
    }
}

}  // namespace

Kind table_kind() { return {.told = {.tell = tell_table, .lint = lint_table}, .draw = Draw::decides}; }

}  // namespace mlpath::checks
