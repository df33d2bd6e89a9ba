// Files that are read ahead, several at once.
#include <doctest/doctest.h>

#include "library/ahead.hpp"
#include "unit/library_support.hpp"

using namespace mlpath;

TEST_CASE("files are read ahead, with what those without errors hold") {
    auto content = test::sound_library();
    content.files["templates/swim/project.json"] += "]";
    library::Ahead ahead(content);
    ahead.read({{"curricula/topics.json", "topics"},
                {"curricula/road.json", "curriculum"},
                {"templates/sink/project.json", "project"},
                {"templates/swim/project.json", "project"},
                {"curricula/quizzes/none.json", "quiz"},
                {"curricula/skills.json", "nonsense"}});
    const auto topics = ahead.take<library::Catalogue<library::Topic>>("curricula/topics.json");
    REQUIRE((topics && topics->second));
    CHECK(topics->second->ids() == std::vector<std::string>{"numpy", "python"});
    CHECK(topics->first.document.line_of("/topics/1") == 6);
    CHECK(ahead.take<library::Curriculum>("curricula/road.json")->second->stages.size() == 2);
    CHECK(ahead.take<library::Project>("templates/sink/project.json")->second->milestones.size() == 2);
    const auto broken = ahead.take<library::Project>("templates/swim/project.json");
    REQUIRE(broken);
    CHECK_FALSE(broken->second);
    REQUIRE(broken->first.faults.size() == 1);
    CHECK(to_line(broken->first.faults[0]) ==
          "templates/swim/project.json:8: something follows the end of the JSON value: `]`");
    CHECK(ahead.take<library::Quiz>("curricula/quizzes/none.json").error().kind == ErrorKind::not_found);
    CHECK(ahead.take<library::Catalogue<library::Skill>>("curricula/skills.json").error().message ==
          "no file curricula/schemas/nonsense.schema.json");
}

TEST_CASE("ids of a list that are taken, lost or broken are told, and known to those who refer to them") {
    const std::string topic = R"(, "title": "T", "summary": "S",
"requires": ["other"], "resources": [ { "title": "Book", "kind": "book", "origin": "source" } ] })";
    std::string many;
    for (const std::string id : {"numpy", "python", "t-1", "t-1"}) {
        many += std::string(many.empty() ? "" : ",\n") + "{ \"id\": \"" + id + '"' + topic;
    }
    const auto told = [&](const std::string& list) {
        auto content = test::sound_library();
        content.files["curricula/topics.json"] = "{\"format\": 1, \"topics\": [\n" + list + "]}";
        return test::faults_of(content);
    };
    CHECK(told(many) == R"(curricula/topics.json:3: /topics/0/requires/0: no topic `other`
curricula/topics.json:5: /topics/1/requires/0: no topic `other`
curricula/topics.json:7: /topics/2/requires/0: no topic `other`
curricula/topics.json:8: /topics/3/id: the id `t-1` is taken: line 6 has it too; ids are unique)");
    CHECK(told(many.substr(0, many.rfind(",\n{")) + ", 7, {}") ==
          R"(curricula/topics.json:3: /topics/0/requires/0: no topic `other`
curricula/topics.json:5: /topics/1/requires/0: no topic `other`
curricula/topics.json:7: /topics/3: expected an object `{…}`, found 7
curricula/topics.json:7: /topics/4: the key `id` is missing
curricula/topics.json:7: /topics/4: the key `title` is missing
curricula/topics.json:7: /topics/4: the key `summary` is missing
curricula/topics.json:7: /topics/4: the key `resources` is missing
curricula/topics.json:7: /topics/2/requires/0: no topic `other`)");
    CHECK(told(many.substr(0, many.rfind(",\n{")) + ",") ==
          R"(curricula/topics.json:7: /topics: a comma stands before `]`; remove the comma)");
}

TEST_CASE("a reader that expects what a schema does not promise is an error, and no crash") {
    auto content = test::sound_library();
    content.files["curricula/schemas/skills.schema.json"] = "{}";
    content.files["curricula/skills.json"] = R"({"format": 1, "skills": [{"id": 7}]})";
    const auto loaded = library::load(content);
    REQUIRE_FALSE(loaded);
    CHECK(loaded.error().kind == ErrorKind::internal);
    CHECK(loaded.error().message == "the library could not be read: a JSON value is of another type");
}
