#include "checks/kind_parts.hpp"
#include "library/paths.hpp"

namespace mlpath::checks {

namespace {

std::string code_words(const std::string& code) {
    auto line = code;
    for (auto at = line.find('\n'); at != std::string::npos; at = line.find('\n', at)) {
        line.replace(at, 1, "; ");
    }
    return '`' + line + '`';
}

void tell_run(const Json& fields, Lines& lines) {
    auto line = "we run all cells of `" + text_or(fields, "path") + "` from top to bottom in " +
                (fields.at("runs") == 1 ? std::string("a fresh kernel")
                                        : value_words(fields.at("runs")) + " fresh kernels, which must show the same");
    Lines names;
    const auto files = fields.value("files", Json::object());
    for (const auto& [name, path] : files.items()) {
        names.push_back(name);
    }
    if (!names.empty()) {
        line += (names.size() == 1 ? ", with our file " : ", with our files ") + list_of(names) + " in the folder";
    }
    lines.push_back(line + "; they have " + seconds_in_words(fields.at("seconds").get<double>()));
    const auto saved = text_or(fields, "saved");
    if (saved != "ignored") {
        lines.push_back(
            std::string(saved == "required" ? "each code cell was run, " : "the cells that were run were ") +
            "from top to bottom, before the notebook was saved, and what is saved below them is what they show");
    }
}

void tell_values(const Json& fields, Lines& lines) {
    for (const auto& value : fields.value("values", Json::array())) {
        if (const auto says = text_or(value, "says"); !says.empty()) {
            lines.push_back(says);
        } else if (value.contains("raises")) {
            lines.push_back(code_words(text_or(value, "of")) + " raises " + text_or(value, "raises"));
        } else {
            lines.push_back(code_words(text_or(value, "of")) +
                            (value.contains("equals") ? " is " + value.at("equals").dump() : " has a value"));
        }
    }
}

void tell_figure(const Json& figure, Lines& lines) {
    const auto says = text_or(figure, "says");
    const auto marks = text_or(figure, "marks");
    auto line = says.empty()
                    ? "it shows a figure" +
                          (marks == "any" ? std::string() : (marks == "line" ? " with a line" : " with " + marks))
                    : says;
    for (const auto* axis : {"x", "y"}) {
        if (says.empty() && figure.contains(axis)) {
            line += std::string(", ") + axis + " being " + code_words(text_or(figure, axis));
        }
    }
    Lines written;
    for (const auto& part : texts(figure, "has")) {
        written.push_back(part == "x" || part == "y" ? "a label of the " + part + "-axis" : "a " + part);
    }
    lines.push_back(written.empty() ? line : line + "; the figure has " + listed(written, "and"));
}

void tell_notebook(const Told& told, Lines& lines) {
    const auto& fields = told.fields;
    tell_run(fields, lines);
    tell_values(fields, lines);
    for (const auto& figure : fields.value("figures", Json::array())) {
        tell_figure(figure, lines);
    }
    for (const auto& table : fields.value("tables", Json::array())) {
        const auto says = text_or(table, "says");
        lines.push_back(says.empty() ? "it shows a table with the " + named("column", texts(table, "columns")) : says);
    }
    const auto prose = fields.value("prose", Json::object());
    if (const auto headings = texts(prose, "headings"); !headings.empty()) {
        lines.push_back("its Markdown cells have the " + named("heading", headings));
    }
    if (const auto words = whole(prose, "min_words", 0); words > 0) {
        lines.push_back("its Markdown cells have at least " + count_of(static_cast<std::size_t>(words), "word"));
    }
    if (prose.contains("above")) {
        lines.push_back("a sentence in a Markdown cell, and not a heading alone, stands right above each code cell");
    }
}

void lint_files(CheckLint& lint) {
    const auto files = lint.fields().value("files", Json::object());
    for (const auto& [name, path] : files.items()) {
        const auto at = json::pointer_to("/files", name);
        if (const auto fault = path_fault(name)) {
            lint.error(at, *fault);
        } else if (any_glob_matches(lint.project().sources, name)) {
            lint.error(at, "`" + name + "` would be laid over a source of the learner's");
        }
        lint.template_file(path.get<std::string>(), at);
    }
}

void lint_values(CheckLint& lint) {
    const auto values = lint.fields().value("values", Json::array());
    for (std::size_t i = 0; i < values.size(); ++i) {
        if (values[i].contains("raises") && values[i].contains("equals")) {
            lint.error(json::pointer_to("/values", i), "a value either `equals` something or `raises` an exception");
        }
    }
}

void lint_notebook(CheckLint& lint) {
    lint.artifact("path");
    if (const auto path = text_or(lint.fields(), "path"); !path.ends_with(".ipynb")) {
        lint.error("/path", "`" + path + "` is no notebook: its name ends with .ipynb");
    }
    lint_files(lint);
    lint_values(lint);
}

std::string notebook_of(const Check& check, const Project&) { return text_or(check.fields, "path"); }

}  // namespace

Kind notebook_kind() {
    return {.told = {.tell = tell_notebook, .lint = lint_notebook}, .company = Company::others, .about = notebook_of};
}

}  // namespace mlpath::checks
