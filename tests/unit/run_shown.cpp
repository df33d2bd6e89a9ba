#include <doctest/doctest.h>

#include <string>

#include "run/step.hpp"

using namespace mlpath;
using namespace mlpath::run;

namespace {

system::CapturedOutput printed(const std::string& text) { return {.head = text, .tail = {}, .total = text.size()}; }

Shown shown(const std::string& out, const std::string& err) {
    return shown_of({.exit_code = 1, .out = printed(out), .err = printed(err)});
}

const std::string head = "Traceback (most recent call last):\n";
const std::string work = "/tmp/mlpath-work-Ab12/";

std::string frame(const std::string& file, int line, const std::string& function, const std::string& below = {}) {
    return "  File \"" + file + "\", line " + std::to_string(line) + ", in " + function + "\n" + below;
}

}  // namespace

TEST_CASE("the code that a failure shows: the learner's lines with their carets, those of libraries counted") {
    struct Case {
        const char* what;
        std::string err;
        std::string code;
    };
    const std::vector<Case> cases{
        {"nothing", "", ""},
        {"a message alone", "it failed\n", ""},
        {"one line, outside of every function",
         head + frame(work + "predict.py", 3, "<module>", "    rows[7]\n    ~~~~^^^\n") + "IndexError: no\n",
         "predict.py, line 3\n    rows[7]\n    ~~~~^^^\n"},
        {"the way to it, and the lines of a library behind it",
         head + frame(work + "predict.py", 30, "<module>", "    main()\n") +
             frame(work + "predict.py", 12, "main", "    table[\"Agee\"]\n    ~~~~~^^^^^^^^\n") +
             frame("/usr/lib/python3/dist-packages/pandas/core/frame.py", 3807, "__getitem__",
                   "    indexer = self.columns.get_loc(key)\n              ^^^^^^^^^^^\n") +
             frame("/usr/lib/python3/dist-packages/pandas/core/base.py", 9, "get_loc", "    raise KeyError(key)\n") +
             "KeyError: 'Agee'\n",
         "predict.py, line 30\n    main()\npredict.py, line 12, in main\n    table[\"Agee\"]\n    ~~~~~^^^^^^^^\n"
         "    (2 lines of pandas)\n"},
        {"a library between two lines of theirs",
         head + frame(work + "a.py", 1, "<module>", "    run(f)\n") +
             frame("/x/site-packages/tool.py", 2, "run", "    f()\n") + frame(work + "a.py", 5, "f", "    1 / 0\n") +
             "ZeroDivisionError: division by zero\n",
         "a.py, line 1\n    run(f)\n    (1 line of tool)\na.py, line 5, in f\n    1 / 0\n"},
        {"only the last three of many",
         head + frame(work + "a.py", 9, "<module>", "    f(9)\n") + frame(work + "a.py", 2, "f", "    f(8)\n") +
             frame(work + "a.py", 3, "f", "    f(7)\n") + frame(work + "a.py", 4, "f", "    f(6)\n") +
             "  [Previous line repeated 990 more times]\nRecursionError: too deep\n",
         "a.py, line 2, in f\n    f(8)\na.py, line 3, in f\n    f(7)\na.py, line 4, in f\n    f(6)\n"},
        {"a syntax error has no heading",
         "  File \"" + work + "a.py\", line 7\n    def f(\n         ^\nSyntaxError: '(' was never closed\n",
         "a.py, line 7\n    def f(\n         ^\n"},
        {"tabs stay, and what steers a terminal does not",
         head + frame(work + "a.py", 1, "<module>", "    x =\t'\x1b[2J'\n") + "ValueError: no\n",
         "a.py, line 1\n    x =\t'\\x1b[2J'\n"},
        {"of an exception while another was handled, the last",
         head + frame(work + "a.py", 1, "f", "    first\n") +
             "KeyError: 1\n\nDuring handling of the above exception, " + "another exception occurred:\n\n" + head +
             frame(work + "a.py", 2, "f", "    second\n") + "TypeError: 2\n",
         "a.py, line 2, in f\n    second\n"},
        {"none of theirs", head + frame("/usr/lib/python3/x.py", 9, "g", "    x\n") + "ValueError: no\n", ""},
    };
    for (const auto& each : cases) {
        CAPTURE(each.what);
        CHECK(shown("", each.err).code == each.code);
    }
}

TEST_CASE("the output that a failure shows: head and tail, with its indentation, without tracebacks") {
    CHECK(shown("", "").output == "");
    CHECK(shown("\n\n  x  y\n\tz\n\n", "").output == "  x  y\n\tz\n");
    CHECK(shown("out", "err\n").output == "out\nerr\n");
    CHECK(shown("no end \x1b[2J\xff", "").output == "no end \\x1b[2J\\xff\n");
    CHECK(shown("before\n", "noted\n" + head + frame(work + "a.py", 1, "f") + "KeyError: 1\nafter\n").output ==
          "before\nnoted\nafter\n");
    // Two exceptions: the one that is told elsewhere is left out.
    CHECK(shown("", head + frame(work + "a.py", 1, "f") + "KeyError: 1\n" + head + frame(work + "a.py", 1, "f") +
                        "TypeError: 2\n")
              .output == "KeyError: 1\n");

    std::string many;
    for (int i = 1; i <= 100; ++i) {
        many += std::to_string(i) + "\n";
    }
    const auto cut = shown(many, "").output;
    CHECK(cut.starts_with("1\n2\n3\n4\n5\n6\n(80 more lines)\n87\n"));
    CHECK(cut.ends_with("\n99\n100\n"));
    CHECK(shown("1\n2\n3\n4\n5\n6\n7\n", "").output == "1\n2\n3\n4\n5\n6\n7\n");
    CHECK(shown(std::string(5000, 'x'), "").output == std::string(300, 'x') + "…\n");
}

TEST_CASE("colors are for a terminal, and anything else that a terminal would act upon is told") {
    CHECK(shown("\x1b[31m\x1b[1mWARNING\x1b[0m: a\n", "").output == "WARNING: a\n");
    CHECK(shown("", "\x1b[33;40mb\x1b[m").output == "b\n");
    CHECK(shown("\x1b[2Jc\x1b[31m d \x1b[3", "").output == "\\x1b[2Jc d \\x1b[3\n");
    CHECK(shown("\x1b[\x1b[", "").output == "\\x1b[\\x1b[\n");
}
