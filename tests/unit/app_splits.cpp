// What many splits say of a project's verdicts: worked out of what selftest found.
#include "app/author/splits.hpp"

#include <doctest/doctest.h>

using namespace mlpath;
using namespace mlpath::app;
using checks::Judged;
using checks::Verdict;

namespace {

Judged improvement(double value) { return {.what = "improvement", .value = value, .required = 0.3}; }

SelftestSubject subject(const std::string& name, std::uint64_t seed, bool sound, std::vector<DrawnCheck> drawn,
                        double seconds = 0.5) {
    SelftestSubject one{.subject = name, .seed = seed, .sound = sound};
    one.end.drawn = std::move(drawn);
    one.end.run_seconds = seconds;
    return one;
}

library::Project project_with_a_score() {
    library::Project project{.id = "tally"};
    project.milestones = {
        {.id = "begin", .checks = {{.id = "there", .kind = "file"}}},
        {.id = "learn", .checks = {{.id = "score", .kind = "score"}, {.id = "rows", .kind = "table"}}}};
    return project;
}

}  // namespace

TEST_CASE("over how many splits a project is judged hangs on what a run takes") {
    CHECK(splits_for(0.4) == 200);
    CHECK(splits_for(0.999) == 200);
    CHECK(splits_for(1.0) == 20);
    CHECK(splits_for(12) == 20);
}

TEST_CASE("how near each check came to ending the other way is told with the split") {
    const std::vector<library::Flaw> flaws{{.name = "guesses", .milestone = "learn", .check = "score"},
                                           {.name = "forgets", .milestone = "begin", .check = "there"}};
    SelftestProject found{.project = "tally", .data = ProofData::real, .flaws = {"guesses", "forgets"}};
    const auto passes = [](double value) { return DrawnCheck{"learn", "score", Verdict::pass, improvement(value)}; };
    const DrawnCheck rows{"learn", "rows", Verdict::pass, {}};
    const auto fails = [](double value) { return DrawnCheck{"learn", "score", Verdict::fail, improvement(value)}; };
    found.subjects = {subject("skeleton", 0, true, {fails(-1)}),
                      subject("solution", 0, true, {passes(0.5), rows}, 0.7),
                      subject("flawed/guesses", 0, true, {fails(0.1)}),
                      subject("flawed/forgets", 0, true, {}),
                      subject("solution", 11, true, {passes(0.35), rows}, 0.4),
                      subject("flawed/guesses", 11, true, {fails(0.2)}),
                      subject("solution", 22, false, {fails(0.1), rows}, 0.6),
                      subject("flawed/guesses", 22, false, {passes(0.9)})};
    found.faults = {{.project = "tally", .subject = "solution", .seed = 22},
                    {.project = "tally", .subject = "flawed/guesses", .seed = 22}};

    const auto report = over_splits(project_with_a_score(), flaws, found);
    CHECK(report.splits == 3);
    CHECK(report.wrong_splits() == 1);
    CHECK(report.run_seconds == 0.4);
    CHECK(report.judged_once == 1);
    REQUIRE(report.checks.size() == 2);  // `there` hangs on no draw
    const auto& score = report.checks[0];
    CHECK(score.check == "score");
    CHECK(score.passed == 2);
    CHECK(score.splits == 3);
    REQUIRE(score.judged);
    CHECK(score.judged->value == checks::Variation{3, 0.1, 0.35, 0.5});
    CHECK(score.judged->required == checks::Variation{3, 0.3, 0.3, 0.3});
    CHECK(score.judged->nearest == improvement(0.35));
    CHECK(score.judged->nearest_seed == 11);
    CHECK(report.checks[1].check == "rows");
    CHECK(report.checks[1].passed == 3);
    CHECK_FALSE(report.checks[1].judged);
    REQUIRE(report.flaws.size() == 1);
    CHECK(report.flaws[0].failed == 2);
    CHECK(report.flaws[0].splits == 3);
    REQUIRE(report.flaws[0].judged);
    CHECK(report.flaws[0].judged->nearest == improvement(0.2));
}

TEST_CASE("where less is better, what there is to spare is below what is allowed") {
    const Judged moved{.what = "moved", .value = 3, .required = 1, .side = Judged::Side::at_most};
    CHECK(moved.to_spare() == -2);
    CHECK(improvement(0.5).to_spare() == doctest::Approx(0.2));
}
