#include <algorithm>
#include <array>
#include <utility>

#include "library/read.hpp"

namespace mlpath::library {

namespace {

constexpr std::array<std::pair<std::string_view, QuestionKind>, 8> kinds{{{"choice", QuestionKind::choice},
                                                                          {"choices", QuestionKind::choices},
                                                                          {"number", QuestionKind::number},
                                                                          {"text", QuestionKind::text},
                                                                          {"order", QuestionKind::order},
                                                                          {"output", QuestionKind::output},
                                                                          {"bug", QuestionKind::bug},
                                                                          {"code", QuestionKind::code}}};

double number_or(const json::Value& json, const char* key) {
    const auto found = json.find(key);
    return found != json.end() && found->is_number() ? found->get<double>() : 0;
}

WrongAnswer read_wrong(const json::Value& json) {
    WrongAnswer wrong{.misconception = text_or(json, "misconception")};
    if (const auto answer = json.find("answer"); answer != json.end() && answer->is_string()) {
        wrong.text = answer->get<std::string>();
    } else {
        wrong.number = answer != json.end() ? answer->get<double>() : number_or(json, "line");
    }
    return wrong;
}

Question read_question(const json::Value& json) {
    Question question;
    question.id = text_or(json, "id");
    question.aliases = texts(json, "aliases");
    const auto name = text_or(json, "kind");
    const auto kind = std::ranges::find(kinds, name, [](const auto& known) { return known.first; });
    question.kind = kind == kinds.end() ? QuestionKind::choice : kind->second;
    question.ask = text_or(json, "ask");
    question.explain = text_or(json, "explain");
    question.projects = texts(json, "projects");
    question.code = texts(json, "code");
    question.steps = texts(json, "steps");
    question.accept = texts(json, "accept");
    question.proof = texts(json, "proof");
    question.setup = texts(json, "setup");
    question.again = texts(json, "again");
    question.gives = texts(json, "gives");
    question.fix = text_or(json, "fix");
    question.line = whole(json, "line", 0);
    question.number = number_or(json, "answer");
    question.tolerance = number_or(json, "tolerance");
    question.ordered = flag(json, "ordered");
    question.language = text_or(json, "language") == "sql" ? CodeLanguage::sql : CodeLanguage::python;
    if (const auto answer = json.find("answer"); answer != json.end() && answer->is_string()) {
        question.answer = answer->get<std::string>();
    }
    each(json, "options", [&](const auto& option) {
        question.options.push_back({text_or(option, "text"), flag(option, "right"), text_or(option, "misconception")});
    });
    each(json, "wrong", [&](const auto& wrong) { question.wrong.push_back(read_wrong(wrong)); });
    return question;
}

Kata read_kata(const json::Value& json) {
    Kata kata{text_or(json, "id"),
              text_or(json, "ask"),
              text_or(json, "explain"),
              texts(json, "start"),
              texts(json, "solution"),
              {},
              {},
              texts(json, "aliases")};
    for (const auto& one : json.at("cases")) {
        kata.cases.push_back({text_or(one, "call"), text_or(one, "gives")});
    }
    for (const auto& one : json.at("flawed")) {
        kata.flawed.push_back({texts(one, "code"), text_or(one, "misconception")});
    }
    return kata;
}

template <typename List>
const typename List::value_type* with_id(const List& list, std::string_view id) {
    const auto found = std::ranges::find(list, id, &List::value_type::id);
    return found == list.end() ? nullptr : &*found;
}

}  // namespace

std::string_view to_string(QuestionKind kind) {
    return std::ranges::find(kinds, kind, [](const auto& known) { return known.second; })->first;
}

const Question* Quiz::question(std::string_view question_id) const { return with_id(questions, question_id); }
const Kata* Quiz::kata(std::string_view kata_id) const { return with_id(katas, kata_id); }

Quiz read_quiz(const json::Value& json) {
    Quiz quiz{text_or(json, "id"), text_or(json, "title"), {}, {}, texts(json, "aliases")};
    for (const auto& question : json.at("questions")) {
        quiz.questions.push_back(read_question(question));
    }
    each(json, "katas", [&](const auto& kata) { quiz.katas.push_back(read_kata(kata)); });
    return quiz;
}

}  // namespace mlpath::library
