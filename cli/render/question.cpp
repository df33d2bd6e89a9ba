#include "render/question.hpp"

#include "base/text.hpp"
#include "render/words.hpp"

namespace mlpath::cli {

namespace {

using library::QuestionKind;

enum class Numbered { no, yes };

void write_code(Page& page, const std::vector<std::string>& code, Numbered numbered) {
    std::string text;
    for (std::size_t i = 0; i < code.size(); ++i) {
        auto number = std::to_string(i + 1);
        number.insert(0, number.size() < 2 ? 1 : 0, ' ');
        text += numbered == Numbered::yes ? "  " + number + "  " : "    ";
        text += code[i] + '\n';
    }
    page.line();
    page.verbatim(text);
}

// The texts of the options or steps, in the order shown.
std::vector<std::string> shown_texts(const app::AskedQuestion& asked) {
    std::vector<std::string> texts;
    for (const auto place : asked.shuffle) {
        texts.push_back(asked.question.kind == QuestionKind::order ? asked.question.steps.at(place)
                                                                   : asked.question.options.at(place).text);
    }
    return texts;
}

Json lettered(const std::vector<std::string>& texts) {
    auto list = Json::array();
    for (std::size_t i = 0; i < texts.size(); ++i) {
        list.push_back(Json{{"key", std::string(1, quiz::letter_of(i))}, {"text", texts[i]}});
    }
    return list;
}

}  // namespace

void write_question(Page& page, const app::AskedQuestion& asked, std::size_t number, std::size_t of) {
    const auto& question = asked.question;
    page.line();
    page.line("Question " + std::to_string(number) + " of " + std::to_string(of) + ": " + asked.quiz_title,
              Tone::strong);
    page.line(question.ask);
    const auto& code = question.kind == QuestionKind::code ? question.setup : question.code;
    if (!code.empty()) {
        write_code(page, code, question.kind == QuestionKind::bug ? Numbered::yes : Numbered::no);
    }
    const auto texts = shown_texts(asked);
    if (!texts.empty()) {
        page.line();
    }
    for (std::size_t i = 0; i < texts.size(); ++i) {
        page.labelled(std::string(1, quiz::letter_of(i)) + ")", Tone::accent, texts[i], 2);
    }
    page.line();
}

void write_judged(Page& page, const app::AskedQuestion& asked, const app::Judged& judged) {
    if (judged.grade.judgement == quiz::Judgement::unreadable) {
        for (const auto& text : judged.grade.says) {
            page.line(text + " Type `?` if you do not know.");
        }
        return;
    }
    const bool right = judged.grade.judgement == quiz::Judgement::right;
    if (judged.not_known) {
        page.line("Here is the answer.");
    } else {
        page.line(right ? "Right." : "Not quite.", right ? Tone::good : Tone::bad);
    }
    if (!judged.got.empty()) {
        page.labelled("found", Tone::accent, judged.got, 2, 6);
    }
    if (!right) {
        for (const auto& text : judged.grade.says) {
            page.labelled("why", Tone::accent, text, 2, 6);
        }
        for (std::size_t i = 0; i < judged.answer.size(); ++i) {
            page.labelled(i == 0 ? "answer" : "", Tone::accent, judged.answer[i], 2, 6);
        }
    }
    page.line("  " + asked.question.explain);
}

Json json_of(const app::Sheet& sheet) {
    auto questions = Json::array();
    for (const auto& asked : sheet.questions) {
        const auto& question = asked.question;
        Json entry{{"quiz", asked.quiz},
                   {"question", question.id},
                   {"kind", std::string(library::to_string(question.kind))},
                   {"about", asked.quiz_title},
                   {"ask", question.ask}};
        put(entry, "code", question.kind == QuestionKind::code ? question.setup : question.code);
        if (question.kind == QuestionKind::code) {
            entry["language"] = question.language == library::CodeLanguage::sql ? "sql" : "python";
        }
        if (!asked.shuffle.empty()) {
            entry[question.kind == QuestionKind::order ? "steps" : "options"] = lettered(shown_texts(asked));
        }
        entry["answer_is"] = quiz::how_to_answer(question);
        questions.push_back(std::move(entry));
    }
    Json object{{"title", sheet.title}, {"seed", sheet.seed}};
    put(object, "quiz", sheet.quiz);
    if (sheet.kind == app::SheetKind::quiz) {
        object["needed"] = sheet.needed;
    }
    if (sheet.kind == app::SheetKind::review) {
        object["due"] = sheet.due;
    }
    put(object, "leans_on", sheet.leans_on);
    object["questions"] = std::move(questions);
    return object;
}

Json json_of(const app::AskedQuestion& asked, const app::Judged& judged) {
    Json object{{"quiz", asked.quiz},
                {"question", asked.question.id},
                {"right", judged.grade.judgement == quiz::Judgement::right},
                {"answer", judged.answer},
                {"explain", asked.question.explain}};
    put(object, "misconceptions", judged.grade.says);
    put(object, "found", judged.got);
    return object;
}

}  // namespace mlpath::cli
