#include "app/learn/kata.hpp"

#include <unistd.h>

#include <memory>

#include "base/text.hpp"
#include "commands/all.hpp"
#include "commands/judging_setup.hpp"
#include "host.hpp"
#include "line_input.hpp"
#include "render/words.hpp"

namespace mlpath::cli {

namespace {

constexpr std::size_t largest = 1U << 18U;

// Until an empty line, or to the end of input: nothing at the end of input before a line came. In what is pasted into a
// terminal an empty line may stand; it ends where nothing follows at once.
enum class Until { empty_line, pause, end };
Result<std::optional<std::string>> read_code(LineInput& input, Until until, const std::stop_token& stop) {
    std::string code;
    bool any = false;
    while (true) {
        MLPATH_TRY(const auto line, input.next(stop));
        if (!line) {
            return any ? std::optional(code) : std::nullopt;
        }
        any = true;
        if (until != Until::end && trim(*line).empty() && !(until == Until::pause && input.has_more())) {
            return std::optional(code);
        }
        code += *line + '\n';
        if (code.size() > largest) {
            return fail(ErrorKind::usage, "the answer has more than 256 kB, and a kata takes a few lines");
        }
    }
}

class KataTry {
public:
    KataTry(Host& host, const app::Context& context, const app::KataSheet& sheet)
        : m_host(host), m_context(context), m_sheet(sheet) {}

    Result<checks::Finding> judge(std::string_view code) {
        if (!m_setup) {
            MLPATH_TRY(auto setup, JudgingSetup::open(m_host, m_context, run::SandboxWish::automatic, nullptr));
            m_setup.emplace(std::move(setup));
        }
        return app::judge_exercise(m_context, m_setup->tools(), app::exercise_of(m_sheet.kata, code), m_host.stop());
    }

    // Tries until it is solved, or the learner gives up by an empty answer.
    Result<Exit> in_terminal() {
        Page page(m_host.out_terminal());
        page.line(m_sheet.title + ": " + m_sheet.quiz + "/" + m_sheet.kata.id, Tone::strong);
        page.line(m_sheet.kata.ask);
        page.line();
        page.verbatim("    " + join(m_sheet.kata.start, "\n    "));
        page.line();
        page.line("Type what the function does in place of `...`; an empty line ends it. An empty answer shows ours.");
        m_host.print(page);
        LineInput input(0);
        const auto until = ::isatty(0) == 1 ? Until::pause : Until::empty_line;
        while (true) {
            m_host.out().flush();
            MLPATH_TRY(const auto code, read_code(input, until, m_host.stop()));
            if (!code || trim(*code).empty()) {
                return give_up(code.has_value());
            }
            MLPATH_TRY(const auto finding, judge(app::whole_program(m_sheet.kata, *code)));
            tell(finding);
            if (finding.verdict == checks::Verdict::pass) {
                return Exit::done;
            }
            page.line("Again, or an empty line to see ours.");
            m_host.print(page);
        }
    }

    void tell(const checks::Finding& finding) {
        Page page(m_host.out_terminal());
        if (finding.verdict == checks::Verdict::pass) {
            page.line("Right.", Tone::good);
            page.line("  " + m_sheet.kata.explain);
            record(app::Solved::yes);
        } else {
            page.line("Not quite.", Tone::bad);
            page.labelled("found", Tone::accent, finding.message, 2, 8);
            if (!finding.expected.empty()) {
                page.labelled("expected", Tone::accent, finding.expected, 2, 8);
            }
            if (!finding.actual.empty()) {
                page.labelled("got", Tone::accent, finding.actual, 2, 8);
            }
            if (!finding.because.empty()) {
                page.labelled("why", Tone::accent, finding.because, 2, 8);
            }
        }
        m_host.print(page);
    }

    void record(app::Solved solved) {
        const auto recorded = app::record_kata(m_context, m_sheet, solved);
        if (!recorded.ok) {
            m_host.remark("note: this is not remembered: " + recorded.why_not);
        }
    }

private:
    Exit give_up(bool asked_for_ours) {
        Page page(m_host.out_terminal());
        if (asked_for_ours) {
            page.line("This is ours:");
            page.line();
            page.verbatim("    " + join(m_sheet.kata.solution, "\n    "));
            page.line();
            page.line("  " + m_sheet.kata.explain);
            record(app::Solved::no);
        } else {
            page.line("The kata ended early: nothing is recorded.");
        }
        m_host.print(page);
        return Exit::falls_short;
    }

    Host& m_host;
    const app::Context& m_context;
    const app::KataSheet& m_sheet;
    std::optional<JudgingSetup> m_setup{};
};

Json json_for(const app::KataSheet& sheet) {
    auto calls = Json::array();
    for (const auto& each : sheet.kata.cases) {
        calls.push_back(each.call);
    }
    return Json{{"kata", sheet.quiz + "/" + sheet.kata.id},
                {"about", sheet.title},
                {"ask", sheet.kata.ask},
                {"start", join(sheet.kata.start, "\n") + "\n"},
                {"calls", std::move(calls)}};
}

}  // namespace

Action make_kata(Options& options) {
    struct Input {
        std::string named{};
        std::optional<std::string> file{};
        std::optional<std::uint64_t> seed{};
    };
    auto input = std::make_shared<Input>();
    options.optional("TOPIC", "a topic, or one kata of it (numpy/softmax); picked for you by default", input->named,
                     Values::topics);
    options.option("--file", "FILE", "judge this file, the whole function, instead of asking; - is standard input",
                   input->file, Values::files);
    options.option("--seed", "N", "pick by this number", input->seed);
    return [input](Host& host) -> Result<Exit> {
        if (input->file && input->named.find('/') == std::string::npos) {
            return fail(ErrorKind::usage, "which kata is it that the file solves?",
                        "name it with its topic, as in `mlpath kata numpy/softmax --file answer.py`");
        }
        MLPATH_TRY(const auto context, host.context());
        MLPATH_TRY(const auto sheet,
                   app::kata_sheet(context, input->named, input->seed.value_or(host.random().next())));
        if (!input->file && host.json()) {
            host.print(json_for(sheet));
            return Exit::done;
        }
        KataTry attempt(host, context, sheet);
        if (!input->file) {
            return attempt.in_terminal();
        }
        std::string code;
        if (*input->file == "-") {
            LineInput lines(0);
            MLPATH_TRY(auto read, read_code(lines, Until::end, host.stop()));
            code = std::move(read).value_or("");
        } else {
            MLPATH_TRY(code, read_file(context.folder / *input->file));
        }
        MLPATH_TRY(const auto finding, attempt.judge(code));
        const bool solved = finding.verdict == checks::Verdict::pass;
        if (!host.json()) {
            attempt.tell(finding);
        } else {
            attempt.record(solved ? app::Solved::yes : app::Solved::no);
            Json object{{"kata", sheet.quiz + "/" + sheet.kata.id}, {"right", solved}};
            put(object, "message", finding.message);
            put(object, "expected", finding.expected);
            put(object, "got", finding.actual);
            put(object, "because", finding.because);
            object["explain"] = sheet.kata.explain;
            host.print(std::move(object));
        }
        return solved ? Exit::done : Exit::falls_short;
    };
}

}  // namespace mlpath::cli
