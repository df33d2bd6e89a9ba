#include "checks/kind_parts.hpp"

namespace mlpath::checks {

namespace {

void tell_sql(const Told& told, Lines& lines) {
    const auto& fields = told.fields;
    const auto path = '`' + text_or(fields, "path") + '`';
    if (fields.contains("schema")) {
        lines.push_back(path + " is run in an empty database");
        Lines refused;
        for (const auto& one : fields.at("refuses")) {
            refused.push_back(text_or(one, "says"));
        }
        if (!refused.empty()) {
            lines.push_back("its tables refuse " + listed(refused, "and"));
        }
        return;
    }
    lines.push_back(path + " is run on other databases with the same tables, and gives the " +
                    named("column", texts(fields, "columns")) +
                    (fields.at("ordered").get<bool>() ? ", with the rows in the order that is asked"
                                                      : ", with the rows in any order"));
    if (const auto before = texts(fields, "before"); !before.empty()) {
        lines.push_back(list_of(before) + (before.size() == 1 ? " is run before it" : " are run before it"));
    }
    if (const auto tables = texts(fields, "searches"); !tables.empty()) {
        lines.push_back("by its plan, it finds the rows of " + list_of(tables) + " through an index");
    }
}

void lint_answer(CheckLint& lint) {
    for (const char* field : {"columns", "databases"}) {
        if (!lint.fields().contains(field)) {
            lint.error("", std::string("a check with `answer` has `") + field + "` too");
        }
    }
    lint.template_file(text_or(lint.fields(), "answer"), "/answer");
    if (lint.fields().contains("databases")) {
        lint.template_file(text_or(lint.fields(), "databases"), "/databases");
    }
    const auto& mistakes = lint.fields().at("mistakes");
    for (std::size_t i = 0; i < mistakes.size(); ++i) {
        lint.template_file(text_or(mistakes[i], "answer"), "/mistakes/" + std::to_string(i) + "/answer");
    }
}

void lint_sql(CheckLint& lint) {
    lint.artifact("path");
    const auto& fields = lint.fields();
    const bool answer = fields.contains("answer");
    if (answer == fields.contains("schema")) {
        lint.error("", "a check of the kind `sql` has either `answer` or `schema`",
                   "`answer` is for a query, `schema` for a script that makes tables");
        return;
    }
    if (answer) {
        lint_answer(lint);
        return;
    }
    lint.template_file(text_or(fields, "schema"), "/schema");
    if (fields.contains("takes")) {
        lint.template_file(text_or(fields, "takes"), "/takes");
    }
}

}  // namespace

Kind sql_kind() { return {.told = {.tell = tell_sql, .lint = lint_sql}}; }

}  // namespace mlpath::checks
