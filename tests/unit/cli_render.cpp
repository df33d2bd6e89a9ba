#include <doctest/doctest.h>

#include "render/error.hpp"
#include "render/findings.hpp"
#include "render/live.hpp"
#include "render/page.hpp"
#include "render/prose.hpp"
#include "render/text.hpp"
#include "render/verify_progress.hpp"

using namespace mlpath;
using namespace mlpath::cli;

namespace {

Terminal narrow(std::size_t width) {
    Terminal terminal;
    terminal.is_terminal = true;
    terminal.width = width;
    return terminal;
}

}  // namespace

TEST_CASE("width counts columns, not bytes") {
    CHECK(display_width("abc") == 3);
    CHECK(display_width("naïve") == 5);
    CHECK(display_width("e\u0301") == 1);
    CHECK(display_width("日本") == 4);
    CHECK(display_width("\xff") == 1);
    CHECK(display_width("\xe2\x82") == 2);
}

TEST_CASE("wrapping breaks at blanks and leaves long words whole") {
    using Lines = std::vector<std::string>;
    CHECK(wrap("one two three", 7) == Lines{"one two", "three"});
    // Nothing is squeezed, and code between backticks is never broken: whoever pastes it gets what was meant.
    CHECK(wrap("one  two", 20) == Lines{"one  two"});
    CHECK(wrap("one  two", 5) == Lines{"one", "two"});
    CHECK(wrap("so `words('three  four')` is wrong", 12) == Lines{"so", "`words('three  four')`", "is wrong"});
    CHECK(wrap("an `open tick", 8) == Lines{"an `open", "tick"});
    CHECK(wrap("  first\n    further in\n\nlast", 40) == Lines{"first", "    further in", "", "last"});
    CHECK(wrap("a /very/long/path b", 6) == Lines{"a", "/very/long/path", "b"});
    CHECK(wrap("日本 日本", 5) == Lines{"日本", "日本"});
    CHECK(wrap("", 5) == Lines{""});
    CHECK(wrap("a\nb", 5) == Lines{"a", "b"});
}

TEST_CASE("shortening marks the cut and never passes the width") {
    CHECK(shorten("abcdef", 6, true) == "abcdef");
    CHECK(shorten("abcdef", 5, true) == "abcd…");
    CHECK(shorten("abcdef", 5, false) == "ab...");
    CHECK(display_width(shorten("日本日本", 5, true)) <= 5);
}

TEST_CASE("ASCII keeps the sense") {
    CHECK(to_ascii("Analyzer — show ≥ 3 “words”…") == "Analyzer - show >= 3 \"words\"...");
    CHECK(to_ascii("日") == "?");
}

TEST_CASE("Markdown is shown without its marks, wrapped, with its code as it is") {
    const std::string markdown =
        "# Why\n\nA **term** and `code`, on\ntwo lines of the author's.\n\n- one\n- two\n\n"
        "```\ncode  that is longer than the terminal is wide\n```\n\n\x1b[31mred\n";
    Page page(narrow(20));
    REQUIRE(write_prose(page, markdown));
    const auto shown = page.take();
    CHECK(shown ==
          "Why\n\nA term and `code`,\non two lines of the\nauthor's.\n\n- one\n- two\n\n"
          "    code  that is longer than the terminal is wide\n\n\\x1b[31mred\n");
}

TEST_CASE("a labeled line hangs beside its label") {
    Page page(narrow(24));
    page.labelled("error:", Tone::bad, "one two three four five six");
    CHECK(page.take() == "error: one two three\n       four five six\n");
}

TEST_CASE("the indent of a paragraph is that of all its lines") {
    Page page(narrow(24));
    page.line("    one two three four five six");
    CHECK(page.take() == "    one two three four\n    five six\n");
}

TEST_CASE("a table aligns, wraps its last column, and stacks where there is no room") {
    const std::vector<std::vector<std::string>> rows{{"a", "first thing"}, {"long-name", "second"}};
    Page wide(narrow(60));
    CHECK(wide.table(rows, 2).take() == "  a          first thing\n  long-name  second\n");
    Page tight(narrow(20));
    CHECK(tight.table({{"a-rather-long-name", "said of it"}}).take() == "a-rather-long-name\n    said of it\n");
    Page pipe{Terminal{}};
    CHECK(pipe.table({{"a", std::string(300, 'x')}}).take() == "a  " + std::string(300, 'x') + "\n");
}

TEST_CASE("what comes from outside cannot command the terminal") {
    Page page{Terminal{}};
    page.line("red \x1b[31m bell \x07").verbatim("\x1b]0;title\x07");
    CHECK(page.take().find('\x1b') == std::string::npos);
}

TEST_CASE("an error tells message, place and hint, each once") {
    Page page{Terminal{}};
    write_error(page, {ErrorKind::malformed, "no topic `numpyy`", {"levels.json", "/stages/0", 12}, "see `numpy`"});
    CHECK(page.take() == "error: no topic `numpyy`\n  at levels.json:12: /stages/0\nhint: see `numpy`\n");
    write_error(page, {ErrorKind::io, "cannot read levels.json: gone", {"levels.json", "", 0}, ""});
    CHECK(page.take() == "error: cannot read levels.json: gone\n");
    const auto json = error_json({ErrorKind::network, "no way", {}, "try later"});
    CHECK(json.dump() == R"({"format":1,"error":{"kind":"network","message":"no way","hint":"try later","exit":3}})");
}

TEST_CASE("a finding says in words what was expected, what came, and what is likely") {
    checks::MilestoneResult milestone{"split", "An honest split", checks::Verdict::fail, {}};
    milestone.checks.push_back({"shape", "python", "The split has two parts", {}});
    checks::Finding finding;
    finding.verdict = checks::Verdict::fail;
    finding.message = "30 test rows are all virginica";
    finding.expected = "about a third of each";
    finding.actual = "30 of virginica";
    finding.because = "the file is sorted by species";
    finding.look = "shuffle before you split";
    milestone.checks.push_back({"shuffled", "python", "The split is shuffled", finding});
    Page page{Terminal{}};
    write_milestone(page, milestone);
    CHECK(page.take() ==
          "fail  An honest split\n"
          "  pass  The split has two parts\n"
          "  fail  The split is shuffled\n"
          "        found    30 test rows are all virginica\n"
          "        expected about a third of each\n"
          "        got      30 of virginica\n"
          "        likely   the file is sorted by species\n"
          "        look     shuffle before you split\n");
    milestone.checks.push_back({"again", "python", "And again", finding});
    write_milestone(page, milestone);
    CHECK(page.take().ends_with("  fail  And again\n        found    the same as above\n"));
    milestone.checks.back().finding.actual = "29 of virginica";
    write_milestone(page, milestone);
    CHECK(page.take().find("the same as above") == std::string::npos);
    const auto json = json_of(milestone);
    CHECK(json["checks"][1]["because"] == "the file is sorted by species");
    CHECK_FALSE(json["checks"][0].contains("message"));
}

TEST_CASE("a bar is as long as it says") {
    CHECK(bar(0.5, 4, false) == "[##--]");
    CHECK(bar(2, 4, false) == "[####]");
    CHECK(display_width(bar(0.3, 10, true)) == 12);
}

TEST_CASE("verify tells a log how far it is, at intervals, and by name") {
    using namespace std::chrono_literals;
    const VerifyProgress::Moment begun{};
    VerifyProgress progress(begun);
    CHECK_FALSE(progress.due(begun + 20s).has_value());  // nothing is at work yet
    progress.begins(1, 3, "anna/iris");
    progress.begins(2, 3, "ben/iris");
    progress.milestone(1, "Load the flowers");
    progress.milestone(2, "Split fairly");
    // What happened last, under its own name.
    CHECK(progress.live() == "verifying ben/iris: Split fairly (0 of 3 done)");
    progress.milestone(1, "Split fairly");
    CHECK(progress.live() == "verifying anna/iris: Split fairly (0 of 3 done)");
    CHECK(progress.due(begun + 9s) == std::nullopt);
    CHECK(progress.last(begun + 9s) == std::nullopt);  // what is over so soon needs no line
    CHECK(progress.due(begun + 10s) == "0 of 3 done, at work on anna/iris: Split fairly; 10 s so far");
    CHECK(progress.due(begun + 19s) == std::nullopt);
    progress.ended(2, checks::Verdict::pass);
    CHECK(progress.live() == "verifying anna/iris: Split fairly (1 of 3 done)");
    progress.begins(3, 3, "carl");
    CHECK(progress.live() == "verifying carl (1 of 3 done)");
    CHECK(progress.due(begun + 41s) == "1 of 3 done: ben/iris passes; 41 s so far");
    CHECK(progress.due(begun + 51s) == "1 of 3 done, at work on anna/iris: Split fairly; 51 s so far");
    CHECK(progress.due(begun + 61s) == std::nullopt);  // less often from the second minute on
    progress.ended(3, checks::Verdict::error);
    progress.ended(1, checks::Verdict::fail);
    CHECK(progress.live() == "verifying (3 of 3 done)");
    CHECK(progress.last(begun + 65s) == "3 of 3 done in 1 min 5 s");
}
