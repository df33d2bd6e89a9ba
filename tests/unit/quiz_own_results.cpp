#include <doctest/doctest.h>

#include "quiz/grade.hpp"
#include "quiz/own_results.hpp"

using namespace mlpath;
using namespace mlpath::quiz;

namespace {

// Of 100 that are `0`, 90 found; of 50 that are `1`, 30.
const Confusion titanic{{{"0", "0"}, 90}, {{"0", "1"}, 10}, {{"1", "0"}, 20}, {{"1", "1"}, 30}};

}  // namespace

TEST_CASE("recall, precision, and what balanced classes would show, of the rarest class") {
    const auto questions = questions_about(titanic);
    REQUIRE(questions.size() == 3);
    CHECK(questions[0].id == "recall");
    CHECK(questions[0].number == doctest::Approx(0.6));   // 30 of 50
    CHECK(questions[1].number == doctest::Approx(0.75));  // 30 of 40
    CHECK(questions[2].number == doctest::Approx(0.75));  // (0.9 + 0.6) / 2
    CHECK(questions[0].ask.find("`1`") != std::string::npos);
    for (const auto& question : questions) {
        CHECK(question.kind == library::QuestionKind::number);
        CHECK(question.code.size() == 3);
        CHECK(question.code[1].find("90") != std::string::npos);
        CHECK(question.code[2].find("20") < question.code[2].find("30"));
        CHECK_FALSE(question.explain.empty());
    }
    // What is mistaken for it is named.
    CHECK(grade(questions[0], {}, "0.6").judgement == Judgement::right);
    CHECK(grade(questions[0], {}, "30/50").judgement == Judgement::right);
    CHECK(grade(questions[0], {}, "0.75").says.front().find("precision") != std::string::npos);
    CHECK(grade(questions[0], {}, "0.8").says.front().find("accuracy") != std::string::npos);
    CHECK(grade(questions[1], {}, "0.6").says.front().find("recall") != std::string::npos);
    CHECK(grade(questions[2], {}, "0.8").says.front().find("frequent") != std::string::npos);
}

TEST_CASE("nothing is asked where there is nothing to learn from it") {
    const std::vector<std::pair<const char*, Confusion>> cases{
        {"nothing counted", {}},
        {"one class", {{{"a", "a"}, 5}}},
        {"no mistakes", {{{"a", "a"}, 5}, {{"b", "b"}, 5}}},
        {"a class that is never predicted", {{{"a", "a"}, 5}, {{"b", "a"}, 5}}},
        {"a class that never occurs", {{{"a", "a"}, 5}, {{"a", "b"}, 5}}},
        {"zeros", {{{"a", "a"}, 0}, {{"b", "b"}, 0}}},
        {"too many classes",
         {{{"a", "b"}, 1}, {{"b", "c"}, 1}, {{"c", "d"}, 1}, {{"d", "e"}, 1}, {{"e", "f"}, 1}, {{"f", "a"}, 1}}}};
    for (const auto& [name, confusion] : cases) {
        CAPTURE(name);
        CHECK(questions_about(confusion).empty());
    }
}

TEST_CASE("a wrong answer that comes to the right number is no mistake") {
    // Precision and recall are the same here.
    const auto questions = questions_about({{{"a", "a"}, 8}, {{"a", "b"}, 2}, {{"b", "a"}, 2}, {{"b", "b"}, 8}});
    REQUIRE(questions.size() == 3);
    for (const auto& question : questions) {
        for (const auto& wrong : question.wrong) {
            CHECK(std::abs(wrong.number - question.number) > question.tolerance);
        }
    }
}
