#include "checks/judge.hpp"

#include <doctest/doctest.h>

#include <thread>

#include "base/text.hpp"
#include "checks/judge_caller.hpp"
#include "checks/reach.hpp"
#include "unit/words.hpp"

using namespace mlpath;
using namespace mlpath::checks;
using namespace std::chrono_literals;

using test::contains;

namespace {

const fs::path harness = fs::path(MLPATH_SOURCE_DIR) / "core/checks/python";

struct Court {
    TemporaryFolder folder = *TemporaryFolder::make("mlpath-test-");
    system::RealProcesses processes{};
    run::Interpreter python{.path = "/usr/bin/python3", .version = "3.11"};
    run::StepRunner runner{processes, python};
    JudgeRequest request{.harness = harness,
                         .script = folder.path() / "checks/judged.py",
                         .template_root = folder.path(),
                         .function = "judged",
                         .check = "first",
                         .seconds = 60};

    // The body of `def judged(check)`, and the learner's work.py.
    Hangs hangs{};
    Finding judge(const std::string& body, const std::string& work, std::stop_token stop = {}) {
        std::string code = "import os, sys, time\n\ndef judged(check):\n";
        for (const auto line : lines(body)) {
            code += "    " + std::string(line) + "\n";
        }
        REQUIRE(write_file(request.script, code, Durability::cached));
        REQUIRE(write_file(folder.path() / "mine/work.py", work, Durability::cached));
        auto place = run::Workplace::make({.folder = folder.path() / "mine", .files = {"work.py"}}, {});
        REQUIRE(place.has_value());
        return checks::judge(request, runner, *place, python, processes, hangs, std::move(stop));
    }
};

}  // namespace

namespace {

// Real programs, each of which had company, whatever was asked for: `asked` says that.
class Crowded final : public system::Processes {
public:
    [[nodiscard]] Result<system::ProcessOutcome> run(const system::ProcessSpec& spec, std::stop_token stop) override {
        return m_real.run(spec, std::move(stop));
    }
    [[nodiscard]] Result<std::unique_ptr<system::Conversation>> converse(const system::ProcessSpec& spec,
                                                                         std::stop_token stop) override {
        struct Watched final : system::Conversation {
            explicit Watched(std::unique_ptr<system::Conversation> inner) : m_inner(std::move(inner)) {}
            [[nodiscard]] Status send_line(std::string_view line) override { return m_inner->send_line(line); }
            [[nodiscard]] Result<std::optional<std::string>> receive_line(std::chrono::milliseconds wait,
                                                                          std::size_t most) override {
                return m_inner->receive_line(wait, most);
            }
            [[nodiscard]] std::shared_ptr<const Descriptor> folder() const override { return m_inner->folder(); }
            [[nodiscard]] Descriptor connection() override { return m_inner->connection(); }
            [[nodiscard]] system::ProcessOutcome finish() override {
                auto outcome = m_inner->finish();
                outcome.concurrency = system::Concurrency::shared;
                return outcome;
            }
            std::unique_ptr<system::Conversation> m_inner;
        };
        asked.push_back(spec.concurrency);
        MLPATH_TRY(auto inner, m_real.converse(spec, std::move(stop)));
        return std::make_unique<Watched>(std::move(inner));
    }
    std::vector<system::Concurrency> asked{};

private:
    system::RealProcesses m_real{};
};

}  // namespace

TEST_CASE("a call that the machine was too full for is tried once more by itself, unless others came before it") {
    using enum system::Concurrency;
    const std::string twice =
        "check.equal(check.call('work.f', 1), 1, 'f')\ncheck.equal(check.call('work.f', 2), 2, 'f')";
    // Killed at the call that `when` picks, as the system does when memory runs out; once, if it leaves a mark.
    const auto killed = [](const fs::path& mark, const std::string& when) {
        return "import os\ndef f(a):\n    mark = '" + mark.string() + "'\n    if " + when +
               ":\n        open(mark, 'w').close()\n        os.kill(os.getpid(), 9)\n    return a";
    };
    const auto judged = [&](Court& court, Crowded& crowded, const std::string& work) {
        const run::StepRunner runner{crowded, court.python};
        REQUIRE(write_file(court.request.script, "def judged(check):\n    " + replace_all(twice, "\n", "\n    ") + "\n",
                           Durability::cached));
        REQUIRE(write_file(court.folder.path() / "mine/work.py", work, Durability::cached));
        auto place = run::Workplace::make({.folder = court.folder.path() / "mine", .files = {"work.py"}}, {});
        REQUIRE(place.has_value());
        return checks::judge(court.request, runner, *place, court.python, court.processes, court.hangs);
    };
    SUBCASE("the second time there is room") {
        Court court;
        Crowded crowded;
        const auto finding = judged(court, crowded, killed(court.folder.path() / "mark", "not os.path.exists(mark)"));
        CHECK_MESSAGE(finding.verdict == Verdict::pass, finding.message);
        CHECK(crowded.asked == std::vector{shared, exclusive});
    }
    SUBCASE("once, and no more") {
        Court court;
        Crowded crowded;
        const auto finding = judged(court, crowded, killed(court.folder.path() / "mark", "True"));
        CHECK(finding.verdict == Verdict::fail);
        CHECK(contains(finding.message, "killed by signal 9"));
        CHECK(crowded.asked == std::vector{shared, exclusive});
    }
    SUBCASE("not where another call came before, which may have left something behind") {
        Court court;
        Crowded crowded;
        const auto finding = judged(court, crowded, killed(court.folder.path() / "mark", "a == 2"));
        CHECK(finding.verdict == Verdict::fail);
        CHECK(crowded.asked == std::vector{shared});
    }
}

TEST_CASE("a check script judges what the learner's function returns") {
    struct Case {
        std::string body;
        std::string work;
        Verdict verdict;
        std::string says;  // part of the message
    };
    const std::string three = "check.equal(check.call('work.f', 1, b=2), 3, 'f')";
    const std::vector<Case> cases{
        {three, "def f(a, b): return a + b", Verdict::pass, ""},
        {three, "def f(a, b): return a - b", Verdict::fail, "f"},
        {three, "def g(): pass", Verdict::fail, "f"},
        {three, "def f(a, b): return {}['Agee']", Verdict::fail, "KeyError"},
        {three, "import os\nos._exit(0)", Verdict::fail, "ended the whole Python process"},
        {three, "import os\ndef f(a, b): os.kill(os.getpid(), 11)", Verdict::fail, "ended the whole Python process"},
        {three, "class E:\n    __eq__ = lambda s, o: True\ndef f(a, b): return E()", Verdict::fail, ""},
        {three, "def f(a, b:", Verdict::fail, "work"},
        {three, "def f(a, b): return 'x' * 40_000_000", Verdict::fail, "more than 32 MB"},
        {"check.that(check.call('work.f') == 'answer', 'no')",
         "import os\nos.write(4, b'{\"ok\":true,\"value\":\"forged\"}\\n')\ndef f(): return 'answer'", Verdict::fail,
         "no"},
        {"1 / 0", "", Verdict::error, "ZeroDivisionError"},
        {"os._exit(3)", "", Verdict::error, "gave no verdict"},
        {"check.nothing()", "", Verdict::error, "AttributeError"},
        {"check.facts['mean'] = 0.5", "", Verdict::pass, ""},
        {three, "import ctypes\ndef f(a, b): ctypes.string_at(0)", Verdict::fail,
         "killed by signal 11, work.py:2: Fatal Python error: Segmentation fault"},
    };
    for (const auto& each : cases) {
        CAPTURE(each.body);
        CAPTURE(each.work);
        Court court;
        const auto finding = court.judge(each.body, each.work);
        CHECK_MESSAGE(finding.verdict == each.verdict, finding.message);
        CHECK_MESSAGE(contains(finding.message, each.says), finding.message);
        CHECK(finding.facts.contains("mean") == contains(each.body, "mean"));
    }
}

TEST_CASE("what the learner's code raised comes with its likely cause, but the script's own goes before") {
    Court court;
    court.request.scene = {.packages = {}, .data = {"data/story.txt"}, .folder = court.folder.path() / "mine"};
    const auto raised = court.judge("check.call('work.f')", "def f(): return open('story.txt')");
    CHECK_MESSAGE(contains(raised.because, "where the file is `data/story.txt`"), raised.because);
    const auto broken = court.judge("check.call('work.f')", "word = 'gr\xF6\xDF'\ndef f(): return word");
    CHECK_MESSAGE(contains(broken.because, "work.py, line 1 holds a letter that is not UTF-8"), broken.because);
    const auto own = court.judge("check.fail('no', because='own')", "");
    CHECK(own.because == "own");
}

TEST_CASE("the learner's modules cannot stand in for what the caller needs") {
    Court court;
    REQUIRE(write_file(court.folder.path() / "mine/json.py", "raise SystemExit(9)", Durability::cached));
    const auto finding = court.judge("check.equal(check.call('work.f'), 1, 'f')", "def f(): return 1");
    CHECK_MESSAGE(finding.verdict == Verdict::pass, finding.message);
}

TEST_CASE("what failed for lack of memory is found out again, what a function says of it is not") {
    struct Case {
        const char* work;
        bool lasting;
    };
    for (const auto& [work, lasting] :
         {Case{"def f():\n    raise MemoryError\n", false},
          Case{"def f():\n    raise OSError(28, 'No space left on device')\n", false},
          Case{"def f():\n    return 'MemoryError'\n", true}, Case{"def f():\n    raise KeyError('x')\n", true}}) {
        CAPTURE(work);
        Court court;
        const auto finding = court.judge("check.equal(check.call('work.f'), 1, 'f')", work);
        CHECK(finding.verdict == Verdict::fail);
        CHECK(finding.lasting == lasting);
    }
}

TEST_CASE("a call without end is the learner's, and takes no longer than was allowed") {
    Court court;
    court.request.seconds = 1;
    const auto start = std::chrono::steady_clock::now();
    const auto finding = court.judge("check.call('work.f')", "def f():\n    while True: pass");
    CHECK(finding.verdict == Verdict::fail);
    CHECK_MESSAGE(finding.message == "`f()` did not come back within 1 s", finding.message);
    CHECK_MESSAGE(contains(finding.because, "A loop that never ends, or"), finding.because);
    CHECK_MESSAGE(contains(finding.look, "Ctrl-C stops it"), finding.look);
    CHECK(std::chrono::steady_clock::now() - start < 40s);
}

TEST_CASE("a call that asks the keyboard without end is told as that") {
    Court court;
    court.request.seconds = 1;
    const auto finding = court.judge("check.call('work.f')",
                                     "def f():\n    while True:\n        try: input()\n        except EOFError: pass");
    CHECK_MESSAGE(contains(finding.because, "asks the keyboard (`input()`)"), finding.because);
}

TEST_CASE("what never came back is not waited for again") {
    Court court;
    court.request.seconds = 1;
    const std::string endless = "def f(n):\n    while n == 0: pass\ndef g(): return 1";
    CHECK(court.judge("check.call('work.f', 0)", endless).verdict == Verdict::fail);
    court.request.check = "second";
    const auto again = court.judge("check.call('work.f', 1)", endless);  // it would answer, but nobody knows that
    CHECK(again.verdict == Verdict::skipped);
    CHECK_MESSAGE(again.message == "not tried again, since `f` never came back above (check `first`)", again.message);
    CHECK(court.judge("check.equal(check.call('work.g'), 1, 'g')", endless).verdict == Verdict::pass);
}

TEST_CASE("an import has time of its own, and one without end is told as such") {
    Court court;
    court.request.seconds = 2;
    const auto slow =
        court.judge("check.equal(check.call('work.f'), 1, 'f')", "import time\ntime.sleep(2.5)\ndef f(): return 1");
    CHECK_MESSAGE(slow.verdict == Verdict::pass, slow.message);

    Hangs hangs;
    hangs.note("work", Hangs::in_check("first"));
    CHECK(hangs.of("work.f")->what == "work.py");
    CHECK(hangs.of("work.C.f")->what == "work.py");
    CHECK_FALSE(hangs.of("other.f").has_value());
    CHECK_FALSE(hangs.of("workshop.f").has_value());
    hangs.note("analyze.py", Hangs::in_check("first"));
    hangs.note("analyze.py", Hangs::in_check("second"));
    CHECK(hangs.of("analyze.py")->where == "check `first`");
    CHECK(hangs.met_by("first"));
    CHECK_FALSE(hangs.met_by("second"));
}

TEST_CASE("what comes to something that hung is not tried, or waited for shortly, by how it comes to it") {
    Court court;
    const std::string work =
        "def f():\n    while True: pass\ndef g(): return f()\ndef h(n): return 1 if n else f()\n"
        "def i(): return 3\n";
    REQUIRE(write_file(court.folder.path() / "mine/work.py", work, Durability::cached));
    const auto by_sources = [&](const std::string& what) {
        return reaching(what, {.folder = court.folder.path() / "mine", .files = {"work.py"}}, harness, court.python,
                        court.processes, {});
    };
    Hangs hangs(by_sources);
    hangs.note("work.f", Hangs::in_check("first"));
    CHECK(hangs.doubt("work.g")->what == "f");
    CHECK_FALSE(hangs.of("work.g").has_value());
    CHECK_FALSE(hangs.doubt("work.i").has_value());
    const auto judged = [&](const std::string& body, const char* check) {
        court.request.check = check;
        court.request.seconds = 600;  // nobody waits so long
        REQUIRE(write_file(court.request.script, "def judged(check):\n    " + body + "\n", Durability::cached));
        auto place = run::Workplace::make({.folder = court.folder.path() / "mine", .files = {"work.py"}}, {});
        REQUIRE(place.has_value());
        return checks::judge(court.request, court.runner, *place, court.python, court.processes, hangs);
    };
    // What does not come to it after all has its verdict, whatever it could have done.
    CHECK(judged("check.equal(check.call('work.h', 1), 1, 'h')", "second").verdict == Verdict::pass);
    CHECK(judged("check.equal(check.call('work.h', 1), 2, 'h')", "second").verdict == Verdict::fail);
    CHECK(judged("check.equal(check.call('work.i'), 3, 'i')", "third").verdict == Verdict::pass);
    const auto short_of = [&](const char* check) {
        court.request.check = check;
        court.request.seconds = 20;
        REQUIRE(write_file(court.request.script, "def judged(check):\n    check.call('work.g')\n", Durability::cached));
        auto place = run::Workplace::make({.folder = court.folder.path() / "mine", .files = {"work.py"}}, {});
        return checks::judge(court.request, court.runner, *place, court.python, court.processes, hangs);
    };
    const auto spared = short_of("fourth");
    CHECK(spared.verdict == Verdict::skipped);
    CHECK_MESSAGE(spared.message ==
                      "waited for only shortly, and it did not come to an end: it uses `f`, which never came back "
                      "above (check `first`)",
                  spared.message);
    // From then on it is known, and not tried.
    CHECK(short_of("fifth").message == "not tried again, since `f` never came back above (check `first`)");
}

TEST_CASE("many slow calls are told apart from one without end") {
    Court court;
    court.request.seconds = 3;
    const auto finding =
        court.judge("for _ in range(3):\n    check.call('work.f')", "import time\ndef f(): time.sleep(1.7)");
    CHECK_MESSAGE(contains(finding.message, "did not come back in time: the calls before it took"), finding.message);
    CHECK(!court.hangs.of("work.f").has_value());
}

TEST_CASE("after a crash the next call meets a new process") {
    Court court;
    const auto finding = court.judge(
        "try:\n    check.call('work.crash')\nexcept Exception: pass\ncheck.equal(check.call('work.f'), 1, 'f')",
        "import os\ndef crash(): print('last words', flush=True); os._exit(7)\ndef f(): return 1");
    CHECK_MESSAGE(finding.verdict == Verdict::pass, finding.message);
    const auto told =
        court.judge("check.call('work.crash')", "import os\ndef crash(): print('last words', flush=True); os._exit(7)");
    CHECK_MESSAGE(contains(told.message, "exit code 7"), told.message);
    CHECK(told.output == "last words\n");
}

TEST_CASE("files are laid into the working folder alone") {
    Court court;
    CHECK(court
              .judge("check.lay('words.csv', 'a,ü\\n')\ncheck.equal(check.call('work.f'), 'a,ü\\n', 'f')",
                     "def f(): return open('words.csv', encoding='utf-8').read()")
              .verdict == Verdict::pass);
    const auto outside = court.judge("check.lay('../words.csv', 'x')", "");
    CHECK_MESSAGE(outside.verdict == Verdict::error, outside.message);
    CHECK(!fs::exists(fs::temp_directory_path() / "words.csv"));
}

TEST_CASE("a stop, and a harness that is not there, are no verdicts") {
    Court court;
    std::stop_source source;
    std::jthread other([&source] {
        std::this_thread::sleep_for(200ms);
        source.request_stop();
    });
    const auto stopped =
        court.judge("check.call('work.f')", "import time\ndef f(): time.sleep(100)", source.get_token());
    CHECK(stopped.verdict == Verdict::error);
    CHECK(stopped.message == "interrupted");
    court.request.harness = court.folder.path();
    const auto missing = court.judge("", "");
    CHECK(missing.verdict == Verdict::error);
    CHECK(contains(missing.message, "judge.py is missing"));
}

TEST_CASE("a script of ours without end is an error, not the learner's failure") {
    Court court;
    court.request.seconds = 0.1;
    court.request.grace = 300ms;
    const auto finding = court.judge("while True: pass", "");
    CHECK(finding.verdict == Verdict::error);
    CHECK_MESSAGE(contains(finding.message, "did not end within"), finding.message);
}

TEST_CASE("what learners print may be anything, and is shown as text") {
    Court court;
    const auto finding = court.judge("check.fail('no', got=check.call('work.f'))",
                                     "import sys\ndef f():\n    print('a  b')\n    sys.stdout.flush()\n"
                                     "    sys.stdout.buffer.write(b'bad \\xff \\x1b[31m\\x1b[2J\\n')\n    return 1");
    CHECK(finding.verdict == Verdict::fail);
    // Colors are for a terminal, and are left out.
    CHECK(finding.output == "a  b\nbad \\xff \\x1b[2J\n");
    CHECK(court.judge("check.call('work.f')", "def f(): print('quiet')").output.empty());  // it passes
    const auto told = refusal("crashed", std::string("killed \xff \x1b[31m \"quoted\"\n"));
    CHECK(contains(told, "\"problem\":\"crashed\""));
    CHECK(!contains(told, "\x1b"));
    CHECK(is_utf8(told));
}
