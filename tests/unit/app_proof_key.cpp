// What a committed record of a proof is made for: which change makes it another, and which does not.
#include "app/author/proof_key.hpp"

#include <doctest/doctest.h>

#include <functional>

#include "app_world.hpp"
#include "library/library.hpp"

namespace mlpath::test {

namespace {

constexpr auto catalogue_with_rows = R"({ "$schema": "schemas/datasets.schema.json", "format": 1, "datasets": [
  { "id": "people", "title": "People", "rows": 6, "license": { "name": "CC0", "redistribute": true },
    "citation": "Nobody 2020", "quirks": ["has a header row"],
    "files": [ { "name": "people.csv", "sources": [ { "url": "https://one.example/people.csv", "bytes": 30,
      "sha256": "9cc1c345c71bcc9b486b74cbf6063fa66f4bb5e0f603a4b3c3471ec2e5e8e355" } ] } ] }
] })";

void replace_in(std::string& text, const std::string& old, const std::string& with) {
    const auto at = text.find(old);
    REQUIRE_MESSAGE(at != std::string::npos, old);
    text.replace(at, old.size(), with);
}

struct ProofWorld : AppWorld {
    ProofWorld() {
        auto& manifest = content.files["templates/alpha/project.json"];
        replace_in(manifest, R"("bundled": "data/people.csv")", R"("dataset": "people", "file": "people.csv")");
        content.files["curricula/datasets.json"] = catalogue_with_rows;
        content.files["templates/alpha/brief.md"] = "# Hello\n";
        content.files["templates/alpha/flaws.json"] = R"({ "format": 1, "flaws": [] })";
        content.files["warm/warm.py"] = "pass\n";
    }
    app::ProofKey key(library::DataKind data = library::DataKind::real) {
        const auto project = library::load_project(content, "alpha");
        REQUIRE_MESSAGE(project.has_value(), project.error().message);
        const auto found = app::proof_key(context(), *project, data, judge, processes, {});
        REQUIRE_MESSAGE(found.has_value(), found.error().message);
        return *found;
    }
    run::Interpreter judge{.path = "/usr/bin/python3", .version = "3.11.2"};
};

}  // namespace

TEST_CASE("what decides a proof is in its key, and nothing else") {
    enum class Part { none, content, harness };
    struct Change {
        std::string what;
        Part part;
        std::function<void(std::map<std::string, std::string>&)> make;
    };
    const auto text = [](const char* path) { return [path](auto& files) { files[path] += "\n"; }; };
    const auto catalogue = [](const char* old, const char* with) {
        return [old, with](auto& files) { replace_in(files["curricula/datasets.json"], old, with); };
    };
    const std::vector<Change> changes{
        {"the manifest", Part::content, text("templates/alpha/project.json")},
        {"the skeleton", Part::content, text("templates/alpha/skeleton/hello.py")},
        {"the solution", Part::content, text("templates/alpha/solution/hello.py")},
        {"a check script", Part::content, text("templates/alpha/checks/look.py")},
        {"a bundled file", Part::content, text("templates/alpha/data/people.csv")},
        {"the flaws", Part::content, text("templates/alpha/flaws.json")},
        {"a whole file of a flaw", Part::content, text("templates/alpha/flawed/haste/hello.py")},
        {"other rows of its dataset", Part::content, catalogue("9cc1c345", "9cc1c346")},
        {"how its dataset is read", Part::content,
         catalogue(R"("name": "people.csv",)", R"("name": "people.csv", "table": { "delimiter": ";" },)")},
        {"a script that judges", Part::harness, text("harness/mlpath_check.py")},
        {"a script beside the program", Part::harness, text("warm/warm.py")},
        {"the story", Part::none, text("templates/alpha/brief.md")},
        {"another project", Part::none, text("templates/alphabet/checks/look.py")},
        {"a mirror of its dataset", Part::none, catalogue("one.example", "two.example")},
        {"another dataset", Part::none,
         [](auto& files) {
             auto& text = files["curricula/datasets.json"];
             const auto first = text.find(R"({ "id": "people")");
             auto other = text.substr(first, text.rfind("}\n]") + 1 - first);
             replace_in(other, R"("id": "people")", R"("id": "extra")");
             text.insert(first, other + ",\n");
         }},
        {"a quiz", Part::none, text("curricula/quizzes/python.json")},
    };
    for (const auto& change : changes) {
        CAPTURE(change.what);
        ProofWorld world;
        const auto before = world.key();
        change.make(world.content.files);
        const auto after = world.key();
        CHECK((before.content != after.content) == (change.part == Part::content));
        CHECK((before.harness != after.harness) == (change.part == Part::harness));
        CHECK(before.packages == after.packages);
    }
}

TEST_CASE("packages are named with their versions, and no place of this machine") {
    ProofWorld world;
    auto& manifest = world.content.files["templates/alpha/project.json"];
    const auto plain = world.key().packages;
    CHECK(plain.starts_with("Python 3."));
    CHECK(plain.ends_with(", judged by Python 3.11.2"));
    CHECK(plain.find('/') == std::string::npos);
    replace_in(manifest, R"("packages": [])",
               R"("packages": [ { "import": "numpy", "pypi": "numpy", "version": "1.0" } ])");
    CHECK(world.key().packages.find(", numpy ") != std::string::npos);
    replace_in(manifest, R"("version": "1.0")", R"("version": "999")");
    CHECK(world.key().packages == "no Python that has what it needs, judged by Python 3.11.2");
    world.judge.version = "3.12.0";
    CHECK(world.key().packages == "no Python that has what it needs, judged by Python 3.12.0");
}

TEST_CASE("on what data a project is proved") {
    ProofWorld world;
    CHECK(app::name_of(world.key().data) == "real");
    auto& manifest = world.content.files["templates/alpha/project.json"];
    replace_in(manifest, R"("dataset": "people", "file": "people.csv")", R"("bundled": "data/people.csv")");
    CHECK(app::name_of(world.key().data) == "bundled");
    replace_in(
        manifest,
        manifest.substr(manifest.find(R"("data":)"), manifest.find(R"("sources")") - manifest.find(R"("data":)")), "");
    CHECK(app::name_of(world.key().data) == "none");
}

}  // namespace mlpath::test
