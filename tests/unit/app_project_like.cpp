#include <doctest/doctest.h>

#include "app/author/project_like.hpp"
#include "json/json.hpp"

using namespace mlpath;
using app::TemplateFiles;

namespace {

constexpr std::string_view alike_manifest = R"({
  "$schema": "../../curricula/schemas/project.schema.json",
  "format": 1,
  "id": "sink",
  "version": 4,
  "status": "ready",
  "title": "Who sinks",
  "summary": "Ships, and what becomes of them.",
  "hours": { "min": 1, "max": 2 },
  "satisfies": ["swim"],
  "requires": { "topics": ["water"] },
  "data": [ { "id": "ships", "dataset": "sink", "file": "sink.csv", "to": "data/sink.csv" } ],
  "calls": [ { "name": "sink.load", "signature": "load(path: str) -> list", "says": "`sink.py` has it." } ],
  "milestones": [ { "id": "load", "title": "Load", "goal": "Write `load` in `sink.py`.",
                    "hints": ["Why?", "Use \"csv\".", "For a list: `len`."], "checks": [] } ]
})";

TemplateFiles sink() {
    return {
        {"project.json", std::string(alike_manifest)},
        {"brief.md", "# Who sinks\n\nA ship.\n\n## What you have\n\n`sink.py`, `data/sink.csv`\n\n{{checked}}\n"},
        {"after.md", "# Why\n\nBecause 0.8 of the ships sank.\n"},
        {"data/sink.csv", "sink.py,import sink\n"},
        {"skeleton/sink.py", "def load(path):\n    raise NotImplementedError\n\n\nclass Ship:\n    pass\n"},
        {"skeleton/README.md", "# Sink\n\nLater.\n"},
        {"solution/sink.py", "def load(path):\n    return 'sink.csv'\n"},
        {"solution/predict.py", "import sink\nfrom sink import load\nprint(sink.load('x'), sink.Ship, a.sink.load)\n"},
        {"solution/README.md", "# Ships that sink\n"},
        {"checks/look.py", "check.call(\"sink.load\", look=\"`mlpath check sink load`, not `mlpath check sink-2`\")\n"},
        {"flaws.json", R"({ "format": 1, "flaws": [ { "name": "lost", "milestone": "load", "check": "file",
  "message": "x", "why": "It was \"lost\".", "edits": [ { "file": "sink.py", "find": "import sink", "replace": "" } ] } ] })"}};
}

app::ProjectCopy copy(std::string_view id, std::string_view planned = {}) {
    auto made = app::project_like(sink(), "sink", id, planned);
    REQUIRE(made);
    return std::move(*made);
}

Json json_in(const app::ProjectCopy& made, const std::string& path) { return Json::parse(made.files.at(path)); }

}  // namespace

TEST_CASE("what must be its own is, and all else stays as it was") {
    const auto made = copy("acme-float");
    const auto project = json_in(made, "project.json");
    auto expected = Json::parse(alike_manifest);
    expected["id"] = "acme-float";
    expected["version"] = 1;
    expected["title"] = "TODO(author): the title of acme-float";
    expected["summary"] = "TODO(author): what is built, in a line or two; the rest is still as in sink";
    expected.erase("satisfies");
    expected["calls"][0]["name"] = "acme_float.load";
    expected["calls"][0]["says"] = "`acme_float.py` has it.";
    auto& milestone = expected["milestones"][0];
    milestone["goal"] = "Write `load` in `acme_float.py`.";
    milestone["hints"] = {"TODO(author) (a question): Why?",
                          "TODO(author) (the idea, and what to look up): Use \"csv\".",
                          "TODO(author) (worked out on other data): For a list: `len`."};
    CHECK(project == expected);
    // Not written anew: an author's diff shows what changed and no more.
    CHECK(made.files.at("project.json").find("\"hours\": { \"min\": 1, \"max\": 2 },\n  \"requires\"") !=
          std::string::npos);
    CHECK(made.module_before == "sink.py");
    CHECK(made.module_now == "acme_float.py");
    CHECK(made.marks == 14);
}

TEST_CASE("a module that has the project's name is renamed wherever it is meant") {
    const auto files = copy("acme-float").files;
    CHECK(files.contains("skeleton/acme_float.py"));
    CHECK(files.contains("solution/acme_float.py"));
    CHECK_FALSE(files.contains("skeleton/sink.py"));
    CHECK(files.at("solution/acme_float.py") == "def load(path):\n    return 'sink.csv'\n");
    CHECK(
        files.at("solution/predict.py") ==
        "import acme_float\nfrom acme_float import load\nprint(acme_float.load('x'), acme_float.Ship, a.sink.load)\n");
    CHECK(files.at("checks/look.py") ==
          "check.call(\"acme_float.load\", look=\"`mlpath check acme-float load`, not `mlpath check sink-2`\")\n");
    CHECK(files.at("data/sink.csv") == "sink.py,import sink\n");
    CHECK(files.at("solution/README.md") == "# Ships that sink\n");
    const auto flaw = Json::parse(files.at("flaws.json"))["flaws"][0];
    CHECK(flaw["edits"][0]["file"] == "acme_float.py");
    CHECK(flaw["edits"][0]["find"] == "import acme_float");
    CHECK(flaw["why"] == "TODO(author) (where was it seen?): It was \"lost\".");
}

TEST_CASE("no module is renamed to what Python cannot import, or to one that is there") {
    for (const std::string_view id : {"2048-game", "predict"}) {
        CAPTURE(id);
        const auto made = copy(id);
        CHECK(made.module_now.empty());
        CHECK(made.files.contains("skeleton/sink.py"));
        CHECK(made.files.at("checks/look.py").find("\"sink.load\"") != std::string::npos);
        CHECK(json_in(made, "project.json")["id"] == id);
    }
}

TEST_CASE("the texts say what an author has to write") {
    const auto files = copy("acme-float").files;
    CHECK(files.at("brief.md").starts_with("# TODO(author): the title of acme-float\n\nTODO(author): the story"));
    CHECK(files.at("brief.md")
              .ends_with("\n\nA ship.\n\n## What you have\n\n`acme_float.py`, `data/sink.csv`\n\n{{checked}}\n"));
    CHECK(files.at("skeleton/README.md") == "# TODO(author): the title of acme-float\n\nLater.\n");
    // Figures that were measured on another project are nobody's any more.
    CHECK(files.at("after.md").find("0.8") == std::string::npos);
    for (const std::string_view part : {"Our choices", "What else", "surprised", "next step", "Three interview"}) {
        CHECK(files.at("after.md").find(part) != std::string::npos);
    }
}

TEST_CASE("a title is what Markdown has for one, at the very beginning") {
    const std::string title = "# TODO(author): the title of float\n";
    for (const auto& [text, expected] : std::vector<std::pair<std::string, std::string>>{
             {"# Sink", title},
             {"# Sink #\nLater.\n", title + "Later.\n"},
             {"#\tSink\n", title},
             {"Sink\n====\n\nLater.\n", title + "\nLater.\n"},
             {"Who\nsinks\n===\nLater.\n", title + "Later.\n"},
             {"#Sink\n", "#Sink\n"},
             {"## Sink\n", "## Sink\n"},
             {"Later.\n\n# Sink\n", "Later.\n\n# Sink\n"},
             {"> # Sink\n", "> # Sink\n"},
             {"", ""},
         }) {
        CAPTURE(text);
        auto files = sink();
        files["skeleton/README.md"] = text;
        CHECK(app::project_like(files, "sink", "float", "")->files.at("skeleton/README.md") == expected);
    }
}

TEST_CASE("what was announced is kept") {
    const auto made = copy("float", R"({ "format": 1, "id": "float", "version": 2, "status": "planned",
  "title": "What \"floats\"", "summary": "Corks.", "skills": ["corks"],
  "extends": "swim", "milestones": [ { "id": "a", "title": "Find", "goal": "Read `corks.csv`." }, { "id": "b", "title": "Say" } ] })");
    const auto project = json_in(made, "project.json");
    auto expected = Json::parse(copy("float").files.at("project.json"));
    expected.update(Json{{"version", 2},
                         {"title", "What \"floats\""},
                         {"summary", "Corks."},
                         {"skills", {"corks"}},
                         {"extends", "swim"}});
    expected.erase("requires");
    for (const auto& [key, value] : expected.items()) {
        CAPTURE(key);
        REQUIRE(project.contains(key));
        CHECK(project[key] == value);
    }
    CHECK(project.size() == expected.size());
    CHECK(project["status"] == "ready");
    const auto& brief = made.files.at("brief.md");
    CHECK(brief.starts_with("# What \"floats\"\n"));
    CHECK(brief.find("\n- Find: Read corks.csv.\n- Say: \n") != std::string::npos);
    CHECK(app::project_like(sink(), "sink", "float", "{").error().kind == ErrorKind::malformed);
}
