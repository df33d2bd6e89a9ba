#include <doctest/doctest.h>

#include "base/text.hpp"
#include "library/library.hpp"
#include "unit/library_support.hpp"

using namespace mlpath;
using test::check_faults;
using test::faults_of;
using test::sound_library;

TEST_CASE("a sound library has no faults, and its values are read") {
    const auto content = sound_library();
    CHECK(faults_of(content) == "");
    const auto loaded = library::load(content);
    REQUIRE(loaded);
    const auto& library = loaded->library;
    REQUIRE(library.curricula.find("road") != nullptr);
    const auto& road = *library.curricula.find("road");
    CHECK(road.length->ongoing);
    CHECK(road.stages.at(0).label == "Level 1");
    CHECK(road.stages.at(1).projects.at(0).choose == 1);
    CHECK(road.stages.at(1).projects.at(0).from.at(1).project == "swim");
    CHECK(road.stages.at(1).goals.at(0).checks.at(0).fields.at("path") == "README.md");
    CHECK(road.stages.at(1).stages.at(0).id == "inner");
    CHECK(library.topics.find("numpy")->requires_topics == std::vector<std::string>{"python"});
    CHECK(library.datasets.find("ships")->files.at(0).table->columns.size() == 3);
    CHECK_FALSE(library.datasets.find("ships")->files.at(0).table->header);
    CHECK(library.datasets.find("ships")->files.at(1).archive->members.size() == 2);
    const auto& sink = *library.projects.find("sink");
    CHECK(sink.version == 2);
    CHECK(sink.data.at(0).split->method == library::SplitMethod::stratified);
    CHECK(sink.data.at(0).split->seed == 7);
    CHECK(sink.steps.at(1).needs == std::vector<std::string>{"train"});
    CHECK(sink.milestones.at(1).checks.at(1).fields.at("margin") == 0.05);
    CHECK(library.projects.find("swim")->extends == "sink");
}

namespace {

const std::string topics = "curricula/topics.json";
const std::string skills = "curricula/skills.json";
const std::string datasets = "curricula/datasets.json";
const std::string road = "curricula/road.json";
const std::string sink = "templates/sink/project.json";
const std::string swim = "templates/swim/project.json";

}  // namespace

TEST_CASE("faults of files, formats and schemas") {
    check_faults({
        // What has nothing of what changed since is read as it is.
        {sink, "\"format\": 2", "\"format\": 1", ""},
        {sink, "\"format\": 2", "\"format\": 1, \"pipeline\": 7",
         sink +
             ":2: /format: format 1 was made for an older mlpath; this one reads format 2; what to change is told in "
             "curricula/FORMAT.md, \"From format 1 to 2\"\n" +
             sink +
             ":2: /pipeline: unknown key `pipeline`; the keys here are `aliases`, `calls`, `data`, `extends`, "
             "`format`, `hours`, "
             "`id`, `milestones`, `python`, `requires`, `satisfies`, `skills`, `sources`, `status`, `steps`, "
             "`summary`, "
             "`title` and `version`"},
        {sink, "\"format\": 2", "\"format\": 3",
         sink + ":2: /format: format 3 was made for a newer mlpath; this one reads format 2; update mlpath"},
        {topics, "\"format\": 1", "\"format\": 2",
         topics + ":2: /format: format 2 was made for a newer mlpath; this one reads format 1; update mlpath"},
        {topics, "\"topics\": [", "\"topics\": [,", topics + ":3: /topics: a value was expected, not `,`"},
        // One faulty topic is told once, and references to it are none of its faults.
        {topics, "\"title\": \"Python\"", "\"titel\": \"Python\"",
         topics + ":6: /topics/1/titel: unknown key `titel`; did you mean `title`?"},
        {road, "\"kind\": \"level\"", "\"kind\": \"levle\"",
         road +
             ":4: /stages/0/kind: expected `level`, `phase`, `month`, `week`, `area`, `band`, `step` or `stage`, found "
             "\"levle\"; did you mean `level`?"},
        {road, "\"id\": \"road\"", "\"id\": \"rood\"",
         road + ":2: /id: the id is `rood` and the file is named `road.json`; give both the same name"},
        {swim, "\"id\": \"swim\"", "\"id\": \"swin\"",
         swim + ":2: /id: the id is `swin` and the folder is named `swim`; give both the same name"},
        {sink, "\"probe\": \"renamed\", \"columns\": [\"name\"]", "\"probe\": \"renamed\"",
         sink + ":28: /milestones/1/checks/2: the key `columns` is missing (needed where `probe` is `renamed`)"},
        {swim, "\"hints\": [\"a\", \"b\", \"c\"]", "\"hints\": [\"a\", \"b\"]",
         swim + ":6: /milestones/0/hints: expected exactly 3 entries, found 2"},
        {swim, "\"version\": 1", "\"version\": 1, \"version\": 2",
         swim + ":2: /version: the key `version` appears twice; remove or rename one of the two"},
        {swim, "", "",
         "templates/swim/project.json: the template has no manifest; add project.json, or remove the folder"},
    });
}

TEST_CASE("skills are those of the table") {
    const auto none = [](const std::string& id) {
        return topics + ":5: /topics/0/skills/0: no skill `" + id + "`" + (id == "csw" ? "; did you mean `csv`?" : "");
    };
    check_faults({
        {topics, "[\"csv\"]", "[\"csw\"]", none("csw")},
        {topics, "[\"csv\"]", "[\"painting\"]", none("painting")},
        {swim, "\"skills\": [\"csv\"]", "\"skills\": [\"csv\", \"x\"]", swim + ":3: /skills/1: no skill `x`"},
        {skills, "{ \"id\": \"csv\", \"title\": \"CSV files\" }",
         "{ \"id\": \"csv\", \"title\": \"CSV files\" }, { \"id\": \"csv\", \"title\": \"Again\" }",
         skills + ":4: /skills/1/id: the id `csv` is taken: line 4 has it too; ids are unique"},
        {skills, "{ \"id\": \"csv\", \"title\": \"CSV files\" }",
         "{ \"id\": \"csv\", \"title\": \"CSV files\" }, { \"id\": \"idle\", \"title\": \"Idle\" }",
         skills + ":4: /skills/1: warning: no topic and no project teaches `idle`"},
        {skills, "\"title\"", "\"name\"",
         skills + ":4: /skills/0: the key `title` is missing\n" + skills +
             ":4: /skills/0/name: unknown key `name`; the keys here are `aliases`, `id` and `title`"},
        {skills, "", "", ""},  // a library may do without the table, and then any skill goes
    });
}

TEST_CASE("faults of topics and datasets") {
    check_faults({
        {topics, "\"id\": \"python\"", "\"id\": \"numpy\"",
         road + ":10: /stages/1/stages/0/topics/0/topic: no topic `python`\n" + topics +
             ":5: /topics/0/requires/0: no topic `python`\n" + topics +
             ":6: /topics/1/id: the id `numpy` is taken: line 4 has it too; ids are unique\n" + sink +
             ":4: /requires/topics/0: no topic `python`"},
        {topics, "\"requires\": [\"python\"]", "\"requires\": [\"pyton\"]",
         topics + ":5: /topics/0/requires/0: no topic `pyton`; did you mean `python`?"},
        {topics, "\"summary\": \"Words.\"", "\"summary\": \"Words.\", \"requires\": [\"numpy\"]",
         topics +
             ":5: /topics/0/requires: topics wait for each other: `numpy` → `python` → `numpy`; remove one of these "
             "requirements"},
        {topics, "\"min\": 4", "\"min\": 9", topics + ":4: /topics/0/hours: `min` is greater than `max`"},
        {datasets, "\"name\": \"more.zip\"", "\"name\": \"ships.csv\"",
         datasets + ":9: /datasets/0/files/1/name: two files of `ships` are named `ships.csv`"},
        {datasets, "\"header\": false, \"columns\": [\"name\", \"sank\", \"port\"]", "\"header\": false",
         datasets + ":8: /datasets/0/files/0/table: the key `columns` is missing"},
        {datasets, "more/ports.csv", "../ports.csv",
         datasets + ":11: /datasets/0/files/1/archive/members/1: the path leads upwards (`..`)"},
    });
}

TEST_CASE("faults of curricula") {
    check_faults({
        {road, "\"topic\": \"numpy\"", "\"topic\": \"numpyy\"",
         road + ":5: /stages/0/topics/0/topic: no topic `numpyy`; did you mean `numpy`?"},
        {road, "\"project\": \"sink\"", "\"project\": \"sunk\"",
         road + ":6: /stages/0/projects/0/project: no project `sunk`; did you mean `sink`?"},
        {road, "\"requires\": [\"first\"]", "\"requires\": [\"frist\"]",
         road + ":7: /stages/1/requires/0: no stage `frist`; did you mean `first`?"},
        {road, "\"id\": \"second\"", "\"id\": \"first\"",
         road + ":7: /stages/1/id: the stage id `first` is taken: line 4 has it too"},
        {road, "\"id\": \"inner\"", "\"id\": \"inner\", \"requires\": [\"second\"]",
         road + ":7: /stages/1: stages wait for each other: `second` → `inner` → `second`; a stage also waits for the "
                "stages "
                "inside it"},
        {road, "\"title\": \"First\"", "\"title\": \"First\", \"requires\": [\"inner\"]",
         road + ":4: /stages/0: stages wait for each other: `first` → `inner` → `first`; a stage also waits for the "
                "stages "
                "inside it"},
        {road, "\"choose\": 1", "\"choose\": 3",
         road + ":8: /stages/1/projects/0/choose: `choose` is 3, and `from` has only 2"},
        {road, "{ \"project\": \"sink\" }, { \"project\": \"swim\" }",
         "{ \"project\": \"swim\" }, { \"project\": \"swim\" }",
         road + ":8: /stages/1/projects/0/from/1/project: the project `swim` is in this stage twice"},
        {road, "\"min\": 1, \"max\": 2", "\"min\": 3, \"max\": 2",
         road + ":4: /stages/0/length: `min` is greater than `max`"},
        {road, "\"topics\": [ { \"topic\": \"python\" } ]", "\"optional\": true",
         road + ":10: /stages/1/stages/0: warning: the stage `inner` has nothing to learn or to build"},
        {road, "\"path\": \"README.md\"", "\"path\": \"README.md\", \"text\": [{\"matches\": \"(\"}]",
         road + ":9: /stages/1/goals/0/checks/0/text/0/matches: `(` is not a regular expression: missing ): (?m)("},
    });
}

TEST_CASE("faults of a core") {
    const std::string projects = "\"projects\": [ { \"project\": \"sink\" } ] },";
    const auto first = [](const std::string& entries, const std::string& core) {
        return "\"projects\": [ " + entries + " ], \"core\": [" + core + "] },";
    };
    const std::string both = R"({ "project": "sink" }, { "project": "swim" })";
    check_faults({
        {road, projects, first(both, R"("sink")"),
         road + ":6: /stages/0/core: the core of `first` has 1 project of 2; two or three make a core"},
        {road, projects, first(R"({ "project": "sink" })", R"("swim")"),
         road + ":6: /stages/0/core/0: `swim` is in the core of `first`, and is none of its projects"},
        {road, projects,
         first(R"({ "project": "sink", "optional": true }, { "project": "swim" })", R"("sink", "swim")"),
         road + ":6: /stages/0/core/0: `sink` is in the core, and optional; it is either the one or the other"},
        {road, "\"heading\": \"Either\" } ],", "\"heading\": \"Either\" } ], \"core\": [\"swim\"],",
         road + ":8: /stages/1/core/0: `swim` is one of a choice, which is in the core as it is; leave it out of "
                "`core`"},
    });
    // All of fewer than two, and two of two.
    auto content = sound_library();
    auto& text = content.files[road];
    const auto at = text.find(projects);
    REQUIRE(at != std::string::npos);
    const auto with = [&](const std::string& entries, const std::string& core) {
        content.files[road] = sound_library().files[road].replace(at, projects.size(), first(entries, core));
        return faults_of(content);
    };
    CHECK(with(R"({ "project": "sink" })", R"("sink")").empty());
    CHECK(with(both, R"("sink", "swim")").empty());
    // `swim` requires `sink`: core here, and only more practice there; a choice is core.
    CHECK(with(both, R"("swim")").find("has 1 project of 2") != std::string::npos);
    content.files[road] = R"({ "format": 2, "id": "road", "title": "Road", "summary": "A way.", "stages": [
{ "id": "one", "kind": "level", "title": "One", "projects": [ { "project": "sink" }, { "project": "a" }, { "project": "b" } ],
  "core": ["a", "b"] },
{ "id": "two", "kind": "level", "title": "Two", "projects": [ { "project": "swim" } ] } ] })";
    for (const std::string id : {"a", "b"}) {
        content.files["templates/" + id + "/project.json"] =
            R"({ "format": 2, "id": ")" + id +
            R"(", "version": 1, "status": "planned", "title": "T", "summary": "S." })";
    }
    CHECK(faults_of(content).find(road + ":4: /stages/1/projects/0/project: `swim` is in the core and requires `sink`, "
                                         "which is only more practice here; put `sink` into the core of its stage, or "
                                         "let `swim` require less") != std::string::npos);
}

TEST_CASE("a planned project that is referred to is told by itself") {
    auto content = sound_library();
    content.files["templates/later/project.json"] =
        R"({"format": 2, "id": "later", "version": 1, "status": "planned", "title": "Later", "summary": "Soon."})";
    auto& text = content.files[road];
    text = replace_all(text, "{ \"project\": \"swim\" }", "{ \"project\": \"later\" }");
    const auto loaded = library::load(content);
    REQUIRE(loaded);
    CHECK(loaded->ok());
    CHECK(faults_of(content) ==
          road + ":8: /stages/1/projects/0/from/1/project: planned: the project `later` is not there yet");
}

TEST_CASE("goal ids are unique among all curricula") {
    auto content = sound_library();
    content.files["curricula/way.json"] = R"({"format": 2, "id": "way", "title": "W", "summary": "W",
"stages": [ { "id": "a", "kind": "stage", "title": "A", "goals": [ { "id": "repo", "text": "Again." } ] } ] })";
    CHECK(faults_of(content) ==
          "curricula/way.json:2: /stages/0/goals/0/id: the goal id `repo` is taken: curricula/road.json:9 has it too; "
          "the "
          "journal knows a goal by its id alone, so it is unique among all curricula");
}

TEST_CASE("a library whose list of topics cannot be read says so once") {
    auto content = sound_library();
    content.files[topics] = "{";
    CHECK(faults_of(content) == topics + ":1: it ends too early: the `{` of line 1 is never closed");
}

TEST_CASE("no library at all is an error") {
    CHECK(faults_of(test::MemoryContent{}) == "error: there is no library in memory");
}

TEST_CASE("a long chain and a wide library are read without deep recursion") {
    auto content = sound_library();
    std::string text = "{\"format\": 1, \"topics\": [";
    const int count = 20'000;
    for (int i = 0; i < count; ++i) {
        text += "{\"id\": \"t" + std::to_string(i) + "\", \"title\": \"T\", \"summary\": \"S\", \"requires\": [\"t" +
                std::to_string((i + 1) % count) +
                "\"], \"resources\": [{\"title\": \"R\", \"kind\": \"docs\", \"origin\": \"ours\"}]},";
    }
    text.back() = ']';
    content.files[topics] = text + "}";
    content.files.erase(road);
    const auto loaded = library::load(content);
    REQUIRE(loaded);
    REQUIRE_FALSE(loaded->faults.empty());
    CHECK(loaded->faults.at(0).message.starts_with("topics wait for each other: `t0` → `t1` → `t2`"));
}
