// A small report, one in which everything of outside is hostile, and what real readers make of the forms.
#pragma once

#include <doctest/doctest.h>

#include <algorithm>
#include <cstdlib>
#include <string>
#include <vector>

#include "base/files.hpp"
#include "base/text.hpp"
#include "report/report.hpp"

namespace mlpath::test {

using namespace report;
using checks::Verdict;

inline const std::string hash_of_tool(64, 'a');
inline const std::string hash_of_library(64, 'b');
inline const std::string hash_of_data(64, 'd');

inline report::Report small_report() {
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

inline constexpr auto hostile =
    "a\n::error::owned\r\n]]> <script>alert(1)</script> &amp; \"q\" 'q' | `c` *b* [l](javascript:x) @you "
    "https://evil.example "
    "\x1b[31mred\x1b[0m \x07 \xFF\xFE \xEF\xBF\xBF %0A ##[error]x";

// The hostile text wherever something of outside may stand.
inline report::Report hostile_report() {
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

inline bool steers_a_terminal(const std::string& text) {
    return std::ranges::any_of(text, [](char c) {
        const auto byte = static_cast<unsigned char>(c);
        return (byte < 0x20 && c != '\n' && c != '\t') || byte == 0x7F;
    });
}

// What Python's own parser makes of the XML, once it keeps the rules of Jenkins (tests/junit_rules.py): "testcase
// whole; testcase seeded: failure …".
inline std::string parsed_by_python(const std::string& xml) {
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

// A check of text-analyzer's that fails at a line of the learner's.
inline checks::CheckResult broken(const std::string& id, const SourcePlace& place, const std::string& message,
                                  const std::string& raised = {}) {
    return {id,
            "python",
            "It counts.",
            {.verdict = Verdict::fail, .message = message, .place = place, .raised = raised},
            "textstats.py"};
}

inline report::Report broken_report(std::vector<checks::CheckResult> checks) {
    auto report = small_report();
    report.portfolios.front().requirements.clear();
    report.portfolios.front().projects = {
        {.id = "iris",
         .folder = "iris",
         .verdict = Verdict::fail,
         .milestones = {{"split", "Split fairly", Verdict::fail, std::move(checks)}}}};
    return report;
}

}  // namespace mlpath::test
