// What lint asks of the kind `tests`, and what a milestone tells of it; the judging is in test_judge.py.
#include "unit/kind_support.hpp"

using namespace mlpath;
using namespace mlpath::checks;
using namespace mlpath::test;

TEST_CASE("tests: what a milestone tells of it") {
    const auto lines = details_of(
        check_of(R"({"kind":"tests","step":"predict","code":"swim.py","versions":"checks/v.json","results":"r.xml"})"));
    REQUIRE(lines.size() == 3);
    CHECK(lines[0] ==
          "we run `python3 predict.py` on `swim.py` as you have it, and on other versions that do the same: each time "
          "it passes (exit code 0)");
    CHECK(lines[1] == "then on wrong versions of `swim.py` (mutants): each time a test fails (exit code 1)");
    CHECK(lines[2] == "`r.xml` says which test passed and which did not; each test can fail");
}

TEST_CASE("tests: what lint asks") {
    const auto faults = [](const std::string& more, const std::string& told) {
        check_faults(
            {{sink_manifest, "{ \"id\": \"model\",",
              R"({ "id": "n", "kind": "tests", "says": "Kills.", "code": "a.py", )" + more + R"( }, { "id": "model",)",
              sink_manifest + ":30: /milestones/1/checks/3" + told}});
    };
    faults(R"("step": "predcit", "versions": "checks/load.py")", "/step: no step `predcit`; did you mean `predict`?");
    faults(R"("step": "predict", "versions": "checks/none.json")", "/versions: the template has no `checks/none.json`");
    faults(R"("step": "predict", "versions": "checks/load.py", "results": "predictions.csv")",
           "/results: `results` are JSON (`.json`) or the XML that JUnit and pytest write (`.xml`)");
}
