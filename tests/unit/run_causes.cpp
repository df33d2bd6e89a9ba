#include "run/causes.hpp"

#include <doctest/doctest.h>

#include "base/files.hpp"
#include "unit/words.hpp"

using namespace mlpath;
using namespace mlpath::run;

using test::contains;

namespace {

struct CausesWorld {
    TemporaryFolder folder = *TemporaryFolder::make("mlpath-test-");
    Scene scene{
        .packages = {"pandas", "sklearn"}, .data = {"data/train.csv", "data/test.csv"}, .folder = folder.path()};

    void source(const std::string& path, std::string_view bytes) const {
        REQUIRE(write_file(folder.path() / path, bytes, Durability::cached));
    }
};

}  // namespace

TEST_CASE("an exception has a likely cause in plain words") {
    CausesWorld world;
    world.source("flowers.py", "x = 1\n");
    world.source("ask.py", "name = input('name? ')\ndef f():\n    return input()\n");
    struct Case {
        std::string raised;
        std::string says;  // empty: nothing is known
    };
    const std::vector<Case> cases{
        {"", ""},
        {"AssertionError", ""},
        {"my.own.Error: KeyError", ""},
        {"NotImplementedError: Milestone 2", "not written yet"},
        {"FileNotFoundError: [Errno 2] No such file or directory: 'train.csv'", "where the file is `data/train.csv`"},
        {"FileNotFoundError: [Errno 2] No such file or directory: '/home/me/x.csv'", "a copy of it"},
        {"FileNotFoundError: [Errno 2] No such file or directory: '../x.csv'", "a copy of it"},
        {"FileNotFoundError: [Errno 2] No such file or directory: \"it's.csv\"", "data/test.csv"},
        {"FileNotFoundError", "no such file"},
        {"ModuleNotFoundError: No module named 'pandas'", "The project needs `pandas`"},
        {"ModuleNotFoundError: No module named 'sklearn.tre'", "`sklearn` has no module `sklearn.tre`"},
        {"ModuleNotFoundError: No module named 'torch'", "`torch` is not available in this project"},
        {"ModuleNotFoundError: No module named 'flower'", "There is no flower.py in the project folder"},
        {"ModuleNotFoundError: No module named 'random.x'; 'random' is not a package", "named random.py"},
        {"NameError: name 'pd' is not defined", "Put `import pandas as pd` at the top"},
        {"NameError: name 'wrods' is not defined. Did you mean: 'words'?", "spelled differently"},
        {"IndentationError: expected an indented block after 'if' statement on line 3", "four spaces"},
        {"IndentationError: unexpected indent", "indented further"},
        {"IndentationError: unindent does not match any outer indentation level", "count the spaces"},
        {"TabError: inconsistent use of tabs and spaces in indentation", "Tabs and spaces are mixed"},
        {"SyntaxError: '(' was never closed", "missing bracket"},
        {"RecursionError: maximum recursion depth exceeded", "calls itself"},
        {"MemoryError", "more memory than there is"},
        {"SyntaxError: from __future__ imports must occur at the beginning of the file", "to the top of the file"},
        {"SyntaxError: 'return' outside function", "not indented as part of a function"},
        {"SyntaxError: 'break' outside loop", "as part of one"},
        {"SyntaxError: 'continue' not properly in loop", "as part of one"},
        {"SyntaxError: cannot assign to function call here. Maybe you meant '==' instead of '='?", "compared by `==`"},
        {"EOFError: EOF when reading a line", "It asks the keyboard (`input()`)"},
        {"ask.py:1: EOFError: EOF when reading a line", "as soon as it is imported or run"},
        {"ask.py:3: EOFError: EOF when reading a line", "take the value as an argument"},
        {"StdinNotImplementedError: raw_input was called, but this frontend does not support input requests.",
         "write the value into the cell"},
        {"EOFError: Ran out of input", ""},
        {"_tkinter.TclError: no display name and no $DISPLAY environment variable", "there is no screen"},
        {"UnicodeDecodeError: 'utf-8' codec can't decode byte 0xf6 in position 1", "not UTF-8"},
        {"UnicodeEncodeError: 'ascii' codec can't encode character '\\xfc' in position 0", "use `utf-8`"},
        {"ValueError: Input X contains NaN.", "Values are missing"},
        {"ValueError: could not convert string to float: 'male'", "column of words"},
        {"ValueError: Per-column arrays must each be 1-dimensional", "`[:, 1]` takes one"},
        {"ValueError: Found unknown categories ['X'] in column 0 during transform", "handle_unknown"},
        {"ValueError: Some column names are not columns of the dataframe: {'Age'}", "`ColumnTransformer` names"},
        {"_pickle.PicklingError: Can't pickle <function build.<locals>.<lambda> at 0x7f>: it's not found as m.build",
         "holds a `lambda`"},
        {"AttributeError: Can't pickle local object 'build.<locals>.<lambda>'", "holds a `lambda`"},
        {"AttributeError: Can't pickle local object 'build.<locals>.fill'", "to the top level"},
        {"ValueError: If using all scalar values, you must pass an index", "`pd.DataFrame([row])`"},
        {"AttributeError: 'NoneType' object has no attribute 'split'", "without a `return`"},
        {"AttributeError: 'str' object has no attribute 'spit'", "spelled differently"},
    };
    for (const auto& each : cases) {
        CAPTURE(each.raised);
        const auto cause = cause_of_exception(each.raised, world.scene);
        CHECK_MESSAGE(contains(cause, each.says), cause);
        CHECK(cause.empty() == each.says.empty());
    }
}

TEST_CASE("a source that is not UTF-8 is named, with the line where there is one") {
    struct Case {
        std::string bytes;
        std::string says;
    };
    const std::vector<Case> cases{
        {"a = 1\nb = 'gr\xF6\xDF'\n", "lib/words.py, line 2 holds a letter that is not UTF-8"},
        {std::string("\xFF\xFE"
                     "a\0=\0",
                     6),
         "lib/words.py is saved as UTF-16"},
        {std::string("a\0=\0\x31\0", 6), "lib/words.py is saved as UTF-16"},
        {std::string("a = 1\nb = 2\0\n", 13),
         "lib/words.py, line 2 holds 1 zero byte, as a file does that was damaged"},
        {std::string("a = 1\n\0\0\0\0\0\0", 12), "lib/words.py, line 2 holds 6 zero bytes"},
        {std::string("a = 1\nb\0=\0001\0\r\0\n\0", 16), "lib/words.py, line 2 begins a part in UTF-16"},
        {std::string(8, '\0'), "lib/words.py holds nothing but zero bytes"},
        {std::string("\0a\0=\0\x31", 6), "lib/words.py is saved as UTF-16"},
        {std::string("\xFF\xFE\0\0a\0\0\0", 8), "lib/words.py is saved as UTF-32"},
        {"a = 'größer'\n", "The file is not saved as UTF-8"},  // then it is a file that we do not see
    };
    for (const auto& each : cases) {
        CausesWorld world;
        world.source("good.py", "word = 'größer'\n");
        world.source("lib/words.py", each.bytes);
        for (const auto* raised : {"SyntaxError: source code string cannot contain null bytes",
                                   "ValueError: source code string cannot contain null bytes",
                                   "SyntaxError: (unicode error) 'utf-8' codec can't decode byte 0xf6 in position 7",
                                   "SyntaxError: Non-UTF-8 code starting with '\\xf6' in file /x.py on line 2"}) {
            const auto cause = cause_of_exception(raised, world.scene);
            const bool seen = !each.says.starts_with("The file");
            CHECK_MESSAGE((seen || !std::string_view(raised).starts_with("ValueError") ? contains(cause, each.says)
                                                                                       : cause.empty()),
                          cause);
        }
    }
}

TEST_CASE("a program that did not succeed has a likely cause") {
    system::ProcessOutcome outcome{.ending = system::Ending::signalled, .signal = 11};
    CHECK(contains(cause_of(outcome, {}), "A library written in C broke"));
    outcome.signal = 6;
    CHECK(contains(cause_of(outcome, {}), "A library stopped the program itself"));
    outcome.err.head = "qt.qpa.xcb: could not connect to display \n";
    CHECK(contains(cause_of(outcome, {}), "no screen"));
    CHECK(contains(cause_of({.ending = system::Ending::timed_out}, {}), "loop that never ends"));
    CausesWorld world;
    world.source("quiet.py", "# input() is for people\nprint('input()', raw_input(1), self.input(2))\n");
    CHECK(contains(cause_of({.ending = system::Ending::timed_out}, world.scene), "far more work"));
    world.source("asks.py",
                 "while True:\n    try:\n        x = int(input('x? '))\n    except EOFError:\n        pass\n");
    CHECK(contains(cause_of({.ending = system::Ending::timed_out}, world.scene), "asks the keyboard"));
    outcome = {.exit_code = 1};
    CHECK(cause_of(outcome, {}).empty());
    outcome.err.head =
        "/usr/bin/python3: can't open file '/tmp/place/predict.py': [Errno 2] No such file or directory\n";
    CHECK(contains(cause_of(outcome, {}), "There is no predict.py in the project folder"));
    CHECK(contains(cause_of(outcome, {.in_the_way = {"predict.py"}}), "predict.py is a folder"));
    outcome.err.head = "usage: a.py [-h] file\na.py: error: unrecognized arguments: --top 4\n";
    CHECK(contains(cause_of(outcome, {}), "add_argument"));
    outcome.err.head = "usage: a.py [-h] [--json JSON]\na.py: error: argument --json: expected one argument\n";
    CHECK(contains(cause_of(outcome, {}), "store_true"));
    outcome.err.head = "SyntaxError: Non-UTF-8 code starting with '\\xf6' in file /x/a.py on line 1\n";
    CHECK(contains(cause_of(outcome, {}), "not saved as UTF-8"));
    outcome.err.head = "Traceback (most recent call last):\n  File \"x.py\", line 1, in f\nMemoryError\n";
    CHECK(contains(cause_of(outcome, {}), "more memory"));
}
