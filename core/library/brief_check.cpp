#include "library/brief_check.hpp"

#include <fmt/format.h>

#include "base/text.hpp"
#include "library/read.hpp"

namespace mlpath::library {

namespace {

using Lines = std::vector<std::string>;

// A number or a label as it stands in a file.
std::string shown(const Json& value) {
    if (value.is_number_float()) {
        return fmt::format("{:g}", value.get<double>());
    }
    return value.is_string() ? value.get<std::string>() : value.dump();
}

std::string range_words(const Json& range) {
    const auto least = range.find("min");
    const auto most = range.find("max");
    if (least != range.end() && most != range.end()) {
        return *least == *most ? "exactly " + shown(*least) : "from " + shown(*least) + " to " + shown(*most);
    }
    return least != range.end()  ? "at least " + shown(*least)
           : most != range.end() ? "at most " + shown(*most)
                                 : std::string("any number");
}

std::string file_words(const Json& fields, const char* key) {
    const auto step = text_or(fields, "step");
    return "file: `" + text_or(fields, key) + '`' + (step.empty() ? "" : ", written by the step `" + step + '`');
}

void file_lines(const Json& fields, Lines& lines) {
    auto line = file_words(fields, "path");
    if (fields.contains("min_bytes")) {
        line += ", at least " + shown(fields.at("min_bytes")) + " bytes";
    }
    if (fields.contains("max_bytes")) {
        line += ", at most " + shown(fields.at("max_bytes")) + " bytes";
    }
    lines.push_back(std::move(line));
}

void command_lines(const Json& fields, Lines& lines) {
    auto line = "command: " + shown_command(texts(fields, "run"));
    if (fields.contains("stdin") || fields.contains("stdin_file")) {
        line += ", with a text on standard input";
    }
    line += fmt::format(", {:g} seconds at most", fields.value("seconds", 10.0));
    if (const auto exit = whole(fields, "exit", 0); exit != 0) {
        line += ", exit status " + std::to_string(exit);
    }
    lines.push_back(std::move(line));
    Lines names;
    const auto files = fields.value("files", Json::object());
    for (const auto& [name, path] : files.items()) {
        names.push_back(name);
    }
    if (!names.empty()) {
        lines.push_back("laid beside it: " + list_of(names));
    }
    if (const auto env = fields.value("env", Json::object()); !env.empty()) {
        Lines settings;
        for (const auto& [name, value] : env.items()) {
            settings.push_back(name + '=' + value.get<std::string>());
        }
        lines.push_back("environment: " + list_of(settings));
    }
    for (const char* stream : {"stdout", "stderr"}) {
        const auto expectations = fields.value(stream, Json::array());
        for (const auto& expectation : expectations) {
            if (const auto says = text_or(expectation, "says"); !says.empty()) {
                lines.push_back(says);
            } else if (const auto pointer = expectation.find("pointer"); pointer != expectation.end()) {
                lines.push_back(std::string(stream) + " is JSON, and the value at `" + pointer->get<std::string>() +
                                "` is looked at");
            }
        }
    }
}

void table_lines(const Json& fields, Lines& lines) {
    auto line = file_words(fields, "path");
    if (const auto columns = texts(fields, "columns"); !columns.empty()) {
        line += ", with the columns " + list_of(columns) + " and no other";
    }
    lines.push_back(std::move(line));
    if (fields.contains("rows")) {
        lines.push_back("rows: " + range_words(fields.at("rows")));
    }
    if (const auto data = text_or(fields, "rows_as"); !data.empty()) {
        lines.push_back("rows: one for each test row of `" + data + '`');
    }
    if (const auto names = texts(fields, "unique"); !names.empty()) {
        lines.push_back("no value twice in " + list_of(names));
    }
    if (const auto names = texts(fields, "complete"); !names.empty()) {
        lines.push_back("nothing missing in " + list_of(names));
    }
    const auto ranges = fields.value("range", Json::object());
    for (const auto& [column, range] : ranges.items()) {
        lines.push_back('`' + column + "`: " + range_words(range));
    }
    const auto allowed = fields.value("allowed", Json::object());
    for (const auto& [column, values] : allowed.items()) {
        Lines names;
        for (const auto& value : values) {
            names.push_back(shown(value));
        }
        lines.push_back('`' + column + "` is one of " + list_of(names));
    }
    if (const auto equals = fields.find("equals"); equals != fields.end()) {
        lines.push_back("compared row by row with the right table, rows found by `" + text_or(*equals, "key") + "`" +
                        (equals->value("tolerance", 0.0) > 0
                             ? fmt::format("; numbers may differ by {:g}", equals->at("tolerance").get<double>())
                             : ""));
    }
}

std::string baseline_words(const Json& baseline) {
    const auto kind = text_or(baseline, "kind");
    if (kind == "by") {
        return "guessing by `" + text_or(baseline, "column") + "` alone";
    }
    if (kind == "value") {
        return "the value " + shown(baseline.at("value"));
    }
    return kind == "mean" ? "always guessing the mean" : "always guessing the commonest label";
}

void predictions_line(const Json& fields, Lines& lines) {
    lines.push_back(file_words(fields, "predictions") + ", with the columns `row_id` and `" +
                    text_or(fields, "column") + '`');
}

std::string metric_words(const Json& fields) {
    auto words = "metric: `" + text_or(fields, "metric") + '`';
    if (const auto positive = fields.find("positive"); positive != fields.end()) {
        words += " (`" + shown(*positive) + "` is the positive label)";
    }
    return words + "; baseline: " + baseline_words(fields.at("baseline"));
}

void score_lines(const Json& fields, Lines& lines) {
    predictions_line(fields, lines);
    lines.push_back(metric_words(fields));
    lines.push_back(
        fmt::format("margin: on average over {} × {} fresh splits of `{}`, better than the baseline by at least {:g}",
                    whole(fields, "repeats", 2), whole(fields, "folds", 5), text_or(fields, "data"),
                    fields.at("margin").get<double>()));
}

void behaves_lines(const Json& fields, Lines& lines) {
    predictions_line(fields, lines);
    const auto probe = text_or(fields, "probe");
    if (probe == "strange-rows") {
        lines.push_back("odd rows join the test file: the predictions for the others must not move");
    } else if (probe == "permuted-labels") {
        lines.push_back(metric_words(fields));
        lines.push_back(fmt::format("with the labels shuffled, the mean lift over the baseline may be {:g} at most",
                                    fields.at("at_most").get<double>()));
    } else if (probe == "renamed") {
        lines.push_back("the values of " + list_of(texts(fields, "columns")) +
                        " are replaced: the predictions must not move");
    } else if (probe == "responds") {
        lines.push_back(fmt::format("{} are shuffled among the test rows: at least {:g} % of the predictions must move",
                                    list_of(texts(fields, "columns")), fields.at("at_least").get<double>() * 100));
    } else if (probe == "row-order") {
        lines.push_back("the test rows come in another order: the predictions must not move");
    }
}

void document_lines(const Json& fields, Lines& lines) {
    lines.push_back(file_words(fields, "path"));
    if (const auto headings = texts(fields, "headings"); !headings.empty()) {
        lines.push_back("headings: " + list_of(headings));
    }
    if (const auto words = whole(fields, "min_words", 0); words > 0) {
        lines.push_back(fmt::format("at least {} words", words));
    }
    if (const auto links = fields.find("links"); links != fields.end()) {
        lines.push_back(fmt::format("at least {} links; files that it links to must exist", whole(*links, "min", 0)));
    }
    const auto claims = fields.value("claims", Json::array());
    for (const auto& claim : claims) {
        lines.push_back(fmt::format("a line with `{}` and the figure, within {:g} of what the check `{}` measures",
                                    text_or(claim, "label"), claim.at("within").get<double>(),
                                    text_or(claim, "check")));
    }
}

}  // namespace

std::vector<std::string> check_details(const Check& check) {
    Lines lines;
    if (check.kind == "file") {
        file_lines(check.fields, lines);
    } else if (check.kind == "command") {
        command_lines(check.fields, lines);
    } else if (check.kind == "table") {
        table_lines(check.fields, lines);
    } else if (check.kind == "score") {
        score_lines(check.fields, lines);
    } else if (check.kind == "behaves") {
        behaves_lines(check.fields, lines);
    } else if (check.kind == "document") {
        document_lines(check.fields, lines);
    }
    return lines;
}

}  // namespace mlpath::library
