#include <doctest/doctest.h>

#include <string>
#include <vector>

#include "base/text.hpp"
#include "json/document.hpp"

using namespace mlpath;

namespace {

std::string repeated(std::string_view part, std::size_t times) {
    std::string text;
    text.reserve(part.size() * times);
    for (std::size_t i = 0; i < times; ++i) {
        text += part;
    }
    return text;
}

std::vector<std::string> lines_of(const Faults& faults) {
    std::vector<std::string> lines;
    for (const auto& fault : faults) {
        lines.push_back(to_line(fault));
    }
    return lines;
}

}  // namespace

TEST_CASE("a sound text gives its value") {
    const auto parsed =
        json::parse("\xEF\xBB\xBF{\"a\": [1, -2, 3.5, true, null], \"b\": {\"c\": \"\\ud83d\\ude00\"}}", "f");
    REQUIRE(parsed.ok());
    CHECK(parsed.value.dump() == "{\"a\":[1,-2,3.5,true,null],\"b\":{\"c\":\"😀\"}}");
}

TEST_CASE("a fault of syntax has its line and a plain sentence") {
    struct Case {
        std::string text;
        std::string line;
    };
    const std::vector<Case> cases{
        {"", "f:1: there is nothing in it, where a JSON value was expected"},
        {"  \n\n", "f:2: there is nothing in it, where a JSON value was expected"},
        {"{\n\"a\": 1\n\"b\": 2}", "f:3: a comma is missing before `\"b\"`"},
        {"[1\n 2]", "f:2: a comma is missing before `2`"},
        {"[\n{}\n{}]", "f:3: a comma is missing before `{`"},
        {"{\"a\": 1,\n}", "f:2: a comma stands before `}`; remove the comma"},
        {"[1,\n]", "f:2: a comma stands before `]`; remove the comma"},
        {"{\n\"a\" 1}", "f:2: a colon is missing after the key \"a\""},
        {"{a: 1}", "f:1: the key a is not in double quotes"},
        {"{'a': 1}", "f:1: a text is in single quotes: 'a'; JSON takes double quotes"},
        {"{\n\"a\": [1,\n2", "f:3: /a: it ends too early: the `[` of line 2 is never closed"},
        {"{\n\"a\": [1,\n2}", "f:3: /a: `}` does not close the `[` of line 2"},
        {"[True]", "f:1: `True` is not a JSON value; did you mean `true`?"},
        {"[truth]", "f:1: `truth` is not a JSON value; text goes in double quotes"},
        {"[NaN]", "f:1: JSON has no `NaN`; use null, or leave the key out"},
        {"[-Infinity]", "f:1: `-Infinity` is not a JSON number"},
        {"[\n// no\n1]", "f:2: JSON has no comments; remove it"},
        {"[\n# no\n1]", "f:2: JSON has no comments; remove it"},
        {"[01]", "f:1: `01` is not a JSON number: it begins with a zero"},
        {"[1.]", "f:1: `1.` is not a JSON number"},
        {"[\n1e999]", "f:2: the number 1e999 is too large"},
        {"[\"a\nb\"]",
         "f:1: a text runs over the end of its line: its closing `\"` is missing; write \\n where a line "
         "break is meant"},
        {"[\"a\tb\"]", "f:1: a control character stands in a text; write it as an escape, such as \\t or \\u001b"},
        {"[\"abc", "f:1: a text is never closed: its `\"` is missing"},
        {"[\"\\ud800\"]",
         "f:1: a \\u escape is half of a pair (a lone surrogate); write the character itself, or both "
         "halves of the pair"},
        {"[\"\\udc00\"]",
         "f:1: a \\u escape is half of a pair (a lone surrogate); write the character itself, or both "
         "halves of the pair"},
        {"[\"\\x\"]", "f:1: no such escape in JSON: \"\\x; a backslash itself is written \\\\"},
        {"[\"\\u12g4\"]", "f:1: \\u takes four hexadecimal digits"},
        {"[\n\"\xE9t\xE9\"]", "f:2: the text is not UTF-8 here; save the file as UTF-8"},
        {"[\"\xC0\xAF\"]", "f:1: the text is not UTF-8 here; save the file as UTF-8"},
        {"[“a”]", "f:1: `“a”` stands where JSON was expected; text goes in straight double quotes"},
        {"{}\n{}", "f:2: something follows the end of the JSON value: `{`"},
        {"[1 : 2]", "f:1: a comma is missing before `:`"},
        {"{\"a\": , }", "f:1: a value was expected, not `,`"},
        {"[\"\\\x01\"]", "f:1: no such escape in JSON: \"\\<U+0001>; a backslash itself is written \\\\"},
        {"[\"\\\n\"]",
         "f:1: a text runs over the end of its line: its closing `\"` is missing; write \\n where a line break is "
         "meant"},
        {"[\"\xE9\n\"]", "f:1: the text is not UTF-8 here; save the file as UTF-8"},
        {"\xEF\xBB[]", "f:1: the text is not UTF-8; save the file as UTF-8"},
        {"{\n\"a\": [1, {\n\"b\": tru}]}", "f:3: /a/1: `tru` is not a JSON value; text goes in double quotes"},
        {"01", "f:1: something follows the end of the JSON value: `01`"},
        {"{} x", "f:1: `x` is not a JSON value; text goes in double quotes"},
        {"{nul: 1}", "f:1: the key nul is not in double quotes"},
        {"{1e999: 1}", "f:1: a key in double quotes was expected, not `1e999`"},
        {"[1 truer]", "f:1: a comma is missing before `truer`"},
        {std::string("{}\n\0", 4), "f:2: a NUL byte stands in it: this is no text in UTF-8"},
        {std::string("{}\0{", 4), "f:1: a NUL byte stands in it: this is no text in UTF-8"},
    };
    for (const auto& c : cases) {
        CAPTURE(c.text);
        const auto parsed = json::parse(c.text, "f");
        CHECK(join(lines_of(parsed.faults), "\n") == c.line);
    }
}

TEST_CASE("duplicate keys are faults that do not stop the reading, and the first value counts") {
    const auto parsed =
        json::parse("{\"a\": 1,\n\"b\": {\"x\": [1], \"x\": [{\"y\": 1, \"y\": 2}]},\n\"a\":\n2, \"c\": 3}", "f");
    CHECK(lines_of(parsed.faults) ==
          std::vector<std::string>{"f:2: /b/x: the key `x` appears twice; remove or rename one of the two",
                                   "f:2: /b/x/0/y: the key `y` appears twice; remove or rename one of the two",
                                   "f:3: /a: the key `a` appears twice; remove or rename one of the two"});
    CHECK(parsed.value.dump() == "{\"a\":1,\"b\":{\"x\":[1]},\"c\":3}");
    CHECK(parsed.document.line_of("/c") == 4);
    CHECK(parsed.document.line_of("/b/x/0") == 2);
}

TEST_CASE("the place of a fault behind a key that appears twice") {
    const auto told = [](const std::string& text) { return lines_of(json::parse(text, "f").faults).at(1); };
    CHECK(told("{\"a\": 1, \"a\" 2}") == "f:1: /a: a colon is missing after the key \"a\"");
    CHECK(told("{\"a\": 1, \"a\": x}") == "f:1: /a: `x` is not a JSON value; text goes in double quotes");
    CHECK(told("{\"a\": 1, \"a\": 2 x}") == "f:1: `x` is not a JSON value; text goes in double quotes");
    CHECK(told("{\"a\": 1, \"a\": [x]}") == "f:1: /a: `x` is not a JSON value; text goes in double quotes");
}

TEST_CASE("an error made of faults can be shown as it is") {
    const auto error = to_error(json::parse("{\"\\u001b[2J\": 1, \"\\u001b[2J\": 2}", "f").faults);
    CHECK(error.message == "the key `\\x1b[2J` appears twice");
    CHECK(to_error({{Severity::error, {}, "a", "b\n"}}).hint == "b\\n");
}

TEST_CASE("every value knows its line") {
    const auto parsed = json::parse("{\n\"a\": [\n1,\n2\n],\n\"x/y~z\":\n{\"b\":\ntrue}\n}\n", "f");
    REQUIRE(parsed.ok());
    struct Case {
        std::string pointer;
        std::size_t line;
    };
    const std::vector<Case> cases{{"", 1},
                                  {"/a", 2},
                                  {"/a/0", 3},
                                  {"/a/1", 4},
                                  {"/a/7", 2},
                                  {"/a/-", 2},
                                  {"/x~1y~0z", 7},
                                  {"/x~1y~0z/b", 8},
                                  {"/nope/x", 1},
                                  {"/a/0/deep", 3},
                                  {json::pointer_to("", "x/y~z"), 7}};
    for (const auto& c : cases) {
        CAPTURE(c.pointer);
        CHECK(parsed.document.line_of(c.pointer) == c.line);
    }
}

TEST_CASE("hostile texts are refused, in bounded time and memory") {
    SUBCASE("depth") {
        for (const std::string opening : {"[", "{\"a\":", "[{\"a\":"}) {
            const auto parsed = json::parse(repeated(opening, 100'000), "f");
            REQUIRE(parsed.faults.size() == 1);
            CHECK(parsed.faults[0].message == "it is nested deeper than 32 levels");
        }
        CHECK(json::parse(repeated("[", 32) + repeated("]", 32), "f").ok());
        CHECK_FALSE(json::parse(repeated("[", 33) + repeated("]", 33), "f").ok());
    }
    SUBCASE("size") {
        const auto parsed = json::parse("\"" + std::string(65u << 20, 'x') + "\"", "f");
        REQUIRE(parsed.faults.size() == 1);
        CHECK(parsed.faults[0].message == "it is 68.2 MB long; at most 67.1 MB are read");
    }
    SUBCASE("many keys in one object, and as many twins") {
        std::string text = "{";
        for (int twin = 0; twin < 2; ++twin) {
            for (int i = 0; i < 200'000; ++i) {
                text += "\"k" + std::to_string(i) + "\":0,";
            }
        }
        const auto parsed = json::parse(text + "\"end\":0}", "f");
        CHECK(parsed.value.size() == 200'001);
        CHECK(parsed.faults.size() == 1000);
    }
    SUBCASE("a text that stops anywhere is a fault and no crash") {
        const std::string whole = "{\"a\": [1, {\"b\": \"\\u00e9\"}], \"c\": -1.5e3, \"d\": null}";
        for (std::size_t length = 0; length < whole.size(); ++length) {
            const auto parsed = json::parse(whole.substr(0, length), "f");
            CHECK(parsed.faults.size() == 1);
            CHECK(parsed.document.line_of("/a/1/b") <= 1);
        }
    }
}
