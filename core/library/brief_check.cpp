#include "library/brief_check.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "base/text.hpp"
#include "library/read.hpp"

namespace mlpath::library {

namespace {

using Lines = std::vector<std::string>;

struct Told {
    const Project& project;
    const std::string& says;  // of the check: what stands there need not be said again
    const Json& fields;
};

// "0.000001", where "1e-06" would be one more thing to know.
std::string decimal(double value) {
    auto text = fmt::format("{:.12f}", value);
    text.erase(text.find_last_not_of('0') + 1);
    return text.ends_with('.') ? text.substr(0, text.size() - 1) : text;
}

// A number or a label as it stands in a file.
std::string shown(const Json& value) {
    if (value.is_number_float()) {
        return decimal(value.get<double>());
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

// "a, b and c", with the word that is asked for.
std::string listed(const Lines& parts, std::string_view last_word) {
    std::string text;
    for (std::size_t i = 0; i < parts.size(); ++i) {
        text += i == 0 ? "" : i + 1 < parts.size() ? ", " : " " + std::string(last_word) + " ";
        text += parts[i];
    }
    return text;
}

// "`predictions.csv`, which `python3 predict.py` writes"
std::string file_words(const Told& told, const char* key) {
    auto words = '`' + text_or(told.fields, key) + '`';
    const auto id = text_or(told.fields, "step");
    const auto step = std::ranges::find(told.project.steps, id, &Step::id);
    return step == told.project.steps.end() ? words : words + ", which " + shown_command(step->run) + " writes,";
}

// The same as the end of a sentence.
std::string last_file_words(const Told& told, const char* key) {
    auto words = file_words(told, key);
    return words.ends_with(',') ? words.substr(0, words.size() - 1) : words;
}

// The table whose rows are predicted.
std::string test_file(const Told& told, const char* key) {
    const auto data = std::ranges::find(told.project.data, text_or(told.fields, key), &DataEntry::id);
    return data == told.project.data.end() ? std::string("the rows to predict") : '`' + data->test + '`';
}

void file_lines(const Told& told, Lines& lines) {
    const auto& fields = told.fields;
    const auto least = whole(fields, "min_bytes", 0);
    const auto most = whole(fields, "max_bytes", 0);
    const auto bytes = [](int count) { return count_of(static_cast<std::size_t>(count), "byte"); };
    if (least > 0 && most > 0) {
        lines.push_back(file_words(told, "path") + " has at least " + bytes(least) + " and at most " + bytes(most));
    } else if (least > 0 || most > 0) {
        lines.push_back(file_words(told, "path") +
                        (least > 0 ? " has at least " + bytes(least) : " has at most " + bytes(most)));
    } else if (told.says.find(text_or(fields, "path")) == std::string::npos) {
        lines.push_back("we read " + last_file_words(told, "path"));
    }
}

void stream_lines(const Told& told, const char* stream, Lines& lines) {
    // Values that nothing else is said of are named in one line, those of one tolerance together.
    std::map<double, Lines> values;
    Lines said;
    const auto expectations = told.fields.value(stream, Json::array());
    for (const auto& expectation : expectations) {
        const auto pointer = expectation.find("pointer");
        if (const auto says = text_or(expectation, "says"); !says.empty()) {
            said.push_back(says);
        } else if (pointer != expectation.end()) {
            values[expectation.value("tolerance", 0.0)].push_back(place_in_words(pointer->get<std::string>()));
        }
    }
    const auto where = std::string_view(stream) == "stderr" ? "on standard error it prints JSON" : "it prints JSON";
    for (const auto& [tolerance, places] : values) {
        lines.push_back(fmt::format("{}, and in it {} {}{}", where, listed(places, "and"),
                                    places.size() == 1 ? "is what it should be" : "are what they should be",
                                    tolerance > 0 ? " (within " + decimal(tolerance) + ")" : ""));
    }
    lines.insert(lines.end(), said.begin(), said.end());
}

void command_lines(const Told& told, Lines& lines) {
    const auto& fields = told.fields;
    auto line = "we run " + shown_command(texts(fields, "run"));
    Lines names;
    const auto files = fields.value("files", Json::object());
    for (const auto& [name, path] : files.items()) {
        names.push_back(name);
    }
    if (!names.empty()) {
        line += (names.size() == 1 ? " with our file " : " with our files ") + list_of(names) + " in the folder";
    }
    if (fields.contains("stdin") || fields.contains("stdin_file")) {
        line += std::string(names.empty() ? " with" : " and") + " a text on standard input";
    }
    line += "; it has " + seconds_in_words(fields.value("seconds", 10.0));
    if (const auto exit = whole(fields, "exit", 0); exit != 0) {
        line += ", and ends with exit code " + std::to_string(exit);
    }
    lines.push_back(std::move(line));
    if (const auto env = fields.value("env", Json::object()); !env.empty()) {
        Lines settings;
        for (const auto& [name, value] : env.items()) {
            settings.push_back(name + '=' + value.get<std::string>());
        }
        lines.push_back("its environment has " + list_of(settings));
    }
    stream_lines(told, "stdout", lines);
    stream_lines(told, "stderr", lines);
}

void table_lines(const Told& told, Lines& lines) {
    const auto& fields = told.fields;
    if (const auto columns = texts(fields, "columns"); !columns.empty()) {
        lines.push_back(file_words(told, "path") + (columns.size() == 1 ? " has the column " : " has the columns ") +
                        list_of(columns) + " and no other");
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
            names.push_back('`' + shown(value) + '`');
        }
        lines.push_back("every value of `" + column + "` is " + listed(names, "or"));
    }
    if (const auto equals = fields.find("equals"); equals != fields.end()) {
        const auto tolerance = equals->value("tolerance", 0.0);
        lines.push_back("its rows, found by `" + text_or(*equals, "key") + "`, are those of the right table" +
                        (tolerance > 0 ? "; numbers may differ by " + decimal(tolerance) : ""));
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
    return kind == "mean" ? "always predicting the mean" : "always predicting the most common label";
}

void predictions_line(const Told& told, Lines& lines) {
    lines.push_back("we read the columns `row_id` and `" + text_or(told.fields, "column") + "` of " +
                    last_file_words(told, "predictions"));
}

std::string metric_words(const Json& fields) {
    auto words = "the metric is `" + text_or(fields, "metric") + '`';
    if (const auto positive = fields.find("positive"); positive != fields.end()) {
        words += ", with `" + shown(*positive) + "` as the positive label";
    }
    return words + "; the baseline is " + baseline_words(fields.at("baseline"));
}

// "2 times 5 fresh splits of the data".
std::string splits_words(const Json& fields) {
    const auto repeats = whole(fields, "repeats", 2);
    return (repeats == 1 ? "" : fmt::format("{} times ", repeats)) +
           fmt::format("{} fresh splits of the data", whole(fields, "folds", 5));
}

void score_lines(const Told& told, Lines& lines) {
    const auto& fields = told.fields;
    predictions_line(told, lines);
    lines.push_back(metric_words(fields));
    lines.push_back("on average over " + splits_words(fields) + ", it is better than the baseline by at least " +
                    shown(fields.at("margin")));
    if (const auto ceiling = fields.find("ceiling"); ceiling != fields.end()) {
        lines.push_back("above " + shown(*ceiling) + " it is called suspicious" +
                        (text_or(fields, "above_ceiling") == "fail" ? ", and fails" : ", though it passes"));
    }
}

void behaves_lines(const Told& told, Lines& lines) {
    const auto& fields = told.fields;
    predictions_line(told, lines);
    const auto probe = text_or(fields, "probe");
    const auto columns = texts(fields, "columns");
    if (probe == "strange-rows") {
        lines.push_back("odd rows join " + test_file(told, "data") + "; the predictions for the others stay the same");
    } else if (probe == "permuted-labels") {
        lines.push_back(metric_words(fields));
        lines.push_back("with the labels shuffled, it is on average at most " + shown(fields.at("at_most")) +
                        " above the baseline");
    } else if (probe == "renamed") {
        lines.push_back("the values of " + list_of(columns) + " are replaced; the predictions stay the same");
    } else if (probe == "responds") {
        lines.push_back(
            fmt::format("the values of {} are shuffled among the rows of {}{}; at least {} % of the "
                        "predictions change",
                        list_of(columns), test_file(told, "data"), columns.size() == 1 ? "" : ", each column by itself",
                        decimal(fields.at("at_least").get<double>() * 100)));
    } else if (probe == "row-order") {
        lines.push_back("the rows of " + test_file(told, "data") +
                        " come in another order; the predictions stay the same");
    }
}

void reproducible_lines(const Told& told, Lines& lines) {
    predictions_line(told, lines);
    lines.push_back(
        "we run your program twice, the second time with another order of every set of texts "
        "(PYTHONHASHSEED); numbers may differ by " +
        decimal(told.fields.value("tolerance", 1e-9)) + ", words not at all");
}

void leakage_lines(const Told& told, Lines& lines) {
    const auto& fields = told.fields;
    predictions_line(told, lines);
    auto parts = texts(fields, "parts");
    if (parts.empty()) {
        parts = {"fit", "scored", "rows", "labels"};
    }
    for (const auto& part : parts) {
        if (part == "fit") {
            lines.push_back("we watch which rows reach `fit` of scikit-learn: none of " + test_file(told, "data") +
                            ", and, before you try a model on rows that are new to it, none of those");
        } else if (part == "scored") {
            lines.push_back("where your program scores a model, it does so on rows that were not given to its `fit`");
        } else if (part == "rows") {
            lines.push_back("odd rows join " + test_file(told, "data") +
                            "; the predictions for the others stay the same");
        } else if (part == "labels" && fields.contains("metric") && fields.contains("baseline") &&
                   fields.contains("at_most")) {  // lint asks for all three
            lines.push_back(metric_words(fields));
            lines.push_back("with the labels shuffled, it is on average at most " + shown(fields.at("at_most")) +
                            " above the baseline");
        }
    }
}

void generalises_lines(const Told& told, Lines& lines) {
    const auto& fields = told.fields;
    predictions_line(told, lines);
    lines.push_back(metric_words(fields));
    const auto margin = fields.value("margin", 0.0);
    lines.push_back("of " + splits_words(fields) + ", it is " +
                    (margin > 0 ? "better than the baseline by at least " + decimal(margin)
                                : std::string("no worse than the baseline")) +
                    " in at least " + decimal(fields.value("at_least", 0.9) * 100) + " %");
}

void budget_lines(const Told& told, Lines& lines) {
    const auto& limits = told.fields.at("at_most");
    lines.push_back("we run a plain program of our own on the same data, in turns with yours, and compare the two");
    const auto line = [&](const char* key, const std::string& what) {
        if (const auto limit = limits.find(key); limit != limits.end()) {
            lines.push_back(what + " at most " + shown(*limit) + " times that of ours");
        }
    };
    const auto step = text_or(told.fields, "step");
    line("time", "the time of the step `" + step + "` is");
    line("memory", "the memory of the step `" + step + "` is");
    line("size", "the size of `" + text_or(told.fields, "model") + "` is");
    line("latency", "the time of the step `" + text_or(told.fields, "predict") + "` is");
}

// "milestone 4", where the check stands.
std::string milestone_of(const Project& project, const std::string& check) {
    for (std::size_t i = 0; i < project.milestones.size(); ++i) {
        const auto& checks = project.milestones[i].checks;
        if (std::ranges::find(checks, check, &Check::id) != checks.end()) {
            return "milestone " + std::to_string(i + 1);
        }
    }
    return "the check `" + check + '`';
}

void document_lines(const Told& told, Lines& lines) {
    const auto& fields = told.fields;
    if (told.says.find(text_or(fields, "path")) == std::string::npos) {
        lines.push_back("we read " + last_file_words(told, "path"));
    }
    if (const auto headings = texts(fields, "headings"); !headings.empty()) {
        lines.push_back((headings.size() == 1 ? "it has the heading " : "it has the headings ") + list_of(headings));
    }
    if (const auto words = whole(fields, "min_words", 0); words > 0) {
        lines.push_back("it has at least " + count_of(static_cast<std::size_t>(words), "word") +
                        ", not counting code blocks, comments and addresses");
    }
    if (const auto links = fields.find("links"); links != fields.end()) {
        const auto least = whole(*links, "min", 0);
        lines.push_back((least > 0 ? "it has at least " + count_of(static_cast<std::size_t>(least), "link") + ", and "
                                   : std::string()) +
                        "every file that it links to is there");
    }
    const auto claims = fields.value("claims", Json::array());
    for (const auto& claim : claims) {
        lines.push_back("it has a line with `" + text_or(claim, "label") + "` and the figure, at most " +
                        shown(claim.at("within")) + " from what " +
                        milestone_of(told.project, text_or(claim, "check")) + " measures");
    }
}

}  // namespace

std::string seconds_in_words(double seconds) { return decimal(seconds) + (seconds == 1 ? " second" : " seconds"); }

std::string place_in_words(std::string_view pointer) {
    auto parts = split(pointer, '/');
    std::string words;
    for (auto part = parts.rbegin(); part != parts.rend() && !part->empty(); ++part) {
        const bool number = part->find_first_not_of("0123456789") == std::string_view::npos;
        const auto name = replace_all(replace_all(std::string(*part), "~1", "/"), "~0", "~");
        words += (words.empty() ? "" : " of ") + (number ? "item " + name + " (counted from 0)" : '`' + name + '`');
    }
    return words.empty() ? "the whole" : words;
}

std::vector<std::string> check_details(const Project& project, const Check& check) {
    const Told told{.project = project, .says = check.says, .fields = check.fields};
    Lines lines;
    if (check.kind == "file") {
        file_lines(told, lines);
    } else if (check.kind == "command") {
        command_lines(told, lines);
    } else if (check.kind == "table") {
        table_lines(told, lines);
    } else if (check.kind == "score") {
        score_lines(told, lines);
    } else if (check.kind == "behaves") {
        behaves_lines(told, lines);
    } else if (check.kind == "reproducible") {
        reproducible_lines(told, lines);
    } else if (check.kind == "leakage") {
        leakage_lines(told, lines);
    } else if (check.kind == "generalises") {
        generalises_lines(told, lines);
    } else if (check.kind == "budget") {
        budget_lines(told, lines);
    } else if (check.kind == "document") {
        document_lines(told, lines);
    }
    return lines;
}

}  // namespace mlpath::library
