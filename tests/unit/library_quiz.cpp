// What lint says of a quiz beyond its schema.
#include <doctest/doctest.h>

#include "unit/library_support.hpp"

using namespace mlpath;

namespace {

// Of the topic `numpy` of the sound library, one question a line.
constexpr auto quiz = R"json({ "format": 1, "id": "numpy", "questions": [
{ "id": "choice", "kind": "choice", "ask": "A?", "options": [ { "text": "yes", "right": true }, { "text": "no", "misconception": "Many think so." }, { "text": "never", "misconception": "Some think so." } ], "explain": "It is so because it is so." },
{ "id": "choices", "kind": "choices", "ask": "A?", "options": [ { "text": "p", "right": true }, { "text": "q", "right": true }, { "text": "none", "misconception": "Many think so." } ], "explain": "It is so because it is so." },
{ "id": "number", "kind": "number", "ask": "A?", "answer": 3, "tolerance": 0.5, "proof": ["print(3)"], "wrong": [ { "answer": 4, "misconception": "Many think so." } ], "explain": "It is so because it is so." },
{ "id": "bug", "kind": "bug", "ask": "A?", "code": ["a = 1", "b = 2"], "line": 1, "fix": "a = 2", "proof": ["assert a == 2"], "wrong": [ { "line": 2, "misconception": "Many think so." } ], "explain": "It is so because it is so." }
] })json";

std::string faults_with(const std::string& from, const std::string& to) {
    auto content = test::sound_library();
    std::string text = quiz;
    if (!from.empty()) {
        const auto at = text.find(from);
        REQUIRE(at != std::string::npos);
        text.replace(at, from.size(), to);
    }
    content.files["curricula/quizzes/numpy.json"] = text;
    return test::faults_of(content);
}

}  // namespace

TEST_CASE("a sound quiz") { CHECK(faults_with("", "").empty()); }

TEST_CASE("each fault of a quiz has its line and says what is wrong") {
    struct Case {
        const char* from;
        const char* to;
        const char* line;
        const char* says;
    };
    for (const auto& [from, to, line, says] : std::initializer_list<Case>{
             {R"("id": "numpy")", R"("id": "nunpy")", ":1:", "the file is named `numpy.json`"},
             {R"("text": "no", "misconception": "Many think so.")", R"("text": "no", "right": true)",
              ":2:", "a choice has exactly one right option, and this one has 2"},
             {R"("text": "no", "misconception": "Many think so.")", R"("text": "no")",
              ":2:", "a wrong option needs the `misconception` that it reveals"},
             {R"("text": "yes", "right": true)", R"("text": "yes", "right": true, "misconception": "Many think so.")",
              ":2:", "a right option reveals no misconception"},
             {R"("text": "no")", R"("text": " Yes")", ":2:", "another option says the same"},
             {R"("text": "no")", R"("text": "B")", ":2:", "the letter `b` is how an option is named"},
             {R"("text": "q", "right": true)", R"("text": "q", "misconception": "Many think so.")",
              ":3:", "at least two right options"},
             {R"("answer": 4)", R"("answer": 3.4)", ":4:", "this wrong answer counts as right"},
             {R"("line": 1, "fix")", R"("line": 3, "fix")", ":5:", "the code has 2 lines"},
             {R"("line": 2, "mis)", R"("line": 1, "mis)", ":5:", "this line is the one that is wrong"},
             {R"("id": "bug")", R"("id": "number")", ":5:", "the id `number` is taken"},
             {R"("kind": "number")", R"("projects": ["sunk"], "kind": "number")",
              ":4:", "no project `sunk`; did you mean `sink`?"},
         }) {
        CAPTURE(to);
        const auto faults = faults_with(from, to);
        CHECK_MESSAGE(faults.find(says) != std::string::npos, faults);
        CHECK_MESSAGE(faults.find(std::string("curricula/quizzes/numpy.json") + line) == 0, faults);
    }
}

TEST_CASE("a topic's quiz has questions enough, and one of an interview a title") {
    auto text = std::string(quiz);
    const auto last = text.rfind(",\n{ \"id\": \"bug\"");
    const auto one_less = text.substr(0, last) + "\n] }";
    auto content = test::sound_library();
    content.files["curricula/quizzes/numpy.json"] = one_less;
    CHECK(test::faults_of(content).find("at least 4 questions") != std::string::npos);
    content = test::sound_library();
    content.files["curricula/quizzes/talk.json"] = one_less.substr(0, one_less.find("\"id\"")) + R"("id": "talk", )" +
                                                   one_less.substr(one_less.find("\"questions\""));
    CHECK(test::faults_of(content).find("there is no topic `talk`") != std::string::npos);
    content.files["curricula/quizzes/talk.json"].insert(1, R"( "title": "Talk",)");
    CHECK(test::faults_of(content).empty());
}
