// The report for machines: CSV, JSON, JUnit, and the commands of GitHub.
#include "json/schema.hpp"
#include "unit/report_support.hpp"

using namespace mlpath;
using namespace mlpath::test;

TEST_CASE("csv: no cell is a formula, and every row has the columns of its head") {
    for (const std::string begin :
         {"=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "  =1", "＝1", "＋1", "－1", "＠A"}) {
        CAPTURE(begin);
        auto report = small_report();
        report.portfolios.front().path = begin + ",\"x\"";
        const auto csv = to_csv(report);
        const auto row = csv.substr(csv.find("\r\n") + 2);
        CHECK((row.starts_with("\"'") || row.starts_with("\"\\")));  // in quotes: an apostrophe, or an escape shown
    }
    // Python's own reader: a comma, a quote, a line end and a semicolon move nothing.
    const auto folder = TemporaryFolder::make("mlpath-test-");
    for (const auto& report : {small_report(), hostile_report()}) {
        const auto csv = to_csv(report);
        CHECK_FALSE(steers_a_terminal(replace_all(csv, "\r\n", "\n")));
        REQUIRE(write_file(folder->path() / "r.csv", csv, Durability::cached));
        REQUIRE(write_file(folder->path() / "p.py", R"(
import csv, sys
rows = list(csv.reader(open(sys.argv[1], encoding="utf-8-sig", newline="")))
assert len(rows) == 3 and {len(row) for row in rows} == {18}, rows
)",
                           Durability::cached));
        const auto command =
            "/usr/bin/python3 -I " + (folder->path() / "p.py").string() + ' ' + (folder->path() / "r.csv").string();
        CHECK(std::system(command.c_str()) == 0);
    }
}

TEST_CASE("json: as the schema says, also where everything is hostile") {
    const auto schema =
        json::Schema::compile(*read_file(fs::path(MLPATH_SOURCE_DIR) / "curricula/schemas/report.schema.json"));
    REQUIRE(schema.has_value());
    auto full = small_report();
    full.message = "why";
    full.portfolios.front().message = "why";
    for (const auto& report : {small_report(), hostile_report(), full, [] {
                                   auto bare = small_report();
                                   bare.portfolios.front().commit.reset();
                                   bare.portfolios.front().dirty.reset();
                                   bare.portfolios.front().projects.back().id.clear();
                                   return bare;
                               }()}) {
        const auto text = to_json(report);
        CHECK_FALSE(steers_a_terminal(text));
        const auto parsed = json::parse(text, "report");
        REQUIRE(parsed.ok());
        const auto faults = schema->validate(parsed.document);
        CHECK_MESSAGE(faults.empty(), (faults.empty() ? "" : to_line(faults.front())));
    }
}

TEST_CASE("junit: XML that a real parser reads, with counts that are right") {
    CHECK(parsed_by_python(to_junit(small_report())) ==
          "iris.split/whole; iris.split/seeded failure; no-such in x/judged error; "
          "requirements/project:iris failure");
    const auto bad = to_junit(hostile_report());
    CHECK_FALSE(steers_a_terminal(bad));
    CHECK(parsed_by_python(bad).find("seeded failure") != std::string::npos);
    CHECK(bad.find("<script") == std::string::npos);
    CHECK(bad.find("]]>") == std::string::npos);
}

TEST_CASE("github: one command a line, and none that we did not write") {
    const auto text = to_github(small_report());
    CHECK(text.starts_with(
        "::error file=course/iris/split.py,title=iris%3A Split fairly::two calls with the seed 7 "
        "differ; expected the same lists; found other lists%0Alikely cause: the seed is not passed on\n"
        "::error file=course/x/.mlpath-project.json,title=no-such in x could not be judged::no project `no-such`\n"
        "::error title=required project%3Airis::`iris` fails\n"
        "::notice title=mlpath verify::verdict: fail (demanded: project:iris)%0A"));
    const auto bad = to_github(hostile_report());
    CHECK_FALSE(steers_a_terminal(bad));
    for (const auto line : lines(bad)) {
        CAPTURE(std::string(line));
        const bool ours = line.starts_with("::error file=") || line.starts_with("::warning file=") ||
                          line.starts_with("::error title=required ") ||
                          line.starts_with("::notice title=mlpath verify::");
        CHECK(ours);
        // Properties end at the first `::` behind the command: none of theirs may come earlier.
        const auto properties = line.substr(2, line.find("::", 2) - 2);
        CHECK(properties.find(',') == properties.rfind(','));
    }
    CHECK(bad.find("%250A") != std::string::npos);  // their %0A is no line end
}

TEST_CASE("github: an error is told once, at its line") {
    const SourcePlace syntax{.file = "textstats.py", .line = 9, .column = 12};
    const SourcePlace helper{.file = "tools/words.py", .line = 3};
    auto waiting = broken("later", {}, "waits for the other checks");
    waiting.finding.verdict = Verdict::skipped;
    const auto report = broken_report({
        broken("a", syntax, "textstats.py, line 9 is not valid Python"),
        broken("b", syntax, "textstats.py, line 9 is not valid Python"),
        // One exception, told with other words and another time each: still one error.
        broken("c", helper, "`python3 x.py` ended with exit code 1 after 0.4 s", "KeyError: 'a'"),
        broken("d", helper, "`python3 x.py` ended with exit code 1 after 0.5 s", "KeyError: 'a'"),
        broken("e", helper, "`f(2)` raised KeyError", "KeyError: 'b'"),
        broken("f", {}, "`f(2)` is wrong"),
        broken("g", syntax, "textstats.py, line 9 is not valid Python"),
        waiting,
    });
    const auto text = to_github(report);
    CHECK(text.starts_with(
        "::error file=course/iris/textstats.py,line=9,col=12,title=iris%3A Split fairly::textstats.py, line 9 is not "
        "valid Python%0AThe same error fails 2 other checks of this project.\n"
        "::error file=course/iris/tools/words.py,line=3,title=iris%3A Split fairly::`python3 x.py` ended with exit "
        "code 1 after 0.4 s%0AThe same error fails 1 other check of this project.\n"
        "::error file=course/iris/tools/words.py,line=3,title=iris%3A Split fairly::`f(2)` raised KeyError\n"
        "::error file=course/iris/textstats.py,title=iris%3A Split fairly::`f(2)` is wrong\n"
        "::notice title=mlpath verify::"));

    // What was only skipped is told once all the same: it decides.
    auto undecided = broken_report({waiting, waiting});
    undecided.portfolios.front().projects.front().verdict = Verdict::skipped;
    CHECK(
        to_github(undecided).starts_with("::warning file=course/iris/.mlpath-project.json,title=iris was "
                                         "skipped::waits for the other checks\n::notice "));
}

TEST_CASE("json and junit: the line of a failure, its error and its time") {
    auto report =
        broken_report({broken("a", {.file = "tools/words.py", .line = 3}, "`f(2)` raised KeyError", "KeyError: 'b'"),
                       broken("b", {}, "no")});
    auto& project = report.portfolios.front().projects.front();
    project.took = std::chrono::milliseconds(1234567);
    project.milestones.front().checks.front().took = std::chrono::milliseconds(50);
    report.begun = *parse_time("2026-11-20T06:27:11.123456Z");
    const auto json = Json::parse(to_json(report));
    const auto& checks = json["portfolios"][0]["projects"][0]["milestones"][0]["checks"];
    CHECK(checks[0]["file"] == "tools/words.py");
    CHECK(checks[0]["line"] == 3);
    CHECK_FALSE(checks[0].contains("column"));
    CHECK(checks[1]["file"] == "textstats.py");
    CHECK_FALSE(checks[1].contains("line"));

    const auto junit = to_junit(report);
    CHECK(parsed_by_python(junit) == "iris.split/a failure; iris.split/b failure");
    for (const auto* part :
         {"<testsuites name=\"mlpath verify\" tests=\"2\" failures=\"2\" errors=\"0\" time=\"1234.567\">",
          "<testsuite name=\".: iris\" tests=\"2\" failures=\"2\" errors=\"0\" time=\"1234.567\" skipped=\"0\" "
          "timestamp=\"2026-11-20T06:27:11\">",
          "<testcase classname=\"iris.split\" name=\"a\" time=\"0.050\">\n      <failure type=\"KeyError\" "
          "message=\"`f(2)` raised KeyError\">course/iris/tools/words.py:3&#10;It counts.",
          "<testcase classname=\"iris.split\" name=\"b\">\n      <failure type=\"python\" "
          "message=\"no\">course/iris/textstats.py&#10;It counts."}) {
        CAPTURE(junit);
        CHECK(junit.find(part) != std::string::npos);
    }
}
