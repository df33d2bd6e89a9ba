#include "asking.hpp"

#include <algorithm>
#include <map>

#include "base/files.hpp"
#include "base/text.hpp"
#include "json/document.hpp"
#include "render/question.hpp"

namespace mlpath::cli {

namespace {

constexpr std::size_t largest_answers = 1U << 20U;

std::size_t lines_to_type(const library::Question& question) {
    return question.kind == library::QuestionKind::output ? std::max<std::size_t>(lines(question.answer).size(), 1) : 1;
}

struct Answers {
    std::uint64_t seed = 0;
    std::vector<std::string> questions{};  // "numpy/axis-of-a-sum"
    std::map<std::string, std::string> typed{};
};

Result<Answers> read_answers(const std::string& text, const std::string& file) {
    const auto parsed = json::parse(text, file);
    if (!parsed.complete || has_errors(parsed.faults)) {
        return fail(to_error(parsed.faults));
    }
    const auto& root = parsed.value;
    const auto malformed = [&](const std::string& what) {
        return fail(
            Error{ErrorKind::malformed,
                  what,
                  {file, {}, 0},
                  R"(answers are {"seed": 7, "answers": [{"quiz": "numpy", "question": "…", "answer": "b"}]})"});
    };
    if (!root.is_object() || !root.contains("seed") || !root["seed"].is_number_unsigned()) {
        return malformed("there is no `seed`: send the one that came with the questions");
    }
    if (!root.contains("answers") || !root["answers"].is_array() || root["answers"].empty()) {
        return malformed("there are no `answers`");
    }
    Answers answers{.seed = root["seed"].get<std::uint64_t>()};
    for (const auto& each : root["answers"]) {
        std::array<std::string, 3> parts{};
        std::size_t i = 0;
        for (const char* const key : {"quiz", "question", "answer"}) {
            const bool there = each.is_object() && each.contains(key);
            if (!there || !(each[key].is_string() || (i == 2 && each[key].is_number()))) {
                return malformed(std::string("an answer has no `") + key + "`");
            }
            parts[i++] = each[key].is_string() ? each[key].get<std::string>() : each[key].dump();
        }
        const auto id = parts[0] + '/' + parts[1];
        answers.questions.push_back(id);
        answers.typed[id] = parts[2];
    }
    return answers;
}

}  // namespace

void Asker::show(Page& page) {
    m_host.out().write(page.take());
    m_host.out().flush();
}

Result<std::optional<std::string>> Asker::typed(const app::AskedQuestion& asked) {
    const auto wanted = lines_to_type(asked.question);
    std::string answer;
    for (std::size_t i = 0; i < wanted; ++i) {
        const auto prompt = i == 0 ? "Your answer (" + quiz::how_to_answer(asked.question) + "): " : std::string("> ");
        m_host.out().write(prompt);
        m_host.out().flush();
        MLPATH_TRY(const auto line, m_input.next(m_host.stop()));
        if (!line) {
            m_host.out().write("\n");
            return std::optional<std::string>();
        }
        answer += (i == 0 ? "" : "\n") + *line;
        if (trim(*line) == "?" || (i == 0 && trim(*line).empty())) {
            break;
        }
    }
    return std::optional(answer);
}

Result<app::Judged> Asker::judge(const app::AskedQuestion& asked, std::string_view answer) {
    const auto tools = [this]() -> Result<const app::JudgingTools*> {
        if (!m_setup) {
            MLPATH_TRY(auto setup, JudgingSetup::open(m_host, m_context, run::SandboxWish::automatic, nullptr));
            m_setup.emplace(std::move(setup));
        }
        return &m_setup->tools();
    };
    return app::judge_answer(m_context, tools, asked, answer, m_host.stop());
}

void Asker::remember(const app::AskedQuestion& asked, const app::Judged& judged, Tally& tally) {
    const bool right = judged.grade.judgement == quiz::Judgement::right;
    ++tally.asked;
    tally.right += right ? 1 : 0;
    const auto recorded = app::record_answer(m_context, asked.quiz, asked.question.id,
                                             right ? app::Answered::right : app::Answered::wrong);
    if (!recorded.ok) {
        tally.not_remembered = recorded.why_not;
    }
}

Result<Tally> Asker::ask(const app::Sheet& sheet, Until until) {
    Tally tally;
    const auto is_decided = [&] {
        const auto wrong = tally.asked - tally.right + tally.left_out;
        return tally.right >= sheet.needed || wrong > sheet.questions.size() - sheet.needed;
    };
    for (std::size_t i = 0; i < sheet.questions.size() && !(until == Until::decided && is_decided()); ++i) {
        const auto& asked = sheet.questions[i];
        Page page(m_host.out_terminal());
        write_question(page, asked, i + 1, sheet.questions.size());
        show(page);
        while (true) {
            MLPATH_TRY(const auto answer, typed(asked));
            if (!answer) {
                tally.ended_early = true;
                return tally;
            }
            const auto judged = judge(asked, *answer);
            if (!judged && judged.error().kind == ErrorKind::interrupted) {
                return fail(judged.error());
            }
            if (!judged) {
                page.line("This one has to be run, and that did not work: " + judged.error().message +
                          ". It is left out.");
                show(page);
                ++tally.left_out;
                break;
            }
            write_judged(page, asked, *judged);
            show(page);
            if (judged->grade.judgement != quiz::Judgement::unreadable) {
                remember(asked, *judged, tally);
                break;
            }
        }
    }
    return tally;
}

Result<Tally> Asker::take(const Served& served, const std::string& file) {
    std::string text;
    if (file == "-") {
        while (true) {
            MLPATH_TRY(const auto line, m_input.next(m_host.stop()));
            if (!line) {
                break;
            }
            if (text.size() + line->size() > largest_answers) {
                return fail(ErrorKind::usage, "the answers have more than 1 MB");
            }
            text += *line + '\n';
        }
    } else {
        MLPATH_TRY(text, read_file(m_context.folder / file, largest_answers));
    }
    MLPATH_TRY(const auto answers, read_answers(text, file == "-" ? "standard input" : file));
    const auto meant = app::asked_today(m_context.index, served.quiz);
    std::map<std::string, std::string> typed;  // by the ids of today
    for (const auto& id : answers.questions) {
        const auto today = app::asked_today(m_context.index, id);
        if (!meant.empty() && !today.starts_with(meant + '/')) {
            return fail(ErrorKind::usage, "`" + printable(id) + "` is not a question of `" + meant + "`");
        }
        typed[today] = answers.typed.at(id);
    }
    MLPATH_TRY(const auto sheet, app::sheet_of(m_context, served.kind, answers.questions, answers.seed));
    // All are judged before any is remembered: what cannot be read must not leave half a quiz behind.
    std::vector<app::Judged> judged;
    for (const auto& asked : sheet.questions) {
        const auto id = asked.quiz + '/' + asked.question.id;
        MLPATH_TRY(auto each, judge(asked, typed.at(id)));
        if (each.grade.judgement == quiz::Judgement::unreadable) {
            return fail(ErrorKind::usage, "the answer to `" + id + "` cannot be read",
                        each.grade.says.empty() ? "" : each.grade.says.front());
        }
        judged.push_back(std::move(each));
    }
    Tally tally;
    auto list = Json::array();
    for (std::size_t i = 0; i < judged.size(); ++i) {
        remember(sheet.questions[i], judged[i], tally);
        list.push_back(json_of(sheet.questions[i], judged[i]));
    }
    Json object{{"right", tally.right}, {"asked", tally.asked}};
    if (served.kind == app::SheetKind::quiz) {
        const bool passed = tally.right >= sheet.needed;
        object["quiz"] = sheet.quiz;
        object["needed"] = sheet.needed;
        object["passed"] = passed;
        const auto recorded =
            app::record_quiz(m_context, sheet.quiz, passed ? app::Answered::right : app::Answered::wrong);
        tally.not_remembered = recorded.ok ? tally.not_remembered : recorded.why_not;
    }
    object["recorded"] = tally.not_remembered.empty();
    object["answers"] = std::move(list);
    m_host.print(std::move(object));
    return tally;
}

void Asker::remark_memory(const Tally& tally) {
    if (tally.asked > 0 && !tally.not_remembered.empty()) {
        m_host.remark("note: this is not remembered: " + tally.not_remembered);
    }
}

}  // namespace mlpath::cli
