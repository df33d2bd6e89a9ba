// Questions and katas as values (see curricula/FORMAT.md). The quiz of a topic has the topic's id.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace mlpath::library {

enum class QuestionKind { choice, choices, number, text, order, output, bug, code };
[[nodiscard]] std::string_view to_string(QuestionKind kind);

struct Option {
    std::string text{};
    bool right = false;
    std::string misconception{};  // of a wrong one
};

// A wrong answer that is often given, and what it reveals.
struct WrongAnswer {
    std::string text{};  // empty where a number is asked for
    double number = 0;   // for number; the line for bug
    std::string misconception{};
};

enum class CodeLanguage { python, sql };

struct Question {
    std::string id{};
    QuestionKind kind = QuestionKind::choice;
    std::string ask{};
    std::string explain{};
    std::vector<std::string> projects{};  // after which an interviewer asks it
    std::vector<std::string> code{};      // shown with it; run by `output` and `bug`
    std::vector<Option> options{};        // choice, choices
    std::vector<std::string> steps{};     // order: the right one
    std::vector<std::string> accept{};    // text
    std::string answer{};                 // output: all that is printed; code: a right line
    double number = 0;                    // number
    double tolerance = 0;                 // number: either way
    int line = 0;                         // bug: from 1
    std::string fix{};                    // bug: the line as it should be
    std::vector<std::string> proof{};     // number, bug
    CodeLanguage language = CodeLanguage::python;
    std::vector<std::string> setup{};  // code: shown, before the line
    std::vector<std::string> again{};  // code: behind the set-up, for a second try
    std::vector<std::string> gives{};  // code: what the answer gives at both, as Python literals
    bool ordered = false;              // code in SQL: the order of rows counts
    std::vector<WrongAnswer> wrong{};
    std::vector<std::string> aliases{};  // ids that it had before
};

struct KataCase {
    std::string call{};
    std::string gives{};  // a Python literal
};

struct FlawedKata {
    std::vector<std::string> code{};
    std::string misconception{};
};

struct Kata {
    std::string id{};
    std::string ask{};
    std::string explain{};
    std::vector<std::string> start{};
    std::vector<std::string> solution{};
    std::vector<KataCase> cases{};
    std::vector<FlawedKata> flawed{};
    std::vector<std::string> aliases{};  // ids that it had before
};

struct Quiz {
    std::string id{};
    std::string title{};  // of an interview; empty for a topic's, which has the topic's own
    std::vector<Question> questions{};
    std::vector<Kata> katas{};
    std::vector<std::string> aliases{};  // ids that it had before
    [[nodiscard]] const Question* question(std::string_view question_id) const;
    [[nodiscard]] const Kata* kata(std::string_view kata_id) const;
};

}  // namespace mlpath::library
