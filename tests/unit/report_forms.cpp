// The forms of a report: valid, complete, and safe whatever a portfolio is called and whatever its programs print.
#include <doctest/doctest.h>
#include <unistd.h>

#include <algorithm>
#include <cstdlib>

#include "base/files.hpp"
#include "base/text.hpp"
#include "json/schema.hpp"
#include "report/report.hpp"

using namespace mlpath;
using namespace mlpath::report;
using checks::Verdict;

namespace {

const std::string hash_of_tool(64, 'a');
const std::string hash_of_library(64, 'b');
const std::string hash_of_data(64, 'd');

Report small_report() {
    checks::MilestoneResult split{.id = "split", .title = "Split fairly", .verdict = Verdict::fail};
    split.checks.push_back({"whole", "python", "Every row is used.", {.message = "every row is there"}});
    split.checks.push_back({"seeded",
                            "python",
                            "The same seed gives the same split.",
                            {.verdict = Verdict::fail,
                             .message = "two calls with the seed 7 differ",
                             .expected = "the same lists",
                             .actual = "other lists",
                             .because = "the seed is not passed on",
                             .look = "print both",
                             .facts = {{"n", 2}}},
                            "split.py"});
    ProjectReport iris{
        .id = "iris",
        .title = "Iris",
        .folder = "iris",
        .authorship = Authorship::own,
        .verdict = Verdict::fail,
        .python = run::Interpreter{.path = "/usr/bin/python3", .version = "3.11.2", .packages = {{"numpy", "1.24.2"}}},
        .seeds = {{"flowers", 1936}},
        .data_hashes = {{"flowers", hash_of_data}},
        .milestones = {split}};
    ProjectReport gone{.id = "no-such", .folder = "x", .message = "no project `no-such`"};
    PortfolioReport portfolio{.path = ".",
                              .from_root = "course",
                              .commit = std::string(40, 'c'),
                              .dirty = true,
                              .seed = 42,
                              .seed_from = "the content",
                              .verdict = Verdict::fail,
                              .left_out = {"iris/data/", "iris/model.pkl"},
                              .projects = {iris, gone},
                              .requirements = {{"project:iris", Verdict::fail, "`iris` fails"}}};
    return {.tool_version = "0.1.0",
            .tool_sha256 = hash_of_tool,
            .library_sha256 = hash_of_library,
            .library_origin = "built in",
            .command = {"mlpath", "verify", "."},
            .isolation = "none yet",
            .verdict = Verdict::fail,
            .portfolios = {portfolio}};
}

constexpr auto hostile =
    "a\n::error::owned\r\n]]> <script>alert(1)</script> &amp; \"q\" 'q' | `c` *b* [l](javascript:x) @you "
    "https://evil.example "
    "\x1b[31mred\x1b[0m \x07 \xFF\xFE \xEF\xBF\xBF %0A ##[error]x";

// The hostile text wherever something of outside may stand.
Report hostile_report() {
    auto report = small_report();
    auto& portfolio = report.portfolios.front();
    portfolio.path = hostile;
    portfolio.left_out = {hostile};
    report.command = {"mlpath", "verify", hostile};
    report.library_origin = hostile;
    portfolio.requirements = {{hostile, Verdict::fail, hostile}};
    for (auto& project : portfolio.projects) {
        project.id = hostile;
        project.folder = hostile;
        project.message = hostile;
        for (auto& milestone : project.milestones) {
            for (auto& check : milestone.checks) {
                check.finding.message = check.finding.expected = check.finding.actual = hostile;
                check.finding.because = check.finding.look = hostile;
                check.finding.warning = check.finding.drawing = hostile;
            }
        }
    }
    portfolio.projects.front().python->packages["numpy"] = hostile;
    return report;
}

bool steers_a_terminal(const std::string& text) {
    return std::ranges::any_of(text, [](char c) {
        const auto byte = static_cast<unsigned char>(c);
        return (byte < 0x20 && c != '\n' && c != '\t') || byte == 0x7F;
    });
}

// What Python's own parser makes of the XML, once it keeps the rules of Jenkins (tests/junit_rules.py): "testcase
// whole; testcase seeded: failure …".
std::string parsed_by_python(const std::string& xml) {
    const auto folder = TemporaryFolder::make("mlpath-test-");
    REQUIRE(write_file(folder->path() / "r.xml", xml, Durability::cached));
    REQUIRE(write_file(folder->path() / "p.py", R"(
import sys, xml.etree.ElementTree as tree
sys.path.insert(0, sys.argv[2])
from junit_rules import faults_of
faults = faults_of(open(sys.argv[1], encoding="utf-8").read())
assert not faults, faults
root = tree.parse(sys.argv[1]).getroot()
assert root.tag == "testsuites"
out = []
for suite in root:
    for case in suite.findall("testcase"):
        out.append(case.get("classname") + "/" + case.get("name") + "".join(" " + c.tag for c in case))
print("; ".join(out))
)",
                       Durability::cached));
    const auto out = folder->path() / "out";
    const auto command = "/usr/bin/python3 -I " + (folder->path() / "p.py").string() + ' ' +
                         (folder->path() / "r.xml").string() + " " MLPATH_SOURCE_DIR "/tests > " + out.string();
    const int code = std::system(command.c_str());
    CHECK(code == 0);
    return std::string(trim(read_file(out).value_or("")));
}

}  // namespace

TEST_CASE("a warning and a drawing stand in every form, also where the check passes") {
    auto report = small_report();
    auto& iris = report.portfolios.front().projects.front();
    auto& finding = iris.milestones.front().checks.front().finding;
    finding.warning = "suspicious: accuracy 1.000 is above 0.950";
    finding.drawing = "0.400 [|---o---@] 0.667";
    iris.milestones.front().checks.pop_back();
    iris.milestones.front().verdict = iris.verdict = Verdict::pass;
    for (const auto& [form, text] : {std::pair{"text", to_text(report)}, std::pair{"json", to_json(report)},
                                     std::pair{"junit", to_junit(report)}, std::pair{"markdown", to_markdown(report)},
                                     std::pair{"html", to_html(report)}, std::pair{"github", to_github(report)}}) {
        CAPTURE(form);
        CHECK(text.find("suspicious") != std::string::npos);
        CHECK((text.find("---o---") != std::string::npos || std::string_view(form) == "github"));
        // Who has not seen such a picture reads what it means.
        const bool has_legend = text.find("8 two") != std::string::npos;
        CHECK(has_legend == (text.find("---o---") != std::string::npos && std::string_view(form) != "json"));
    }
    CHECK(to_github(report).find("::warning ") != std::string::npos);
}

TEST_CASE("text: what a person needs, in a few lines") {
    CHECK(
        to_text(small_report()) ==
        ". fails: 0 of 2 projects pass\n"
        "  seed 42 (from the content), commit cccccccccccc, with changes that are not committed; seeds of the splits: "
        "flowers 1936\n"
        "  required project:iris: fail, `iris` fails\n"
        "  iris fails: 0 of 1 milestone, own work\n"
        "    fail  Split fairly\n"
        "      fail  seeded: two calls with the seed 7 differ\n"
        "        expected: the same lists\n"
        "        found: other lists\n"
        "        likely cause: the seed is not passed on\n"
        "        to look further: print both\n"
        "  no-such in x could not be judged\n"
        "    no project `no-such`\n"
        "  not taken: iris/data/, iris/model.pkl\n"
        "judged by mlpath 0.1.0, SHA-256 " +
            hash_of_tool + "; library built in, SHA-256 " + hash_of_library +
            "; isolation: none yet\n"
            "with Python 3.11.2 (numpy 1.24.2) for iris\n"
            "with data flowers, SHA-256 " +
            hash_of_data +
            " for iris\n"
            "again: mlpath verify .\n"
            "verdict: fail (demanded: project:iris)\n");
}

TEST_CASE("of several portfolios each has a line before the details, and what passes is folded") {
    const auto project = [](const char* id, Verdict verdict) {
        checks::MilestoneResult read{.id = "read", .title = "Read it"};
        read.checks.push_back({"a", "python", "It reads.", {.message = "read"}});
        checks::MilestoneResult count{.id = "count", .title = "Count it", .verdict = verdict};
        count.checks.push_back({"b", "python", "It counts.", {.verdict = verdict, .message = "counted 3"}});
        count.checks.push_back({"c", "python", "It counts more.", {.verdict = verdict, .message = "counted 3"}});
        if (verdict != Verdict::pass) {
            count.checks.push_back({"d", "score", "It is good.", {.verdict = Verdict::skipped, .message = "waits"}});
        }
        return ProjectReport{
            .id = id, .folder = id, .authorship = Authorship::own, .verdict = verdict, .milestones = {read, count}};
    };
    Report report{.tool_version = "0.1.0",
                  .verdict = Verdict::fail,
                  .portfolios = {{.path = "anna",
                                  .seed_from = "the content",
                                  .projects = {project("iris", Verdict::pass), project("titanic", Verdict::pass)}},
                                 {.path = "students/ben",
                                  .seed_from = "the content",
                                  .verdict = Verdict::fail,
                                  .projects = {project("iris", Verdict::pass), project("titanic", Verdict::fail)}},
                                 {.path = "clara",
                                  .seed_from = "the content",
                                  .verdict = Verdict::error,
                                  .message = "the folder cannot be read"}}};
    CHECK(
        to_text(report).starts_with("1 of 3 portfolios passes\n"
                                    "  pass     anna          2 of 2 projects pass\n"
                                    "  fail     students/ben  1 of 2 projects passes  first: titanic, Count it\n"
                                    "  error    clara                                 first: the folder cannot be "
                                    "read\n"
                                    "\n"
                                    "anna passes: 2 of 2 projects pass\n"
                                    "  seed 0 (from the content)\n"
                                    "  iris passes: 2 of 2 milestones, own work\n"
                                    "  titanic passes: 2 of 2 milestones, own work\n"
                                    "students/ben fails: 1 of 2 projects passes\n"
                                    "  seed 0 (from the content)\n"
                                    "  iris passes: 2 of 2 milestones, own work\n"
                                    "  titanic fails: 1 of 2 milestones, own work\n"
                                    "    pass  Read it\n"
                                    "    fail  Count it\n"
                                    "      fail  b: counted 3\n"
                                    "      fail  c: the same as above\n"
                                    "      skipped  d\n"
                                    "clara could not be judged\n"
                                    "  the folder cannot be read\n"
                                    "judged by "));
    CHECK(to_markdown(report).find("\n1 of 3 portfolios passes.\n\n| portfolio | verdict | projects | first failure "
                                   "|\n|---|---|---|---|\n| anna | pass | 2 of 2 projects pass |  |\n| students/ben | "
                                   "fail | 1 of 2 projects passes | titanic, Count it |\n") != std::string::npos);

    const auto html = to_html(report);
    CHECK(html.find("<tr><th scope=\"row\"><a href=\"#portfolio-2\">students/ben</a></th><td><span "
                    "class=\"fail\">fail</span></td><td>1 of 2 projects passes</td><td>titanic, Count "
                    "it</td></tr>") != std::string::npos);
    CHECK(html.find("<section id=\"portfolio-2\">") != std::string::npos);
    // Of all the projects the one that fails lies open.
    CHECK(html.find("<details open>") == html.rfind("<details open>"));
    CHECK(html.find("<details open>\n<summary><h3 class=\"fail\">titanic fails") != std::string::npos);

    const auto csv = to_csv(report);
    CHECK(
        csv.starts_with("\xEF\xBB\xBF"
                        "portfolio,portfolio verdict,project,project verdict,counts,milestones "
                        "passed,milestones,first failure,found,likely cause,file,line,authorship,required,commit,"
                        "changes not committed,seed\r\n"
                        "anna,pass,iris,pass,yes,2,2,,,,,,own work,,,,0\r\n"));
    CHECK(csv.find("\r\nstudents/ben,fail,titanic,fail,yes,1,2,Count it,counted 3,,,,own work,,,,0\r\n") !=
          std::string::npos);
    CHECK(csv.ends_with("\r\nclara,error,,,,,,,the folder cannot be read,,,,,,,,0\r\n"));
}

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
assert len(rows) == 3 and {len(row) for row in rows} == {17}, rows
)",
                           Durability::cached));
        const auto command =
            "/usr/bin/python3 -I " + (folder->path() / "p.py").string() + ' ' + (folder->path() / "r.csv").string();
        CHECK(std::system(command.c_str()) == 0);
    }
}

TEST_CASE("html: one page without script, in which text stays text") {
    for (const auto& report : {small_report(), hostile_report()}) {
        const auto html = to_html(report);
        CHECK_FALSE(steers_a_terminal(html));
        for (const auto* act :
             {"<script", "javascript:x\"", "src=", "http-equiv=\"refresh", "<a href=\"http", "onerror"}) {
            CAPTURE(act);
            CHECK(html.find(act) == std::string::npos);
        }
        const auto folder = TemporaryFolder::make("mlpath-test-");
        REQUIRE(write_file(folder->path() / "r.html", html, Durability::cached));
        // Every element is closed in its turn, and none is that we did not write.
        REQUIRE(write_file(folder->path() / "p.py", R"(
import sys
from html.parser import HTMLParser

OURS = set("html head meta title style body main section h1 h2 h3 h4 p table caption thead tbody tr th td a details "
           "summary div span dl dt dd pre code ul li".split())

class Reader(HTMLParser):
    def __init__(self):
        super().__init__()
        self.open, self.headings = [], []
    def handle_starttag(self, tag, attrs):
        assert tag in OURS, tag
        assert {name for name, _ in attrs} <= {"lang", "charset", "name", "content", "http-equiv", "class", "scope",
                                               "href", "id", "open", "tabindex"}, attrs
        if tag != "meta":
            self.open.append(tag)
        if tag in ("h1", "h2", "h3", "h4"):
            self.headings.append(int(tag[1]))
    def handle_endtag(self, tag):
        assert self.open.pop() == tag, tag

reader = Reader()
reader.feed(open(sys.argv[1], encoding="utf-8").read())
assert not reader.open, reader.open
assert reader.headings[0] == 1 and reader.headings.count(1) == 1
for before, after in zip(reader.headings, reader.headings[1:]):
    assert after <= before + 1, reader.headings
)",
                           Durability::cached));
        const auto command =
            "/usr/bin/python3 -I " + (folder->path() / "p.py").string() + ' ' + (folder->path() / "r.html").string();
        CHECK(std::system(command.c_str()) == 0);
    }
}

TEST_CASE("what is not demanded is told, and fails nowhere") {
    auto report = small_report();
    auto& portfolio = report.portfolios.front();
    auto again = portfolio.projects.front();
    again.folder = "spring";
    again.standing = Standing::not_needed;
    auto broken = ProjectReport{.folder = "old", .standing = Standing::not_demanded, .message = "torn"};
    broken.verdict = Verdict::skipped;
    portfolio.projects = {
        {.id = "iris", .folder = "iris", .verdict = Verdict::pass},
        again,
        {.id = "titanic", .folder = "titanic", .standing = Standing::not_demanded, .verdict = Verdict::skipped},
        broken};
    portfolio.verdict = report.verdict = portfolio.requirements.front().verdict = Verdict::pass;

    const auto text = to_text(report);
    CHECK(text.starts_with(". passes, as far as it is demanded\n"));
    CHECK(text.find("  iris in spring fails, and is not needed: 0 of 1 milestone, own work\n") != std::string::npos);
    CHECK(text.find("  titanic is also here, not demanded\n  old/ is also here, not demanded\n    torn\n") !=
          std::string::npos);
    CHECK(text.ends_with("verdict: pass (demanded: project:iris)\n"));

    CHECK(parsed_by_python(to_junit(report)) ==
          "iris/judged; iris in spring.split/whole; iris in spring.split/seeded skipped; titanic/judged skipped; "
          "old//judged skipped; requirements/project:iris");
    CHECK(to_junit(report).find("message=\"not needed, as what is demanded holds without it: fail: two calls") !=
          std::string::npos);

    const auto github = to_github(report);
    CHECK(github.find("::error") == std::string::npos);
    CHECK(github.find("::warning") == std::string::npos);
    CHECK(github.starts_with("::notice file=course/spring/split.py,title=iris in spring%3A Split fairly::two calls"));
    CHECK(
        github.find("::notice file=course/old/.mlpath-project.json,title=old/ is also here%2C not demanded::torn\n") !=
        std::string::npos);
    CHECK(github.find("%0Atitanic is also here, not demanded%0A") != std::string::npos);

    const auto markdown = to_markdown(report);
    CHECK(markdown.find("| iris in spring | fail, not needed | 0 of 1 milestone | own work |\n") != std::string::npos);
    CHECK(markdown.find("| titanic | not demanded | not judged | |\n") != std::string::npos);
    CHECK(markdown.find("### titanic") == std::string::npos);
    CHECK(markdown.find("### old/\n\ntorn\n") != std::string::npos);

    portfolio.verdict = Verdict::fail;
    portfolio.projects.erase(portfolio.projects.begin(), portfolio.projects.begin() + 2);
    CHECK(to_text(report).starts_with(". fails: it holds nothing that is demanded\n"));
}

TEST_CASE("what is required is told of each portfolio by its name, in every form") {
    const auto portfolio = [](const char* path, Verdict verdict, const char* message) {
        return PortfolioReport{.path = path,
                               .seed_from = "the content",
                               .verdict = verdict,
                               .projects = {{.id = "iris", .folder = "iris", .verdict = Verdict::pass}},
                               .requirements = {{"own", Verdict::pass, "all of it is the learner's own work"},
                                                {"project:titanic", verdict, message}}};
    };
    Report report{.verdict = Verdict::fail,
                  .portfolios = {portfolio("anna", Verdict::pass, "it holds"),
                                 portfolio("ben", Verdict::fail, "`titanic` is not there")}};

    const auto text = to_text(report);
    CHECK(text.starts_with("1 of 2 portfolios passes\n"));
    CHECK(text.find("\nanna passes\n") != std::string::npos);
    CHECK(text.find("  required project:titanic of anna: pass, it holds\n") != std::string::npos);
    // Every project of his that is there passes, and he does not.
    CHECK(text.find("\nben fails\n") != std::string::npos);
    CHECK(text.find("  required project:titanic of ben: fail, `titanic` is not there\n") != std::string::npos);
    CHECK(text.ends_with("verdict: fail (demanded of each: own, project:titanic)\n"));

    CHECK(parsed_by_python(to_junit(report)) ==
          "iris/judged; anna: requirements/own; anna: requirements/project:titanic; iris/judged; "
          "ben: requirements/own; ben: requirements/project:titanic failure");

    CHECK(to_github(report).find("::error title=required project%3Atitanic of ben::`titanic` is not there\n") !=
          std::string::npos);
    CHECK(to_github(report).find("of anna") == std::string::npos);

    const auto markdown = to_markdown(report);
    CHECK(markdown.find("| project:titanic of anna | pass | it holds |\n") != std::string::npos);
    CHECK(markdown.find("| project:titanic of ben | fail | \\`titanic\\` is not there |\n") != std::string::npos);

    const auto json = Json::parse(to_json(report));
    CHECK(json["portfolios"][0]["requirements"][1]["verdict"] == "pass");
    CHECK(json["portfolios"][1]["requirements"][1]["message"] == "`titanic` is not there");
    CHECK(json["requirements"].size() == 2);
    CHECK(json["requirements"][0]["message"] == "it holds for each of the 2 portfolios");
    CHECK(json["requirements"][1]["verdict"] == "fail");
    CHECK(json["requirements"][1]["message"] == "ben: `titanic` is not there");
}

TEST_CASE("a portfolio or project without a name of its own is called by its folder, and says why") {
    Report report{.tool_version = "0.1.0",
                  .verdict = Verdict::error,
                  .portfolios = {{.path = "w", .verdict = Verdict::error, .projects = {{.message = "torn"}}},
                                 {.path = "e", .verdict = Verdict::error, .message = "there is nothing in it"}}};
    CHECK(to_text(report).find("  w/ could not be judged\n    torn\n") != std::string::npos);
    CHECK(to_text(report).find("e could not be judged\n  there is nothing in it\n") != std::string::npos);
    CHECK(to_markdown(report).find("| w/ | error | 0 of 0 milestones | authorship unknown |\n") != std::string::npos);
    CHECK(to_markdown(report).find("\n### w/\n\ntorn\n") != std::string::npos);
    CHECK(to_markdown(report).find("## e\n\nthere is nothing in it\n") != std::string::npos);
    CHECK(
        to_github(report).starts_with("::error file=.mlpath-project.json,title=w/ could not be judged::torn\n"
                                      "::error title=e could not be judged::there is nothing in it\n"));
    CHECK(parsed_by_python(to_junit(report)) == "w//judged error; e/judged error");
}

TEST_CASE("every form carries what reproduces the verdict") {
    const auto report = small_report();
    const std::vector<std::pair<const char*, std::string>> forms{
        {"text", to_text(report)},
        {"json", to_json(report)},
        {"junit", to_junit(report)},
        {"github", to_github(report)},
        {"markdown", replace_all(to_markdown(report), "\\", "")}};
    for (const auto& [name, text] : forms) {
        for (const auto* needed : {hash_of_tool.c_str(), hash_of_library.c_str(), hash_of_data.c_str(), "cccccccccccc",
                                   "42", "1936", "1.24.2", "3.11.2", "none yet", "the seed is not passed on"}) {
            CAPTURE(name);
            CAPTURE(needed);
            CHECK(text.find(needed) != std::string::npos);
        }
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

namespace {

// A check of text-analyzer's that fails at a line of the learner's.
checks::CheckResult broken(const std::string& id, const SourcePlace& place, const std::string& message,
                           const std::string& raised = {}) {
    return {id,
            "python",
            "It counts.",
            {.verdict = Verdict::fail, .message = message, .place = place, .raised = raised},
            "textstats.py"};
}

Report broken_report(std::vector<checks::CheckResult> checks) {
    auto report = small_report();
    report.portfolios.front().requirements.clear();
    report.portfolios.front().projects = {
        {.id = "iris",
         .folder = "iris",
         .verdict = Verdict::fail,
         .milestones = {{"split", "Split fairly", Verdict::fail, std::move(checks)}}}};
    return report;
}

}  // namespace

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

namespace {

// What CommonMark reads as text: without its spans of code, which end where as many backticks stand as they begin with.
std::string outside_code(std::string_view text) {
    std::string outside;
    while (!text.empty()) {
        const auto begin = text.find('`');
        outside += text.substr(0, begin);
        if (begin == std::string_view::npos) {
            break;
        }
        if (outside.ends_with('\\')) {
            outside += '`';
            text.remove_prefix(begin + 1);
            continue;
        }
        text.remove_prefix(begin);
        const auto fence = text.substr(0, text.find_first_not_of('`'));
        std::size_t end = fence.size();
        for (;;) {
            end = text.find(fence, end);
            REQUIRE(end != std::string_view::npos);
            const auto run = text.substr(end, text.find_first_not_of('`', end) - end);
            if (run.size() == fence.size()) {
                break;
            }
            end += run.size();
        }
        text.remove_prefix(end + fence.size());
    }
    return outside;
}

}  // namespace

TEST_CASE("markdown: a summary in which text stays text") {
    const auto text = to_markdown(small_report());
    CHECK(text.starts_with("# Portfolio report: fail \\(demanded: project:iris\\)\n\n## .\n\n"));
    CHECK(text.find("| iris | fail | 0 of 1 milestone | own work |\n") != std::string::npos);
    auto bad = to_markdown(hostile_report());
    CHECK_FALSE(steers_a_terminal(bad));
    // The command stands in a fence that nothing in it can close, for copying.
    CHECK(bad.find("- again: `` mlpath verify ") != std::string::npos);
    CHECK(bad.ends_with(" ``\n"));
    bad = outside_code(bad);
    for (const auto* act : {"<script", "](javascript", " @you", "https://evil", " *b*", "\n::error"}) {
        CAPTURE(act);
        CHECK(bad.find(act) == std::string::npos);
    }
    for (const auto line : lines(bad)) {
        if (line.starts_with("| ")) {  // every row of a table has the columns of its head, however its text is
            const auto plain = replace_all(std::string(line), "\\|", "");
            CHECK((std::ranges::count(plain, '|') == 5 || std::ranges::count(plain, '|') == 4));
        }
    }
}

TEST_CASE("text: nothing that a terminal would act upon") {
    const auto text = to_text(hostile_report());
    CHECK_FALSE(steers_a_terminal(text));
    CHECK(is_utf8(text));
    CHECK(text.find("\n::error") == std::string::npos);
}

TEST_CASE("the command that reproduces it can be pasted into a shell") {
    auto report = small_report();
    report.command = {"mlpath", "verify", "my work", "it's", "", "$(rm -rf ~)"};
    CHECK(to_text(report).find("again: mlpath verify 'my work' 'it'\\''s' '' '$(rm -rf ~)'\n") != std::string::npos);
}
