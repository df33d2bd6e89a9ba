// What a file leaves out: the defaults of its schema, at any depth.
#include "library/defaults.hpp"

#include <doctest/doctest.h>

#include "library/complete.hpp"
#include "library/library.hpp"
#include "library/schemas.hpp"
#include "unit/library_support.hpp"

using namespace mlpath;
using namespace mlpath::library;

TEST_CASE("defaults are put where nothing is said, and nothing is made around them") {
    const auto definitions = Json::parse(R"({
        "on": { "default": true },
        "range": { "properties": { "low": { "default": 0 }, "high": {} } },
        "list": { "items": { "$ref": "#/definitions/range" } } })");
    const Defaults defaults(Json::parse(R"({ "properties": {
        "size": { "default": [1, 2] },
        "range": { "$ref": "#/definitions/range" },
        "list": { "$ref": "#/definitions/list" },
        "by_name": { "additionalProperties": { "$ref": "#/definitions/range" } },
        "closed": { "additionalProperties": false, "properties": { "on": { "$ref": "#/definitions/on" } } } } })"),
                            definitions);
    struct Case {
        const char* said;
        const char* completed;
    };
    for (const auto& [said, completed] : std::vector<Case>{
             {"{}", R"({"size":[1,2]})"},
             {R"({"size":3})", R"({"size":3})"},
             {R"({"size":null})", R"({"size":null})"},
             {R"({"range":{}})", R"({"range":{"low":0},"size":[1,2]})"},
             {R"({"range":{"low":5,"high":6}})", R"({"range":{"low":5,"high":6},"size":[1,2]})"},
             {R"({"list":[{},{"low":1}]})", R"({"list":[{"low":0},{"low":1}],"size":[1,2]})"},
             {R"({"by_name":{"a":{},"b":{"high":2}}})",
              R"({"by_name":{"a":{"low":0},"b":{"high":2,"low":0}},"size":[1,2]})"},
             {R"({"closed":{}})", R"({"closed":{"on":true},"size":[1,2]})"},
             {R"({"range":7,"list":{},"by_name":[]})", R"({"range":7,"list":{},"by_name":[],"size":[1,2]})"},
             {"7", "7"},
             {"null", "null"},
         }) {
        CAPTURE(said);
        auto value = Json::parse(said);
        defaults.put(value);
        CHECK(value == Json::parse(completed));
    }
}

TEST_CASE("a check has the defaults of its kind, also within its expectations") {
    const auto completed = [](const char* json) {
        Check check{.fields = Json::parse(json)};
        check.kind = check.fields.at("kind");
        put_defaults(check);
        return check.fields;
    };
    const auto command = completed(R"({"kind":"command","run":["x"],"stdout":[{"pointer":"","equals":1}]})");
    CHECK(command.at("exit") == 0);
    CHECK(command.at("seconds") == 10);
    CHECK(command.at("stdout") == Json::parse(R"([{"pointer":"","equals":1,"tolerance":0}])"));
    CHECK(completed(R"({"kind":"table","path":"a.csv"})") == Json::parse(R"({"kind":"table","path":"a.csv"})"));
    CHECK(
        completed(
            R"({"kind":"table","path":"a.csv","equals":{"file":"checks/a.csv","key":"id"}})")["equals"]["tolerance"] ==
        0);
    CHECK(completed(R"({"kind":"score"})").at("positive") == "1");  // which several kinds have from one definition
    CHECK(completed(R"({"kind":"no-such-kind"})") == Json::parse(R"({"kind":"no-such-kind"})"));
}

TEST_CASE("a step has the time of the schema, and a table of a dataset its shape") {
    auto content = test::sound_library();
    const auto project = load_project(content, "sink");
    REQUIRE(project);
    CHECK(project->steps.front().seconds == 60);
    auto& catalogue = content.files["curricula/datasets.json"];
    const auto table = [&] { return *load_datasets(content)->find("ships")->files.front().table; };
    CHECK(table().delimiter == ",");
    CHECK(table().quote == "\"");
    CHECK_FALSE(table().header);
    catalogue.replace(catalogue.find("\"header\": false, "), 17, "\"quote\": \"\", ");
    CHECK(table().quote.empty());
    CHECK(table().header);
    // What is read ahead of its turn is the same.
    const auto loaded = load(content);
    REQUIRE(loaded);
    CHECK(loaded->library.projects.find("sink")->steps.front().seconds == 60);
    CHECK(loaded->library.datasets.find("ships")->files.front().table->header);
}

TEST_CASE("the schema of a curriculum has the definitions that its kinds of checks need, from that of a project") {
    const auto content = test::sound_library();
    const auto curriculum = Json::parse(schema_text(content, "curriculum").value()).at("definitions");
    const auto project = Json::parse(schema_text(content, "project").value()).at("definitions");
    for (const char* name : {"expectation", "regex", "path", "text"}) {
        CAPTURE(name);
        CHECK(curriculum.at(name) == project.at(name));
    }
    CHECK_FALSE(curriculum.contains("split"));
}
