#include <doctest/doctest.h>

#include "library/library.hpp"
#include "unit/library_support.hpp"

using namespace mlpath;

TEST_CASE("one part is loaded alone, whatever is wrong with the others") {
    auto content = test::sound_library();
    content.files["curricula/topics.json"] = "{";
    content.files["templates/swim/project.json"] = "{\"format\": 3}";
    CHECK(library::load_project(content, "sink")->title == "Sink");
    CHECK(library::load_curriculum(content, "road")->stages.size() == 2);
    CHECK(library::load_datasets(content)->contains("ships"));
    const auto sink = library::load_project(content, "sink").value();
    const auto flaws = library::load_flaws(content, sink).value();
    REQUIRE(flaws.size() == 2);
    CHECK(flaws[0].name == "empty");
    CHECK(flaws[0].message == "no rows");
    CHECK(flaws[0].edits.empty());
    REQUIRE(flaws[1].edits.size() == 2);
    CHECK(flaws[1].edits[0].find == "    rows = []\n    return rows");
    CHECK(flaws[1].edits[0].replace == "    pass");
    library::Project nothing;
    nothing.id = "nothing";
    CHECK(library::load_flaws(content, nothing)->empty());
    content.files["templates/sink/flawed/old/flaw.json"] = "{}";
    CHECK(library::load_flaws(content, sink).error().place.file == "templates/sink/flawed/old/flaw.json");
    CHECK(library::load_flaws(content, sink).error().hint.find("\"name\": \"old\"") != std::string::npos);

    const auto swim = library::load_project(content, "swim");
    REQUIRE_FALSE(swim);
    CHECK(swim.error().kind == ErrorKind::malformed);
    CHECK(swim.error().place.file == "templates/swim/project.json");
    CHECK(swim.error().hint == "update mlpath");
    CHECK(library::load_topics(content).error().kind == ErrorKind::malformed);
}

TEST_CASE("a flaw says once what its edits share, and its check says the milestone") {
    auto content = test::sound_library();
    const auto sink = library::load_project(content, "sink").value();
    const auto flaws_of = [&](const std::string& flaws) {
        content.files["templates/sink/flaws.json"] = R"({ "format": 1, "flaws": [)" + flaws + "] }";
        return library::load_flaws(content, sink);
    };
    const std::string head = R"({ "name": "it", "check": "score", "message": "m", "why": "w")";
    auto flaws = flaws_of(head + R"json(, "file": "ships.py", "find": "(path)", "replace": "()" })json").value();
    REQUIRE(flaws.size() == 1);
    CHECK(flaws[0].milestone == "guess");
    REQUIRE(flaws[0].edits.size() == 1);
    CHECK(flaws[0].edits[0].file == "ships.py");
    CHECK(flaws[0].edits[0].find == "(path)");
    CHECK(flaws[0].edits[0].replace == "()");
    flaws = flaws_of(head + R"(, "milestone": "read", "file": "ships.py", "edits": [
        { "find": "a", "replace": ["b", "c"] }, { "file": "train.py", "find": "d", "replace": "e" }] })")
                .value();
    CHECK(flaws[0].milestone == "read");
    REQUIRE(flaws[0].edits.size() == 2);
    CHECK(flaws[0].edits[0].file == "ships.py");
    CHECK(flaws[0].edits[0].replace == "b\nc");
    CHECK(flaws[0].edits[1].file == "train.py");
    const auto unknown = flaws_of(R"({ "name": "it", "check": "scroe", "message": "m", "why": "w" })");
    REQUIRE_FALSE(unknown);
    CHECK(unknown.error().message == "the flaw `it` fails at `scroe`, which is no check of the project");
    CHECK(unknown.error().place.file == "templates/sink/flaws.json");
}

TEST_CASE("an id that is none is not found, and never a path") {
    const auto content = test::sound_library();
    for (const std::string id : {"snik", "../sink", "sink/flawed/empty", "", "sink\n", "SINK"}) {
        CAPTURE(id);
        const auto project = library::load_project(content, id);
        REQUIRE_FALSE(project);
        CHECK(project.error().kind == ErrorKind::not_found);
    }
    CHECK(library::load_project(content, "snik").error().hint ==
          "did you mean `sink`? `mlpath list projects` shows what there is");
    for (const std::string id : {"topics", "skills", "datasets", "raod", "../road"}) {
        CAPTURE(id);
        CHECK(library::load_curriculum(content, id).error().kind == ErrorKind::not_found);
    }
    CHECK(library::load_curriculum(content, "raod").error().hint ==
          "did you mean `road`? `mlpath list curricula` shows what there is");
    CHECK(library::load_curriculum(content, "skils").error().hint.find("`skills`") == std::string::npos);
}
