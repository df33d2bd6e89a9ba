// Which file of the learner's a failure points at.
#include <doctest/doctest.h>

#include "checks/about.hpp"

using namespace mlpath;
using checks::file_about;

TEST_CASE("the file that a check is about") {
    library::Project project{.sources = {"*.py", "src/**/*.py", "README.md"},
                             .steps = {{.id = "train", .run = {"{python}", "-u", "train.py", "--fast"}},
                                       {.id = "serve", .run = {"{python}", "-m", "app.server"}},
                                       {.id = "shell", .run = {"sh", "-c", "true"}}},
                             .calls = {{.name = "flowers.split"}, {.name = "flowers.count"}}};
    const auto about = [&](const char* fields, const std::string& says = {}) {
        const auto json = Json::parse(fields);
        return file_about({.id = "x", .kind = json["kind"], .says = says, .fields = json}, project);
    };
    CHECK(about(R"({"kind":"file","path":"notes/a.md"})") == "notes/a.md");
    CHECK(about(R"({"kind":"document","path":"README.md"})") == "README.md");
    // What a step wrote is looked for in its program.
    CHECK(about(R"({"kind":"table","path":"out.csv","step":"train"})") == "train.py");
    CHECK(about(R"({"kind":"score","predictions":"out.csv","step":"serve"})") == "app/server.py");
    CHECK(about(R"({"kind":"behaves","predictions":"out.csv","step":"shell"})").empty());
    CHECK(about(R"({"kind":"table","path":"out.csv","step":"gone"})").empty());
    CHECK(about(R"({"kind":"command","run":["{python}","src/deep/run.py","README.md"]})") == "src/deep/run.py");
    CHECK(about(R"({"kind":"command","run":["{python}","-c","1"]})").empty());
    // A check script calls the learner's functions; the script itself is ours.
    const auto* script = R"({"kind":"python","script":"checks/a.py","function":"f"})";
    CHECK(about(script) == "flowers.py");
    project.calls.push_back({.name = "garden.beds.dig"});
    CHECK(about(script).empty());
    CHECK(about(script, "`split` and `count` agree.") == "flowers.py");
    CHECK(about(script, "`dig(3)` digs.") == "garden/beds.py");
    CHECK(about(script, "`dig` and `split` agree.").empty());
    // A program given by a pattern that takes everything is no placeholder.
    project.sources = {"*"};
    CHECK(about(R"({"kind":"command","run":["{python}","a"]})") == "a");
}
