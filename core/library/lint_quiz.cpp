// Meaning of quizzes: what a schema cannot say. Whether numbers and outputs are right is for `selftest`, which runs
// them.
#include <algorithm>
#include <cmath>
#include <set>

#include "base/text.hpp"
#include "library/draft.hpp"

namespace mlpath::library {

namespace {

constexpr std::size_t least_questions = 4;  // of a topic

class QuizCheck {
public:
    QuizCheck(Draft& draft, const Quiz& quiz, const json::Document& document)
        : m_draft(draft), m_quiz(quiz), m_document(document) {}

    void run() {
        const bool topic = m_draft.topics.contains(m_quiz.id);
        if (!topic && m_quiz.title.empty() && !m_draft.topics.lost()) {
            error("/id", "there is no topic `" + m_quiz.id + "`, and the quiz has no title of its own",
                  "name it as its topic, or give it a `title`");
        }
        if (topic && m_quiz.questions.size() < least_questions) {
            error("/questions", "a topic needs at least " + std::to_string(least_questions) + " questions");
        }
        for (std::size_t i = 0; i < m_quiz.questions.size(); ++i) {
            question(m_quiz.questions[i], json::pointer_to("/questions", i));
        }
        for (std::size_t i = 0; i < m_quiz.katas.size(); ++i) {
            unique(m_quiz.katas[i].id, json::pointer_to("/katas", i));
        }
    }

private:
    void error(std::string pointer, std::string message, std::string suggestion = {}) {
        m_draft.error(m_document, std::move(pointer), std::move(message), std::move(suggestion));
    }

    void unique(const std::string& id, const std::string& pointer) {
        if (!m_ids.insert(id).second) {
            error(pointer + "/id", "the id `" + id + "` is taken", "ids of questions and katas are unique in a quiz");
        }
    }

    void question(const Question& question, const std::string& pointer) {
        unique(question.id, pointer);
        for (std::size_t i = 0; i < question.projects.size(); ++i) {
            m_draft.refer(m_document, json::pointer_to(pointer + "/projects", i), "project", question.projects[i],
                          m_draft.projects);
        }
        switch (question.kind) {
            case QuestionKind::choice:
            case QuestionKind::choices: options(question, pointer); break;
            case QuestionKind::bug: lines(question, pointer); break;
            case QuestionKind::number:
                for (std::size_t i = 0; i < question.wrong.size(); ++i) {
                    if (std::abs(question.wrong[i].number - question.number) <= question.tolerance) {
                        error(json::pointer_to(pointer + "/wrong", i), "this wrong answer counts as right",
                              "move it, or take a smaller `tolerance`");
                    }
                }
                break;
            default: break;
        }
    }

    void options(const Question& question, const std::string& pointer) {
        const auto right = std::ranges::count(question.options, true, &Option::right);
        const auto wrong = static_cast<std::ptrdiff_t>(question.options.size()) - right;
        if (question.kind == QuestionKind::choice && right != 1) {
            error(pointer + "/options",
                  "a choice has exactly one right option, and this one has " + std::to_string(right),
                  "`choices` takes several");
        }
        if (question.kind == QuestionKind::choices && (right < 2 || wrong < 1)) {
            error(pointer + "/options", "`choices` needs at least two right options and a wrong one",
                  "with one right option it is a `choice`");
        }
        std::set<std::string> texts;
        for (std::size_t i = 0; i < question.options.size(); ++i) {
            const auto& option = question.options[i];
            const auto at = json::pointer_to(pointer + "/options", i);
            if (!texts.insert(to_lower_ascii(trim(option.text))).second) {
                error(at + "/text", "another option says the same");
            }
            const auto text = to_lower_ascii(trim(option.text));
            if (text.size() == 1 && text.front() >= 'a' &&
                text.front() < static_cast<char>('a' + question.options.size())) {
                error(at + "/text", "the letter `" + text + "` is how an option is named, so it cannot be one's text",
                      "say what it stands for");
            }
            if (option.right != option.misconception.empty()) {
                error(at, option.right ? "a right option reveals no misconception"
                                       : "a wrong option needs the `misconception` that it reveals");
            }
        }
    }

    void lines(const Question& question, const std::string& pointer) {
        const auto count = static_cast<int>(question.code.size());
        if (question.line > count) {
            error(pointer + "/line", "the code has " + count_of(question.code.size(), "line"));
        }
        for (std::size_t i = 0; i < question.wrong.size(); ++i) {
            const auto line = question.wrong[i].number;
            if (line > count || static_cast<int>(line) == question.line) {
                error(json::pointer_to(pointer + "/wrong", i) + "/line",
                      line > count ? "the code has no such line" : "this line is the one that is wrong");
            }
        }
    }

    Draft& m_draft;
    const Quiz& m_quiz;
    const json::Document& m_document;
    std::set<std::string> m_ids{};
};

}  // namespace

void lint_quiz(Draft& draft, const Quiz& quiz, const json::Document& document) {
    QuizCheck(draft, quiz, document).run();
}

}  // namespace mlpath::library
