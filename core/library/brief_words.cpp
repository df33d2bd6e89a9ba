#include "library/brief_words.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "base/text.hpp"
#include "library/read.hpp"
#include "library/schemas.hpp"

namespace mlpath::library {

namespace {

std::string baseline_words(const Json& baseline) {
    const auto kind = text_or(baseline, "kind");
    if (kind == "by") {
        return "guessing by `" + text_or(baseline, "column") + "` alone";
    }
    if (kind == "value") {
        return "the value " + value_words(baseline.at("value"));
    }
    return kind == "mean" ? "always predicting the mean" : "always predicting the most common label";
}

}  // namespace

std::string decimal(double value) {
    auto text = fmt::format("{:.12f}", value);
    text.erase(text.find_last_not_of('0') + 1);
    return text.ends_with('.') ? text.substr(0, text.size() - 1) : text;
}

std::string value_words(const Json& value) {
    if (value.is_number_float()) {
        return decimal(value.get<double>());
    }
    return value.is_string() ? value.get<std::string>() : value.dump();
}

std::string range_words(const Json& range) {
    const auto least = range.find("min");
    const auto most = range.find("max");
    if (least != range.end() && most != range.end()) {
        return *least == *most ? "exactly " + value_words(*least)
                               : "from " + value_words(*least) + " to " + value_words(*most);
    }
    return least != range.end()  ? "at least " + value_words(*least)
           : most != range.end() ? "at most " + value_words(*most)
                                 : std::string("any number");
}

std::string listed(const std::vector<std::string>& parts, std::string_view last_word) {
    std::string text;
    for (std::size_t i = 0; i < parts.size(); ++i) {
        text += i == 0 ? "" : i + 1 < parts.size() ? ", " : " " + std::string(last_word) + " ";
        text += parts[i];
    }
    return text;
}

std::string named(std::string_view what, const std::vector<std::string>& names) {
    return std::string(what) + (names.size() == 1 ? " " : "s ") + list_of(names);
}

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

std::string as_typed(std::vector<std::string> argv) {
    for (auto& word : argv) {
        word = replace_all(std::move(word), "{python}", "python3");
        word = replace_all(std::move(word), "{port}", "8000");  // of a server: any free one
    }
    return printable(shell_line(argv));
}

std::string shown_command(const std::vector<std::string>& argv) { return '`' + as_typed(argv) + '`'; }

std::string file_words(const Told& told, const char* key) {
    auto words = '`' + text_or(told.fields, key) + '`';
    const auto id = text_or(told.fields, "step");
    const auto step = std::ranges::find(told.project.steps, id, &Step::id);
    return step == told.project.steps.end() ? words : words + ", which " + shown_command(step->run) + " writes,";
}

std::string last_file_words(const Told& told, const char* key) {
    auto words = file_words(told, key);
    return words.ends_with(',') ? words.substr(0, words.size() - 1) : words;
}

void tell_subject(const Told& told, std::vector<std::string>& lines) {
    if (told.says.find(text_or(told.fields, "path")) == std::string::npos) {
        lines.push_back("we read " + last_file_words(told, "path"));
    }
}

std::string test_file(const Told& told, const char* key) {
    const auto data = std::ranges::find(told.project.data, text_or(told.fields, key), &DataEntry::id);
    return data == told.project.data.end() ? std::string("the rows to predict") : '`' + data->test + '`';
}

void expectation_lines(const Json& expectations, std::string_view where, std::vector<std::string>& lines) {
    // Values that nothing else is said of are named in one line, those of one tolerance together.
    std::map<double, std::vector<std::string>> values;
    std::vector<std::string> said;
    for (const auto& expectation : expectations) {
        const auto pointer = expectation.find("pointer");
        if (const auto says = text_or(expectation, "says"); !says.empty()) {
            said.push_back(says);
        } else if (pointer != expectation.end()) {
            values[expectation.at("tolerance").get<double>()].push_back(place_in_words(pointer->get<std::string>()));
        }
    }
    for (const auto& [tolerance, places] : values) {
        lines.push_back(fmt::format("{}, and in it {} {}{}", where, listed(places, "and"),
                                    places.size() == 1 ? "is what it should be" : "are what they should be",
                                    tolerance > 0 ? " (within " + decimal(tolerance) + ")" : ""));
    }
    lines.insert(lines.end(), said.begin(), said.end());
}

std::string predictions_words(const Told& told) {
    return "we read the columns `row_id` and `" + text_or(told.fields, "column") + "` of " +
           last_file_words(told, "predictions");
}

std::string metric_words(const Json& fields) {
    auto words = "the metric is `" + text_or(fields, "metric") + '`';
    static const auto usual = own_schema("project").at(Json::json_pointer("/definitions/positive/default"));
    if (const auto positive = fields.find("positive"); positive != fields.end() && *positive != usual) {
        words += ", with `" + value_words(*positive) + "` as the positive label";
    }
    return words + "; the baseline is " + baseline_words(fields.at("baseline"));
}

std::string splits_words(const Json& fields) {
    const auto repeats = fields.at("repeats").get<int>();
    return (repeats == 1 ? "" : fmt::format("{} times ", repeats)) +
           fmt::format("{} fresh splits of the data", fields.at("folds").get<int>());
}

std::string milestone_of(const Project& project, const std::string& check) {
    for (std::size_t i = 0; i < project.milestones.size(); ++i) {
        const auto& checks = project.milestones[i].checks;
        if (std::ranges::find(checks, check, &Check::id) != checks.end()) {
            return "milestone " + std::to_string(i + 1);
        }
    }
    return "the check `" + check + '`';
}

}  // namespace mlpath::library
