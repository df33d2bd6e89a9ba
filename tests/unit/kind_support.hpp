// What the tests of kinds share (core/checks/kinds/<name>/test.cpp): the worlds of the checks, models that learners
// would write, and the library `sink`, which uses most kinds, for lint and what a milestone tells.
#pragma once

#include <string>
#include <vector>

#include "base/text.hpp"
#include "base/walk.hpp"
#include "unit/checks_support.hpp"
#include "unit/library_support.hpp"

namespace mlpath::test {

inline void expect(const checks::Finding& finding, checks::Verdict verdict, std::string_view words) {
    CHECK_MESSAGE(finding.verdict == verdict, told(finding));
    CHECK_MESSAGE(tells(finding, words), told(finding));
}

// A file of the learner's with a text, and what a check says of it; no words: it passes.
struct FileCase {
    const char* what;
    std::string text;
    const char* check;
    const char* told;
};

inline void judge_files(World& world, const std::string& name, const std::vector<FileCase>& cases) {
    for (const auto& [what, text, check, words] : cases) {
        CAPTURE(what);
        world.source(name, text);
        expect(world.judge(check), *words == '\0' ? checks::Verdict::pass : checks::Verdict::fail, words);
    }
}

// A check of the predictions for the sample rows; `more` begins with a comma.
inline std::string check_of_predictions(const std::string& kind, const std::string& more = {}) {
    return R"({"kind":")" + kind +
           R"(","step":"predict","data":"people","predictions":"predictions.csv","column":"kind")" + more + "}";
}

// Has the answers from elsewhere: looks the rows up by what they are.
inline std::vector<std::string> lookup(const table::Table& /*train*/, const table::Table& test) {
    const auto known = sample_rows();
    std::vector<std::string> cells;
    for (const auto& row : test.rows) {
        const auto found = std::ranges::find_if(known.rows, [&](const auto& one) {
            return table::parse_cell(one[1]).number == table::parse_cell(row[*test.column("x")]).number;
        });
        cells.push_back(found == known.rows.end() ? "no" : found->back());
    }
    return cells;
}

inline std::vector<std::string> majority(const table::Table& /*train*/, const table::Table& test) {
    return std::vector<std::string>(test.rows.size(), "no");
}

// Programs that Python runs; our scripts lie where the judges' harness is.
struct RealWorld : World {
    explicit RealWorld(const std::string& program)
        : World(FakeProcesses::Program(
              [this](const system::ProcessSpec& spec) { return m_real.run(spec, stop.get_token()); })) {
        processes.talks = &m_real;
        project.steps.front().writes = {"predictions.csv"};
        source("p.py", program);
        const auto scripts = source_folder() / "core/checks/python";
        const auto laid = walk(scripts, [&](const Met& met) -> Result<Step> {
            if (met.kind == Met::Kind::file) {
                judging(std::string(met.path), read_file(scripts / met.path).value());
            }
            return Step::on;
        });
        REQUIRE(laid);
    }

private:
    system::RealProcesses m_real{};
};

// Reads the tables with the standard library alone, and writes what `cell(row, place)` says.
inline std::string plain_program(const std::string& cell) {
    return R"(import csv, os, random, time
train = list(csv.DictReader(open("data/train.csv")))
test = list(csv.DictReader(open("data/test.csv")))
)" + cell + R"(
with open("predictions.csv", "w") as out:
    print("row_id,kind", file=out)
    for place, row in enumerate(test):
        print(row["row_id"], cell(row, place), sep=",", file=out)
)";
}

}  // namespace mlpath::test
