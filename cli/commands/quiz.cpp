#include <memory>

#include "app/learn/quiz.hpp"
#include "asking.hpp"
#include "base/text.hpp"
#include "commands/all.hpp"
#include "host.hpp"
#include "render/question.hpp"

namespace mlpath::cli {

namespace {

constexpr std::uint64_t most_questions = 1000;
constexpr std::uint64_t usual_review = 20;
constexpr std::uint64_t usual_interview = 5;

struct QuizInput {
    std::string id{};
    std::optional<std::string> answers{};
    std::optional<std::uint64_t> seed{};
    std::optional<std::uint64_t> most{};
    [[nodiscard]] std::uint64_t seed_or(Host& host) const {
        // Small enough that any program's numbers hold it.
        return seed.value_or(host.random().next() % 1'000'000'000);
    }
};

void declare_shared(Options& options, QuizInput& input) {
    options.option("--answers", "FILE", "take the answers to what --json served from here; - is standard input",
                   input.answers, Values::files);
    options.option("--seed", "N", "shuffle the options by this number", input.seed);
}

Status needs_json(Host& host, const QuizInput& input) {
    if (input.answers && !host.json()) {
        return fail(ErrorKind::usage, "--answers belongs to --json: another program asks the questions",
                    "`mlpath quiz TOPIC` asks them here");
    }
    return {};
}

std::string result_line(const Tally& tally) {
    return std::to_string(tally.right) + " of " + std::to_string(tally.asked) + " right";
}

std::string comes_back(Host& host, Day day) {
    return day == host.clock().today() + std::chrono::days(1)
               ? std::string("The next question comes back tomorrow.")
               : "The next question comes back on " + format_day(day) + ".";
}

// After a review: what was wrong comes back first, and when that is depends on how well it was known.
std::string next_review(Host& host, const app::Context& context) {
    const auto after = app::review_sheet(context, 0, 0);
    return " What was wrong comes back sooner than what was right." +
           (after && after->due == 0 && after->later ? " " + comes_back(host, *after->later) : "");
}

// Where nothing is to be passed, answering is all that is asked.
Result<Exit> take_all(Asker& asker, app::SheetKind kind, const std::string& file) {
    MLPATH_TRY(const auto tally, asker.take({kind, {}}, file));
    return tally.asked > 0 ? Exit::done : Exit::falls_short;
}

// A quiz that a person took to its end, or not.
Exit end_quiz(Host& host, const app::Context& context, const app::Sheet& sheet, Tally tally) {
    Page page(host.out_terminal());
    page.line();
    Exit exit = Exit::falls_short;
    if (tally.ended_early) {
        page.line("The quiz ended early: " + std::to_string(tally.asked) + " of " +
                  count_of(sheet.questions.size(), "question") + " answered." +
                  (tally.not_remembered.empty() ? " What was answered is kept." : ""));
    } else if (tally.left_out > 0 && tally.right < sheet.needed) {
        // What could not be judged is held neither against the learner nor for them.
        page.line(sheet.title + " could not be decided: " + count_of(tally.left_out, "question") +
                  " could not be run here. `mlpath doctor` says what helps.");
        exit = Exit::untold;
    } else {
        const auto needed = sheet.needed;
        const bool passed = tally.right >= needed;
        const auto recorded =
            app::record_quiz(context, sheet.quiz, passed ? app::Answered::right : app::Answered::wrong);
        tally.not_remembered = recorded.ok ? tally.not_remembered : recorded.why_not;
        page.labelled(
            passed ? "passed" : "not yet", passed ? Tone::good : Tone::bad,
            sheet.title + ": " + result_line(tally) +
                (passed
                     ? (context.index.topics.contains(sheet.quiz) ? ". It counts as learned, in every roadmap." : ".")
                     : "; " + std::to_string(needed) + " are needed. `mlpath show " + sheet.quiz +
                           "` says where to read about it."));
        exit = passed ? Exit::done : Exit::falls_short;
    }
    host.print(page);
    return exit;
}

}  // namespace

Action make_quiz(Options& options) {
    auto input = std::make_shared<QuizInput>();
    options.optional("TOPIC", "the topic, or an interview; by default what comes next on your road", input->id,
                     Values::topics);
    declare_shared(options, *input);
    return [input](Host& host) -> Result<Exit> {
        MLPATH_CHECK(needs_json(host, *input));
        MLPATH_TRY(const auto context, host.context());
        Asker asker(host, context);
        if (input->answers) {
            MLPATH_TRY(const auto tally, asker.take({app::SheetKind::quiz, input->id}, *input->answers));
            return tally.right >= quiz::needed_to_pass(tally.asked) ? Exit::done : Exit::falls_short;
        }
        MLPATH_TRY(const auto sheet, app::quiz_sheet(context, input->id, input->seed_or(host)));
        if (host.json()) {
            host.print(json_of(sheet));
            return Exit::done;
        }
        Page page(host.out_terminal());
        page.line(sheet.title + ": " + count_of(sheet.questions.size(), "question") + ", and " +
                      std::to_string(sheet.needed) + " right answers pass. `?` says that you do not know.",
                  Tone::strong);
        host.print(page);
        MLPATH_TRY(const auto tally, asker.ask(sheet));
        const auto exit = end_quiz(host, context, sheet, tally);
        asker.remark_memory(tally);
        return exit;
    };
}

Action make_review(Options& options) {
    auto input = std::make_shared<QuizInput>();
    options.count("--most", "N", "ask at most this many; 20 by default", input->most, most_questions);
    declare_shared(options, *input);
    return [input](Host& host) -> Result<Exit> {
        MLPATH_CHECK(needs_json(host, *input));
        MLPATH_TRY(const auto context, host.context());
        Asker asker(host, context);
        if (input->answers) {
            return take_all(asker, app::SheetKind::review, *input->answers);
        }
        MLPATH_TRY(const auto sheet, app::review_sheet(context, input->seed_or(host),
                                                       static_cast<std::size_t>(input->most.value_or(usual_review))));
        if (host.json()) {
            host.print(json_of(sheet));
            return Exit::done;
        }
        Page page(host.out_terminal());
        if (sheet.questions.empty()) {
            page.line("Nothing is due." + (sheet.later
                                               ? " " + comes_back(host, *sheet.later)
                                               : " Questions come back once you have taken a quiz: `mlpath quiz`."));
            host.print(page);
            return Exit::done;
        }
        page.line(count_of(sheet.due, "question") + (sheet.due == 1 ? " is" : " are") +
                      " due: you answered them before, and now is when they begin to fade.",
                  Tone::strong);
        host.print(page);
        MLPATH_TRY(const auto tally, asker.ask(sheet));
        page.line();
        page.line(result_line(tally) + (tally.ended_early ? "; the rest stays due." : ".") +
                  (tally.asked > 0 ? next_review(host, context) : ""));
        host.print(page);
        asker.remark_memory(tally);
        return Exit::done;
    };
}

Action make_interview(Options& options) {
    auto input = std::make_shared<QuizInput>();
    options.count("--questions", "N", "ask this many; 5 by default", input->most, most_questions);
    declare_shared(options, *input);
    return [input](Host& host) -> Result<Exit> {
        MLPATH_CHECK(needs_json(host, *input));
        MLPATH_TRY(const auto context, host.context());
        Asker asker(host, context);
        if (input->answers) {
            return take_all(asker, app::SheetKind::interview, *input->answers);
        }
        MLPATH_TRY(const auto sheet,
                   app::interview_sheet(context, input->seed_or(host),
                                        static_cast<std::size_t>(input->most.value_or(usual_interview))));
        if (host.json()) {
            host.print(json_of(sheet));
            return Exit::done;
        }
        Page page(host.out_terminal());
        page.line(sheet.leans_on.empty()
                      ? "An interview. Once a project's milestones pass, the questions lean on your own work."
                      : "An interview that leans on your work: " + list_of(sheet.leans_on) + ".",
                  Tone::strong);
        host.print(page);
        MLPATH_TRY(const auto tally, asker.ask(sheet));
        page.line();
        page.line(tally.asked == 0 ? std::string("It ended before anything was answered.")
                                   : result_line(tally) + (tally.ended_early ? "; it ended early." : ".") +
                                         " In a real one you would be asked why: say it aloud before you read on.");
        host.print(page);
        asker.remark_memory(tally);
        return Exit::done;
    };
}

}  // namespace mlpath::cli
