#include "base/text.hpp"

#include <doctest/doctest.h>

#include <cstdio>
#include <string>
#include <vector>

using namespace mlpath;

namespace {

using Views = std::vector<std::string_view>;
using Names = std::vector<std::string>;
using std::string_literals::operator""s;

}  // namespace

TEST_CASE("trim, split, lines") {
    CHECK(trim(" \t a b\r\n") == "a b");
    CHECK(trim(" \n") == "");
    CHECK(split("a,,b", ',') == Views{"a", "", "b"});
    CHECK(split("", ',') == Views{""});
    CHECK(lines("") == Views{});
    CHECK(lines("a\r\n\nb") == Views{"a", "", "b"});
    CHECK(lines("a\n") == Views{"a"});
}

TEST_CASE("join, replace, lower case") {
    CHECK(join(Names{"a", "b", "c"}, ", ") == "a, b, c");
    CHECK(join(Names{}, ", ") == "");
    CHECK(replace_all("aaa", "a", "aa") == "aaaaaa");
    CHECK(replace_all("abc", "", "x") == "abc");
    CHECK(to_lower_ascii("ÄbC") == "Äbc");
}

TEST_CASE("UTF-8 is told from what is not (Unicode 15, table 3-7)") {
    struct Case {
        std::string text;
        bool valid;
    };
    const std::vector<Case> cases{
        {"", true},
        {"ascii", true},
        {"\xC2\x80", true},
        {"\xDF\xBF", true},
        {"\xE0\xA0\x80", true},
        {"\xED\x9F\xBF", true},
        {"\xEE\x80\x80", true},
        {"\xF0\x90\x80\x80", true},
        {"\xF4\x8F\xBF\xBF", true},
        {"\x80", false},              // a continuation alone
        {"\xC0\x80", false},          // overlong
        {"\xC1\xBF", false},          // overlong
        {"\xE0\x9F\xBF", false},      // overlong
        {"\xF0\x8F\xBF\xBF", false},  // overlong
        {"\xED\xA0\x80", false},      // a surrogate
        {"\xF4\x90\x80\x80", false},  // beyond U+10FFFF
        {"\xF5\x80\x80\x80", false},
        {"\xC2", false},  // cut short
        {"\xE2\x82", false},
        {"a\xFF", false},
    };
    for (const auto& wanted : cases) {
        CAPTURE(printable(wanted.text));
        CHECK(is_utf8(wanted.text) == wanted.valid);
    }
}

TEST_CASE("nothing that a terminal acts upon is printed") {
    CHECK(printable("a\x1b[31mred") == "a\\x1b[31mred");
    CHECK(printable("a\nb\tc\r") == "a\\nb\\tc\\x0d");
    CHECK(printable_block("a\nb\tc\r") == "a\nb\tc\\x0d");
    // What the runner of a CI job would obey, were it to stand in its log.
    CHECK(printable_block("::error::x") == "\\x3a:error::x");
    CHECK(printable_block("a\n \t::add-mask::x\n##[group]\n# # [") == "a\n \t\\x3a:add-mask::x\n\\x23#[group]\n# # [");
    CHECK(printable_block("a :: b\n\n##\n:") == "a :: b\n\n##\n:");
    CHECK(printable("\xC2\x9B") == "\\xc2\\x9b");           // a C1 control: CSI in one character
    CHECK(printable("\xE2\x80\xAE") == "\\xe2\\x80\\xae");  // turns the line around
    CHECK(printable("\0\x7F"s) == "\\x00\\x7f");
    CHECK(printable("ü €") == "ü €");
    CHECK(printable("\xFF") == "\\xff");
}

TEST_CASE("a shell reads a word back unchanged") {
    struct Case {
        std::string word;
        std::string quoted;
    };
    const std::vector<Case> cases{
        {"iris", "iris"},
        {"../a-b/c_d.py", "../a-b/c_d.py"},
        {"--seed=5", "--seed=5"},
        {"user@host:1,2+3%", "user@host:1,2+3%"},
        {"", "''"},
        {"a b", "'a b'"},
        {"it's $HOME", R"('it'\''s $HOME')"},
        {"'", R"(''\''')"},
        {R"(back\slash "quoted" `run`)", R"('back\slash "quoted" `run`')"},
        {"numpy>=1.22", "'numpy>=1.22'"},
        {"*.csv", "'*.csv'"},
        {"~", "'~'"},
        {"a;b|c&d", "'a;b|c&d'"},
        {"{python}", "'{python}'"},
        {"données", "'données'"},
        {"two\nlines", "'two\nlines'"},
    };
    for (const auto& [word, quoted] : cases) {
        CAPTURE(printable(word));
        CHECK(shell_word(word) == quoted);
        // The shell itself is the referee.
        auto* pipe = ::popen(("printf %s. " + quoted).c_str(), "r");
        REQUIRE(pipe != nullptr);
        std::string read;
        for (int c = std::fgetc(pipe); c != EOF; c = std::fgetc(pipe)) {
            read += static_cast<char>(c);
        }
        CHECK(::pclose(pipe) == 0);
        CHECK(read == word + ".");
    }
    CHECK(shell_line(Names{"python3", "train.py", "my data.csv", ""}) == "python3 train.py 'my data.csv' ''");
    CHECK(shell_line(Names{}) == "");
}

TEST_CASE("edit distance") {
    CHECK(edit_distance("", "abc") == 3);
    CHECK(edit_distance("kitten", "sitting") == 3);
    CHECK(edit_distance("titanci", "titanic") == 1);  // neighbors swapped
    CHECK(edit_distance("ca", "abc") == 3);           // 2 if a pair could be changed after the swap
}

TEST_CASE("the nearest name, if a person could have meant it") {
    const Names names{"titanic", "iris", "spam-detector"};
    CHECK(nearest("titanci", names) == "titanic");
    CHECK(nearest("TITANIC", names) == "titanic");
    CHECK(nearest("spam", names) == "spam-detector");
    CHECK_FALSE(nearest("weather", names));
    CHECK_FALSE(nearest("", names));
}

TEST_CASE("counts, bytes and lists for people") {
    CHECK(count_of(1, "row") == "1 row");
    CHECK(count_of(0, "row") == "0 rows");
    CHECK(count_of(2, "class", "classes") == "2 classes");
    CHECK(human_bytes(999) == "999 B");
    CHECK(human_bytes(1000) == "1.0 kB");
    CHECK(human_bytes(58'900) == "58.9 kB");
    CHECK(human_bytes(999'999) == "1.0 MB");
    CHECK(list_of(Names{"a"}) == "`a`");
    CHECK(list_of(Names{"a", "b", "c"}) == "`a`, `b` and `c`");
}

TEST_CASE("globs") {
    struct Case {
        const char* pattern;
        const char* path;
        bool matches;
    };
    const std::vector<Case> cases{
        {"*.py", "train.py", true},
        {"*.py", "src/train.py", false},
        {"**/*.py", "train.py", true},
        {"**/*.py", "a/b/train.py", true},
        {"src/**/x", "src/x", true},
        {"src/**/x", "src/a/b/x", true},
        {"src/**/x", "other/x", false},
        {"?.py", "a.py", true},
        {"?.py", "/.py", false},
        {"a*c", "abc", true},
        {"a*c", "a/c", false},
        {"", "", true},
        {"*", "", true},
        {"data/*", "data/a.csv", true},
        {"data/*", "data/a/b.csv", false},
        {"README.md", "README.md", true},
        {"README.md", "READMExmd", false},
    };
    for (const auto& wanted : cases) {
        CAPTURE(wanted.pattern);
        CAPTURE(wanted.path);
        CHECK(glob_matches(wanted.pattern, wanted.path) == wanted.matches);
    }
}

TEST_CASE("an id is words joined by hyphens") {
    for (const std::string good : {"a", "7", "own-road", "a-1-b"}) {
        CAPTURE(good);
        CHECK(is_id(good));
    }
    for (const std::string bad : {"", "-", "-a", "a-", "a--b", "A", "a_b", "a/b", "..", "a b", "\x1b", "ü"}) {
        CAPTURE(bad);
        CHECK_FALSE(is_id(bad));
    }
    CHECK(is_id(std::string(64, 'a')));
    CHECK_FALSE(is_id(std::string(65, 'a')));
}
