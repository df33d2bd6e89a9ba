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
    const auto flaws = library::load_flaws(content, "sink").value();
    REQUIRE(flaws.size() == 2);
    CHECK(flaws[0].name == "empty");
    CHECK(flaws[0].message == "no rows");
    CHECK(flaws[0].edits.empty());
    REQUIRE(flaws[1].edits.size() == 2);
    CHECK(flaws[1].edits[0].find == "    rows = []\n    return rows");
    CHECK(flaws[1].edits[0].replace == "    pass");
    CHECK(library::load_flaws(content, "nothing")->empty());
    content.files["templates/sink/flawed/old/flaw.json"] = "{}";
    CHECK(library::load_flaws(content, "sink").error().place.file == "templates/sink/flawed/old/flaw.json");
    CHECK(library::load_flaws(content, "sink").error().hint.find("\"name\": \"old\"") != std::string::npos);

    const auto swim = library::load_project(content, "swim");
    REQUIRE_FALSE(swim);
    CHECK(swim.error().kind == ErrorKind::malformed);
    CHECK(swim.error().place.file == "templates/swim/project.json");
    CHECK(swim.error().hint == "update mlpath");
    CHECK(library::load_topics(content).error().kind == ErrorKind::malformed);
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
