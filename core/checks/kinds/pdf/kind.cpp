#include "checks/kind_parts.hpp"

namespace mlpath::checks {

namespace {

void tell_pdf(const Told& told, Lines& lines) {
    const auto& fields = told.fields;
    auto line = file_words(told, "path") + " is a PDF";
    if (const auto pages = fields.find("pages"); pages != fields.end()) {
        const bool single = pages->value("max", pages->value("min", 0)) == 1;
        line += " of " + range_words(*pages) + (single ? " page" : " pages");
    }
    Lines names;
    const auto files = fields.value("files", Json::object());
    for (const auto& [name, path] : files.items()) {
        names.push_back(name);
    }
    if (!names.empty()) {
        line += ", made with " + list_of(names) + " of ours";
    }
    lines.push_back(std::move(line));
    for (const auto& wanted : fields.value("text", Json::array())) {
        const bool has = wanted.contains("has");
        lines.push_back((has ? "it says `" : "it does not say `") + text_or(wanted, has ? "has" : "lacks") + '`');
    }
    Lines labels;
    for (const auto& wanted : fields.value("figures", Json::array())) {
        labels.push_back('`' + text_or(wanted, "label") + '`');
    }
    if (!labels.empty()) {
        lines.push_back("the right number stands after " + listed(labels, "and"));
    }
    if (fields.contains("table")) {
        lines.push_back("it has each row of the right table on a line");
    }
    if (fields.at("chart").get<bool>()) {
        lines.push_back(std::string("it has a chart, as an image or drawn") +
                        (names.empty() ? "" : ", which is another for other data"));
    }
}

void lint_pdf(CheckLint& lint) {
    lint.artifact("path");
    const auto& fields = lint.fields();
    if (fields.contains("pages")) {
        lint.bounds(fields.at("pages"), "min", "max", "/pages");
    }
    if (const auto path = text_or(fields, "table"); !path.empty()) {
        lint.template_file(path, "/table");
    }
    const auto files = fields.value("files", Json::object());
    if (!files.empty() && !fields.contains("step")) {
        lint.error("/files", "`files` are for the step that makes the PDF, and the check has no `step`");
    }
    for (const auto& [name, path] : files.items()) {
        lint.template_file(path.get<std::string>(), json::pointer_to("/files", name));
    }
    const auto texts = fields.value("text", Json::array());
    for (std::size_t i = 0; i < texts.size(); ++i) {
        if (texts[i].contains("has") == texts[i].contains("lacks")) {
            lint.error(json::pointer_to("/text", i), "a text is told either by `has` or by `lacks`");
        }
    }
}

}  // namespace

Kind pdf_kind() { return {.told = {.tell = tell_pdf, .lint = lint_pdf}, .cost = Cost::reruns}; }

}  // namespace mlpath::checks
