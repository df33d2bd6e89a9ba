// A quiz as one exercise: every claim that can be run, and how it should end.
#include "app/judge/exercise.hpp"
#include "base/text.hpp"

namespace mlpath::app {

namespace {

using library::Question;
using library::QuestionKind;

// The functions of proofs.py: they run programs that are kept as texts, each in names of its own.
constexpr std::string_view helpers = R"(import contextlib
import io


def run(program):
    with contextlib.redirect_stdout(io.StringIO()) as printed:
        exec(compile(program, "proof", "exec"), {"__name__": "__main__"})
    lines = [line.rstrip() for line in printed.getvalue().strip("\n").splitlines()]
    return "\n".join(lines)


def near(program, answer, tolerance):
    printed = run(program)
    return abs(float(printed) - answer) <= tolerance + 1e-9 or printed


def ends_well(program):
    try:
        run(program)
    except Exception:
        return False
    return True
)";

class Proof {
public:
    explicit Proof(const library::Quiz& quiz) : m_quiz(quiz) {}

    Exercise make() {
        for (const auto& question : m_quiz.questions) {
            add(question);
        }
        for (const auto& kata : m_quiz.katas) {
            add(kata);
        }
        m_exercise.files.push_back({"proofs.py", std::string(helpers) + m_functions});
        return std::move(m_exercise);
    }

private:
    // A function of proofs.py that returns the expression.
    void claim(const std::string& expression, const std::string& gives, const std::string& id,
               const std::string& says) {
        const auto name = "claim_" + std::to_string(++m_claims);
        m_functions += "\n\ndef " + name + "():\n    return " + expression + "\n";
        m_exercise.trials.push_back({.says = id, .cases = {{"proofs." + name, gives, says}}});
    }
    static std::string program(const std::vector<std::string>& code, const std::vector<std::string>& more = {}) {
        return python_literal(join(code, "\n") + "\n" + join(more, "\n") + "\n");
    }

    void add(const Question& question) {
        switch (question.kind) {
            case QuestionKind::number: {
                claim("near(" + program(question.proof) + ", " + Json(question.number).dump() + ", " +
                          Json(question.tolerance).dump() + ")",
                      "True", question.id, "whether the proof gives the number");
                break;
            }
            case QuestionKind::output: {
                std::vector<std::string> wanted;
                for (const auto line : lines(question.answer)) {
                    const auto end = line.find_last_not_of(" \t");
                    wanted.emplace_back(line.substr(0, end == std::string_view::npos ? 0 : end + 1));
                }
                claim("run(" + program(question.code) + ")", python_literal(join(wanted, "\n")), question.id,
                      "what the program prints");
                break;
            }
            case QuestionKind::bug: {
                auto corrected = question.code;
                corrected.at(static_cast<std::size_t>(question.line) - 1) = question.fix;
                claim("ends_well(" + program(question.code, question.proof) + ")", "False", question.id,
                      "that the proof passes with the bug");
                claim("ends_well(" + program(corrected, question.proof) + ")", "True", question.id,
                      "that the proof passes with the line corrected");
                break;
            }
            case QuestionKind::code: {
                tried(question, question.answer, question.id + ": the right line", Exercise::Ends::right);
                for (const auto& wrong : question.wrong) {
                    tried(question, wrong.text, question.id + ": the wrong line `" + wrong.text + "`",
                          Exercise::Ends::wrong);
                }
                break;
            }
            default: break;
        }
    }
    void tried(const Question& question, std::string_view line, std::string says, Exercise::Ends ends) {
        add_trial(m_exercise, question, line, "line_" + std::to_string(++m_claims) + "_");
        m_exercise.trials.back().says = std::move(says);
        m_exercise.trials.back().should_end = ends;
    }

    void add(const library::Kata& kata) {
        tried(kata, kata.solution, "solution", Exercise::Ends::right);
        tried(kata, kata.start, "start", Exercise::Ends::wrong);
        for (std::size_t i = 0; i < kata.flawed.size(); ++i) {
            tried(kata, kata.flawed[i].code, "flawed version " + std::to_string(i + 1), Exercise::Ends::wrong);
        }
    }
    void tried(const library::Kata& kata, const std::vector<std::string>& code, const std::string& what,
               Exercise::Ends ends) {
        add_trial(m_exercise, kata, join(code, "\n") + "\n", "kata_" + std::to_string(++m_claims));
        m_exercise.trials.back().says = kata.id + ": the " + what;
        m_exercise.trials.back().should_end = ends;
    }

    const library::Quiz& m_quiz;
    Exercise m_exercise{};
    std::string m_functions{};
    std::size_t m_claims = 0;
};

}  // namespace

Exercise proof_of(const library::Quiz& quiz) { return Proof(quiz).make(); }

}  // namespace mlpath::app
