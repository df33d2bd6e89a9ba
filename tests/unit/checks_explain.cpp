#include "checks/explain.hpp"

#include "checks_support.hpp"

using namespace mlpath;
using namespace mlpath::checks;
using namespace mlpath::test;

namespace {

Finding failure(std::string message, std::string because = {}) {
    return {.verdict = Verdict::fail, .message = std::move(message), .because = std::move(because)};
}

std::string cause(const char* check, Finding finding, const std::string& untouched = {}) {
    explain(check_of(check), untouched, finding);
    return finding.because;
}

}  // namespace

TEST_CASE("the likely cause fits what was seen") {
    const auto* likely = R"({"kind":"score","because":"always","likely":[
        {"seen":"FileNotFoundError","because":"no try"},{"seen":"exit code 0","because":"no return"}]})";
    CHECK(cause(likely, failure("ended with exit code 1: FileNotFoundError: x")) == "no try");
    CHECK(cause(likely, failure("ended with exit code 0")) == "no return");
    CHECK(cause(likely, failure("something else")) == "always");
    // What was printed, the values and the code count as seen.
    auto finding = failure("x");
    finding.output = "FileNotFoundError";
    CHECK(cause(likely, finding) == "no try");
    finding = failure("x");
    finding.actual = "exit code 0";
    CHECK(cause(likely, finding) == "no return");
    finding = failure("x");
    finding.code = "raise FileNotFoundError";
    CHECK(cause(likely, finding) == "no try");
    // Where the claim itself was not decided, the cause for the claim would mislead; one that was seen does not.
    finding = failure("x", "it crashed");
    finding.decided = false;
    CHECK(cause(likely, finding) == "it crashed");
    finding.message = "FileNotFoundError";
    CHECK(cause(likely, finding) == "no try");
}

TEST_CASE("the author of a check that expects one thing knows more of its failure than the kind") {
    for (const auto* kind : {"score", "behaves", "leakage", "reproducible", "budget"}) {
        const auto check = std::string(R"({"kind":")") + kind + R"(","because":"the author"})";
        CAPTURE(kind);
        CHECK(cause(check.c_str(), failure("x", "the kind")) == "the author");
    }
}

TEST_CASE("work that was not begun is told to be that") {
    library::Project project{.id = "p", .calls = {{.name = "work.f"}, {.name = "work.g"}}};
    const auto python = check_of(R"({"kind":"python","says":"It is so."})");
    const auto document = check_of(R"({"kind":"document","path":"README.md"})");
    CHECK(untouched_file(python, project, {"work.py", "README.md"}) == "work.py");
    CHECK(untouched_file(python, project, {"README.md"}).empty());
    CHECK(untouched_file(document, project, {"README.md"}) == "README.md");
    CHECK(untouched_file(document, project, {"work.py"}).empty());
    // Over several modules: only where none was begun.
    project.calls.push_back({.name = "more.h"});
    CHECK(untouched_file(python, project, {"work.py"}).empty());
    CHECK(!untouched_file(python, project, {"work.py", "more.py"}).empty());

    const auto told = cause(R"({"kind":"python"})", failure("x", "no return"), "work.py");
    CHECK(told.find("`work.py` is still as it was given to you") == 0);
}

TEST_CASE("a failed artifact shows what its step printed, and a check that passes shows nothing") {
    World world([](const system::ProcessSpec& spec) -> Result<system::ProcessOutcome> {
        REQUIRE(write_file(spec.folder / "t.csv", "id\na\n", Durability::cached));
        return exited(0, "debugging  here\n", "a warning\n");
    });
    world.source("p.py", "");
    world.project.steps.front().writes = {"t.csv"};
    const auto wrong = world.judge(R"({"kind":"table","path":"t.csv","step":"predict","columns":["b"]})");
    CHECK(wrong.verdict == Verdict::fail);
    CHECK(wrong.output == "debugging  here\na warning\n");
    const auto right = world.judge(R"({"kind":"table","path":"t.csv","step":"predict","columns":["id"]})");
    CHECK(right.verdict == Verdict::pass);
    CHECK(right.output.empty());
}

TEST_CASE("a command whose output is wrong shows it, and names the cause of that expectation") {
    World world(
        [](const system::ProcessSpec&) -> Result<system::ProcessOutcome> { return exited(0, "the 4\nfox 1\n"); });
    world.source("p.py", "");
    const auto finding = world.judge(R"({"kind":"command","run":["x"],"stdout":[
        {"matches":"4 the","because":"the wrong way round"}]})");
    CHECK(finding.because == "the wrong way round");
    CHECK(finding.output == "the 4\nfox 1\n");
    CHECK(finding.actual.empty());
}
