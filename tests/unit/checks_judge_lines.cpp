#include "checks/judge_lines.hpp"

#include <doctest/doctest.h>

#include "base/files.hpp"
#include "base/text.hpp"

using namespace mlpath;
using namespace mlpath::checks;

TEST_CASE("a line's word and name are read from its beginning") {
    CHECK(word_of(R"({"do": "call", "name": "iris.load", "args": []})") == "call");
    CHECK(name_of(R"({"do": "call", "name": "iris.load", "args": []})") == "iris.load");
    for (const std::string line : {"", "{}", R"({"do": 1})", R"({"do": "ca)", R"({"do":)"}) {
        CAPTURE(line);
        CHECK(word_of(line).empty());
    }
    CHECK(word_of(std::string(400, ' ') + R"({"do": "call"})").empty());
}

TEST_CASE("a verdict is read, and what is none is nobody's fault") {
    const auto finding = read_verdict(
        R"({"verdict": "fail", "message": "m", "actual": 3, "raised": "KeyError: 'a'", "facts": {"n": 2, "x": "y"},
            "measurements": [{"name": "a", "kind": "series", "values": [1, 2]}, {"name": "b", "kind": "pie"}, 7]})",
        {});
    CHECK(finding.verdict == Verdict::fail);
    CHECK(finding.message == "m");
    CHECK(finding.actual.empty());
    CHECK(finding.because.find("no such key") != std::string::npos);
    CHECK(finding.facts == std::map<std::string, double>{{"n", 2}});
    CHECK(finding.measurements == std::vector<Measurement>{{"a", Series{{1, 2}}}});
    for (const std::string line :
         {"", "[]", "{}", R"({"verdict": "maybe"})", R"({"verdict": 1})", R"({"verdict": "pass"} {)"}) {
        CAPTURE(line);
        CHECK(read_verdict(line, {}).verdict == Verdict::error);
    }
    const auto umlauts = replace_all(std::string(max_verdict_text, 'x'), "xx", "\xc3\xbc");  // cut after half of one
    const auto cut = read_verdict(R"({"verdict": "fail", "message": "y)" + umlauts + "\"}", {});
    CHECK(cut.message.size() < max_verdict_text + 20);
    CHECK(is_utf8(cut.message));
}

TEST_CASE("the line that a failure names tells the cause where the exception alone does not") {
    const auto folder = *TemporaryFolder::make("mlpath-test-");
    REQUIRE(
        write_file(folder.path() / "work.py", "def f(a):\n    if a === 1:\n        return 2\n", Durability::cached));
    const auto because = [&](const std::string& place) {
        return read_verdict(
                   R"({"verdict": "fail", "message": "m", "raised": "SyntaxError: invalid syntax", "place": )" + place +
                       "}",
                   {.folder = folder.path()})
            .because;
    };
    CHECK(because(R"({"file": "work.py", "line": 2})") ==
          "In Python two values are compared by `==`; there is no `===`.");
    CHECK(because("{}").starts_with("A missing bracket"));
    CHECK(because(R"({"file": "work.py", "line": 99})").starts_with("A missing bracket"));
}

TEST_CASE("the line that a failure names is one of the project, or none") {
    const auto place = [](const std::string& told) {
        return read_verdict(R"({"verdict": "fail", "message": "m", "place": )" + told + "}", {}).place;
    };
    const auto whole = place(R"({"file": "pack/work.py", "line": 9, "column": 12})");
    CHECK(whole.file == "pack/work.py");
    CHECK(whole.line == 9);
    CHECK(whole.column == 12);
    CHECK(place(R"({"file": "work.py", "line": 9})").column == 0);
    CHECK(place(R"({"file": "work.py", "line": 9, "column": 99999999999})").column == 0);
    for (const std::string told :
         {"{}", "7", R"({"file": "work.py"})", R"({"line": 9})", R"({"file": "../work.py", "line": 9})",
          R"({"file": "/etc/passwd", "line": 9})", R"({"file": "work.py", "line": 0})",
          R"({"file": "work.py", "line": -1})", R"({"file": "work.py", "line": 1.5})",
          R"({"file": "work.py", "line": 99999999999})", R"({"file": ["work.py"], "line": 9})"}) {
        CAPTURE(told);
        CHECK(place(told).file.empty());
        CHECK(place(told).line == 0);
    }
}

TEST_CASE("a file is laid inside or not at all") {
    const auto file = read_lay(R"({"do": "lay", "path": "data/x.csv", "text": "a\n"})");
    REQUIRE(file);
    CHECK(file->path == "data/x.csv");
    CHECK(file->bytes == "a\n");
    for (const std::string line :
         {R"({"path": "../x", "text": ""})", R"({"path": "/x", "text": ""})", R"({"path": "x"})",
          R"({"path": "x", "text": 1})", R"({"path": "a\u0000b", "text": ""})", "7"}) {
        CAPTURE(line);
        CHECK_FALSE(read_lay(line));
    }
}
