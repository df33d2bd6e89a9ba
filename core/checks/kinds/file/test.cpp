// A file of the learner's, right and wrong.
#include "unit/kind_support.hpp"

using namespace mlpath;
using namespace mlpath::checks;
using namespace mlpath::test;

TEST_CASE("file: size and text") {
    World world(test::honest);
    judge_files(
        world, "notes.md",
        {
            {"there", "hello", R"({"kind":"file","path":"notes.md"})", ""},
            {"absent", "hello", R"({"kind":"file","path":"other.md"})", "there is no file `other.md`"},
            {"too short", "hello", R"({"kind":"file","path":"notes.md","min_bytes":6})", "too short"},
            {"too long", "hello", R"({"kind":"file","path":"notes.md","max_bytes":4})", "too long"},
            {"matches", "a\nTODO: b\n", R"({"kind":"file","path":"notes.md","text":[{"matches":"^TODO"}]})", ""},
            {"matches not", "a TODO", R"({"kind":"file","path":"notes.md","text":[{"matches":"^TODO"}]})",
             "does not hold"},
            {"which of several", "a\nTODO: b\n",
             R"({"kind":"file","path":"notes.md","text":[{"matches":"^TODO"},{"matches":"^DONE"}]})",
             "number 2 of 2 things"},
            {"in words", "a TODO b",
             R"({"kind":"file","path":"notes.md","text":[{"lacks":"TODO","says":"all is done"}]})", "all is done"},
            {"a value", "[1]", R"({"kind":"file","path":"notes.md","text":[{"pointer":"/0","equals":2}]})",
             "is JSON in which item 0"},
            {"no JSON", "[1", R"({"kind":"file","path":"notes.md","text":[{"pointer":"/0","equals":2}]})",
             "is not JSON"},
            {"lacks not", "a TODO b", R"({"kind":"file","path":"notes.md","text":[{"lacks":"TODO.*"}]})",
             "line 1: `a TODO b`"},
        });
    world.source("notes.md", "a\n\n# TODO: b\n");
    const auto finding =
        world.judge(R"({"kind":"file","path":"notes.md","text":[{"lacks":"\\s*TODO.*","says":"no TODO is left"}]})");
    CHECK(finding.message == "`notes.md` has something in it that does not belong there");
    CHECK(finding.expected == "no TODO is left");
    CHECK(finding.actual == "line 3: `# TODO: b`");
}

TEST_CASE("file: what lint asks") {
    check_faults({
        {swim_manifest, "\"path\": \"swim.py\"", "\"path\": \"swim.txt\"",
         swim_manifest +
             ":7: /milestones/0/checks/0/path: `swim.txt` is none of the `sources`, so `verify` would not have it; "
             "name the "
             "`step` that writes it, or let a glob in `sources` match it"},
        {sink_manifest, "\"min_bytes\": 1", "\"min_bytes\": 10",
         sink_manifest + ":30: /milestones/1/checks/3/min_bytes: `min_bytes` is greater than `max_bytes`"},
    });
}

TEST_CASE("file: what a milestone tells of it") {
    CHECK(details_of("model") ==
          std::vector<std::string>{
              "`model.json`, which `python3 predict.py` writes, has at least 1 byte and at most 9 bytes"});
    CHECK(details_of(check_of(R"({"kind":"file","path":"a.md"})")) == std::vector<std::string>{"we read `a.md`"});
}
