#include "checks/kinds/change/experiment.hpp"

#include <algorithm>
#include <array>
#include <optional>

#include "base/pattern.hpp"
#include "base/text.hpp"
#include "checks/subject.hpp"
#include "json/document.hpp"

namespace mlpath::checks {

namespace {

constexpr std::array keys{"hypothesis", "before", "after"};
constexpr std::size_t longest_hypothesis = 500;
constexpr std::size_t fewest_words = 4;  // with fewer it names a thing, and claims nothing of it
constexpr std::string_view form =
    R"({"hypothesis": "…", "before": "python3 predict.py", "after": "python3 predict.py --with-the-change"})";

tl::unexpected<Finding> wrong(std::string message, std::string because = {}) {
    auto finding = failed(std::move(message), std::move(because));
    finding.expected = std::string(form) + ", with a hypothesis, a program and an option of your own";
    return tl::unexpected(std::move(finding));
}

std::size_t words_in(std::string_view text) {
    static const auto word = Pattern::compile(R"([\pL\pN]+)");
    return word->all_in(text).size();
}

// A command as a person types it. Quotes hold a word together, and nothing else means anything: no shell reads it.
std::vector<std::string> typed_words(std::string_view line) {
    std::vector<std::string> words;
    std::string word;
    bool begun = false;
    char quote = '\0';
    for (const char c : line) {
        if (quote != '\0') {
            c == quote ? void(quote = '\0') : word.push_back(c);
        } else if (c == '"' || c == '\'') {
            quote = c;
            begun = true;
        } else if (c == ' ' || c == '\t' || c == '\n' || c == '\r') {
            if (begun) {
                words.push_back(std::exchange(word, {}));
            }
            begun = false;
        } else {
            word.push_back(c);
            begun = true;
        }
    }
    if (begun) {
        words.push_back(word);
    }
    return words;
}

bool is_python(std::string_view word) {
    static const auto name = Pattern::compile(R"(^(?:py|python[0-9.]*|\{python\})$)");
    return name->found_in(word);
}

bool is_of_a_shell(const std::string& word) {
    static const auto sign = Pattern::compile(R"(^(?:[0-9]?[<>]|[|&;])|[;&]$)");
    return sign->found_in(word);
}

tl::expected<std::vector<std::string>, Finding> read_way(const std::string& key, const std::string& line,
                                                         const std::string& name, const run::Sources& sources) {
    const auto of_way = "`" + key + "` in `" + name + "` ";
    auto words = typed_words(line);
    if (words.empty()) {
        return wrong(of_way + "is empty",
                     "an experiment compares two ways to run your program, and this is one of them");
    }
    if (line.size() > 1000 || line.find('\0') != std::string::npos) {
        return wrong(of_way + "is no command that a person would type");
    }
    if (const auto sign = std::ranges::find_if(words, is_of_a_shell); sign != words.end()) {
        return wrong(of_way + "holds `" + printable(*sign) + "`, and no shell reads it",
                     "it is one program and its options: leave out redirections, pipes and second commands");
    }
    if (is_python(words.front())) {
        words.erase(words.begin());
    }
    auto program = words.empty() ? std::string() : words.front();
    program = program.starts_with("./") ? program.substr(2) : program;
    if (!program.ends_with(".py")) {
        return wrong(of_way + "does not name a Python program: `" + printable(shortened(line)) + "`",
                     "it is written as you type it: python3, a program of this folder, and its options");
    }
    if (std::ranges::find(sources.files, program) == sources.files.end()) {
        const auto meant = nearest(program, sources.files);
        return wrong(of_way + "runs `" + printable(shortened(program)) + "`, which is not in this folder",
                     meant ? "did you mean `" + *meant + "`?" : "the file is not saved, or has another name");
    }
    words.front() = program;
    words.insert(words.begin(), "{python}");
    return words;
}

std::string value_text(const Json& json, const char* key) {
    const auto found = json.find(key);
    return found != json.end() && found->is_string() ? found->get<std::string>() : std::string();
}

std::optional<tl::unexpected<Finding>> wrong_keys(const Json& json, const std::string& name) {
    for (const auto& [key, value] : json.items()) {
        if (std::ranges::find(keys, std::string_view(key)) == keys.end()) {
            const auto meant = nearest(key, std::vector<std::string>(keys.begin(), keys.end()));
            return wrong("`" + name + "` has the key `" + printable(shortened(key)) + "`, which means nothing here",
                         meant ? "did you mean `" + *meant + "`?" : "its keys are `hypothesis`, `before` and `after`");
        }
        if (!value.is_string()) {
            return wrong("`" + key + "` in `" + name + "` is " + std::string(value.type_name()) + ", not text",
                         "put it in double quotes, as one line");
        }
    }
    for (const auto* key : keys) {
        if (!json.contains(key)) {
            const bool is_way = std::string_view(key) != "hypothesis";
            return wrong("`" + name + "` has no `" + key + "`",
                         is_way ? "an experiment compares two ways to run your program, and only one is declared"
                                : "the sentence that the experiment is to prove right or wrong is missing");
        }
    }
    return std::nullopt;
}

std::optional<tl::unexpected<Finding>> wrong_hypothesis(const std::string& hypothesis, const std::string& name) {
    const auto of_it = "the hypothesis in `" + name + "` ";
    const auto words = words_in(hypothesis);
    if (words == 0) {
        return wrong(of_it + "is empty", "write down what you expect before you look at the result");
    }
    if (to_lower_ascii(hypothesis).starts_with("todo")) {
        return wrong(of_it + "is still the TODO that you were given", "write down what you expect of your change");
    }
    if (words < fewest_words) {
        return wrong(of_it + "is \"" + printable(hypothesis) + "\", which is not a sentence",
                     "say what you change and what you expect of it: \"Pairs of words raise the average precision.\"");
    }
    if (hypothesis.size() > longest_hypothesis) {
        return wrong(of_it + "is longer than " + std::to_string(longest_hypothesis) + " characters",
                     "one sentence is enough; the rest belongs in the README");
    }
    return std::nullopt;
}

}  // namespace

tl::expected<Experiment, Finding> read_experiment(std::string_view text, const std::string& name,
                                                  const run::Sources& sources) {
    if (trim(text).empty()) {
        return wrong("`" + name + "` is empty", "it is not saved yet");
    }
    if (text.size() > longest_experiment) {
        return wrong("`" + name + "` has " + human_bytes(text.size()) + ", too much for three lines",
                     "another file was saved under its name");
    }
    const auto parsed = json::parse(text, name);
    if (!parsed.ok()) {
        const auto error = to_error(parsed.faults);
        return wrong("`" + name + "` is not JSON: " + error.message, error.hint);
    }
    if (!parsed.value.is_object()) {
        return wrong("`" + name + "` is JSON, but no object with the keys `hypothesis`, `before` and `after`");
    }
    if (auto finding = wrong_keys(parsed.value, name)) {
        return *finding;
    }
    Experiment experiment{.hypothesis = std::string(trim(value_text(parsed.value, "hypothesis")))};
    if (auto finding = wrong_hypothesis(experiment.hypothesis, name)) {
        return *finding;
    }
    for (const auto& [key, way] : {std::pair{"before", &experiment.before}, std::pair{"after", &experiment.after}}) {
        auto words = read_way(key, value_text(parsed.value, key), name, sources);
        if (!words) {
            return tl::unexpected(std::move(words.error()));
        }
        *way = std::move(*words);
    }
    if (experiment.before == experiment.after) {
        return wrong("`before` and `after` in `" + name + "` are the same command, `" +
                         printable(shell_line(experiment.after)) + "`",
                     "the change needs a switch, so that your program can run without it and with it: an option "
                     "(`argparse`) is the usual one");
    }
    return experiment;
}

}  // namespace mlpath::checks
