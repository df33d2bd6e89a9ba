// What somebody types, or another program sends, as the answer to a question of each kind.
#include <array>

#include "base/text.hpp"
#include "fuzz/support.hpp"
#include "quiz/grade.hpp"

using namespace mlpath;

namespace {

using library::QuestionKind;

std::vector<library::Question> one_of_each() {
    std::vector<library::Question> questions;
    for (const auto kind : {QuestionKind::choice, QuestionKind::choices, QuestionKind::number, QuestionKind::text,
                            QuestionKind::order, QuestionKind::output, QuestionKind::bug}) {
        library::Question question;
        question.id = std::string(library::to_string(kind));
        question.kind = kind;
        question.options = {
            {"the mean", true, ""}, {"a sum", kind == QuestionKind::choices, "it adds up"}, {"no", false, "why"}};
        question.steps = {"split", "fit", "predict", "score"};
        question.accept = {"one-hot", "dummy variables"};
        question.answer = "0.5 [1, 2]\n\nTrue";
        question.number = 0.75;
        question.tolerance = 0.01;
        question.code = {"a = 1", "b = 2", "print(a + b)"};
        question.line = 2;
        question.wrong = {{"label", 75, "why"}};
        questions.push_back(std::move(question));
    }
    return questions;
}

}  // namespace

FUZZ(input) {
    static const auto questions = one_of_each();
    for (const auto& question : questions) {
        const auto shuffle = quiz::shuffle_of(question, input.size());
        const auto grade = quiz::grade(question, shuffle, input);
        fuzz::insist(grade.judgement != quiz::Judgement::to_be_run, "nothing is to be run");
        for (const auto& text : grade.says) {
            fuzz::insist(is_utf8(text) && !text.empty(), "what is said is text of ours");
        }
        fuzz::insist(grade.judgement != quiz::Judgement::right || grade.says.empty(), "a right answer reveals nothing");
        fuzz::insist(grade.judgement != quiz::Judgement::unreadable || !grade.says.empty(), "it is told how to answer");
        // Blanks around an answer never decide, save in what a program prints.
        const auto around = quiz::grade(question, shuffle, " " + std::string(input) + " ");
        fuzz::insist(question.kind == QuestionKind::output || around.judgement == grade.judgement,
                     "blanks do not count");
    }
}
