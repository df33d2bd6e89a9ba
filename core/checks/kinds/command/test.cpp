// What a program prints and how it ends, right and wrong.
#include "unit/kind_support.hpp"

using namespace mlpath;
using namespace mlpath::checks;
using namespace mlpath::test;

namespace {

// A program that prints one text and leaves well.
World printing(const std::string& out, int code = 0, const std::string& err = {}) {
    return World(test::FakeProcesses::Program(
        [=](const system::ProcessSpec&) -> Result<system::ProcessOutcome> { return test::exited(code, out, err); }));
}

}  // namespace

TEST_CASE("command: exit code, text, and JSON by pointer") {
    const std::string json = R"({"words":["b","a"],"mean":1.5,"no":null})";
    struct Said {
        const char* what;
        const char* rule;
        const char* told;
    };
    const std::vector<Said> cases{
        {"exit", R"({"kind":"command","run":["{python}","p.py"]})", ""},
        {"another exit", R"({"kind":"command","run":["{python}","p.py","a b"],"exit":2})", "exit code 2"},
        {"as typed", R"({"kind":"command","run":["{python}","p.py","a b"],"exit":2})", "`python3 p.py 'a b'`"},
        {"matches", R"({"kind":"command","run":["x"],"stdout":[{"matches":"mean"}]})", ""},
        {"matches not", R"({"kind":"command","run":["x"],"stdout":[{"matches":"median","says":"The median"}]})",
         "printed something different on stdout: The median"},
        {"lacks not", R"({"kind":"command","run":["x"],"stdout":[{"lacks":"mean"}]})",
         "printed something on stdout that does not belong there"},
        {"pointer", R"({"kind":"command","run":["x"],"stdout":[{"pointer":"/words/1","equals":"a"}]})", ""},
        {"pointer, another value", R"({"kind":"command","run":["x"],"stdout":[{"pointer":"/words/0","equals":"a"}]})",
         "\"b\""},
        {"pointer to nothing", R"({"kind":"command","run":["x"],"stdout":[{"pointer":"/words/7","equals":"a"}]})",
         "nothing there"},
        {"null is not nothing", R"({"kind":"command","run":["x"],"stdout":[{"pointer":"/no","equals":null}]})", ""},
        {"tolerance", R"({"kind":"command","run":["x"],"stdout":[{"pointer":"/mean","equals":1.52,"tolerance":0.05}]})",
         ""},
        {"out of tolerance",
         R"({"kind":"command","run":["x"],"stdout":[{"pointer":"/mean","equals":1.6,"tolerance":0.05}]})", "1.6"},
        {"the whole",
         R"({"kind":"command","run":["x"],"stdout":[{"pointer":"","equals":{"mean":1.5,"no":null,"words":["b","a"]}}]})",
         ""},
        {"stderr", R"({"kind":"command","run":["x"],"stderr":[{"matches":"careful"}]})", ""},
    };
    auto world = printing(json, 0, "careful\n");
    for (const auto& [what, rule, told] : cases) {
        CAPTURE(what);
        const auto finding = world.judge(rule);
        CHECK_MESSAGE(finding.verdict == (*told == '\0' ? Verdict::pass : Verdict::fail), test::told(finding));
        CHECK_MESSAGE(test::tells(finding, told), test::told(finding));
    }
    const auto rule =
        R"({"kind":"command","run":["x"],"stdout":[{"pointer":"/a","equals":1,"says":"a is one","because":"bad sum"}]})";
    const auto no_json = printing("{'a': 1}").judge(rule);
    CHECK(test::tells(no_json, "did not print JSON"));
    CHECK(no_json.because.starts_with("Something else is printed"));  // the author's cause is about a value
    CHECK_FALSE(test::tells(no_json, "a is one"));
    const auto pattern = R"({"kind":"command","run":["x"],"stdout":[{"matches":"^m+$"},{"lacks":"."}]})";
    CHECK_FALSE(test::tells(printing("ab").judge(pattern), "m+"));
    const auto bad_pointer = R"({"kind":"command","run":["x"],"stdout":[{"pointer":"a","equals":1}]})";
    CHECK(printing("{}").judge(bad_pointer).verdict == Verdict::error);
    const auto bad_regex = R"({"kind":"command","run":["x"],"stdout":[{"matches":"("}]})";
    CHECK(printing("{}").judge(bad_regex).verdict == Verdict::error);
}

TEST_CASE("command: the author's cause belongs to a decided claim, not to a crash") {
    const auto rule =
        R"({"kind":"command","run":["x"],"exit":2,"likely":[{"seen":"exit code 0","because":"sys.exit(2) is missing"}]})";
    CHECK(printing("", 0).judge(rule).because == "sys.exit(2) is missing");
    const auto crash = printing("", 1, "Traceback (most recent call last):\nKeyError: 'a'\n").judge(rule);
    CHECK_MESSAGE(crash.because.starts_with("There is no such key"), crash.because);
    CHECK(test::tells(crash, "KeyError"));
    const auto missing =
        R"({"kind":"command","run":["x","a.txt"],"exit":2,"likely":[{"seen":"'a.txt'","because":"there is no try"}]})";
    const std::string let_through = "Traceback (most recent call last):\nFileNotFoundError: [Errno 2] No such file: ";
    CHECK(printing("", 1, let_through + "'a.txt'\n").judge(missing).because == "there is no try");
    CHECK(printing("", 1, let_through + "'b.txt'\n").judge(missing).because != "there is no try");
    CHECK(printing("", 1, "  File \"x.py\", line 1\nSyntaxError: no\n").judge(rule).because !=
          "sys.exit(2) is missing");
    const auto wrong = R"({"kind":"command","run":["x"],"stdout":[{"matches":"a","because":"print it"}]})";
    CHECK(printing("b").judge(wrong).because == "print it");
}

TEST_CASE("command: what lint asks") {
    check_faults({
        {sink_manifest, "\"stdin_file\": \"checks/in.txt\"", "\"stdin_file\": \"checks/on.txt\"",
         sink_manifest + ":18: /milestones/0/checks/1/stdin_file: the template has no `checks/on.txt`; did you mean "
                         "`checks/in.txt`?"},
        {sink_manifest, "\"stdin_file\": \"checks/in.txt\"", "\"stdin_file\": \"checks/in.txt\", \"stdin\": \"\"",
         sink_manifest + ":18: /milestones/0/checks/1/stdin: a command reads either `stdin` or `stdin_file`"},
        {sink_manifest, "{ \"data/x.csv\":", "{ \"ships.py\":",
         sink_manifest +
             ":18: /milestones/0/checks/1/files/ships.py: `ships.py` would be laid over a source of the learner's"},
        {sink_manifest, "{ \"data/x.csv\":", "{ \"/x.csv\":",
         sink_manifest + ":18: /milestones/0/checks/1/files/~1x.csv: the path is absolute; it must be relative"},
    });
}

TEST_CASE("command: what a milestone tells of it") {
    CHECK(details_of("cli") == std::vector<std::string>{"we run `python3 predict.py --help` with our file `data/x.csv` "
                                                        "in the folder and a text on standard input; it has 10 seconds",
                                                        "it prints JSON, and in it `a` is what it should be"});
    CHECK(details_of(check_of(R"({"kind":"command","run":["{python}","a.py"],"exit":2,"env":{"LANG":"C"},"seconds":1,
        "stderr":[{"pointer":"/x","equals":1.5,"tolerance":0.1},{"pointer":"/y/0","equals":2,"tolerance":0.1}]})")) ==
          std::vector<std::string>{"we run `python3 a.py`; it has 1 second, and ends with exit code 2",
                                   "its environment has `LANG=C`",
                                   "on standard error it prints JSON, and in it `x` and item 0 (counted from 0) of `y` "
                                   "are what they should be (within 0.1)"});
}
