#include "unit/library_support.hpp"

#include "library/kind.hpp"

namespace mlpath::test {

namespace {

constexpr const char* topics_text = R"({
"format": 1,
"topics": [
{ "id": "numpy", "title": "NumPy", "summary": "Arrays.", "hours": { "min": 4, "max": 8 },
  "skills": ["csv"], "requires": ["python"], "resources": [ { "title": "Basics", "url": "https://numpy.example/", "kind": "docs", "origin": "ours" } ] },
{ "id": "python", "title": "Python", "summary": "Words.", "resources": [ { "title": "Book", "kind": "book", "origin": "source" } ] }
]
})";

constexpr const char* skills_text = R"({
"format": 1,
"skills": [
{ "id": "csv", "title": "CSV files" }
]
})";

constexpr const char* datasets_text = R"({
"format": 1,
"datasets": [
{ "id": "ships", "title": "Ships", "rows": 10, "license": { "name": "CC0", "redistribute": true }, "citation": "Us",
  "files": [
    { "name": "ships.csv", "sources": [ { "url": "https://a.example/ships.csv", "bytes": 10,
      "sha256": "0000000000000000000000000000000000000000000000000000000000000000" } ],
      "table": { "header": false, "columns": ["name", "sank", "port"] } },
    { "name": "more.zip", "sources": [ { "url": "https://a.example/more.zip", "bytes": 20,
      "sha256": "0000000000000000000000000000000000000000000000000000000000000000" } ],
      "archive": { "format": "zip", "members": ["more/crew", "more/ports.csv"] } } ] }
]
})";

constexpr const char* curriculum = R"({
"format": 2, "id": "road", "title": "Road", "summary": "A way.", "length": { "ongoing": true },
"stages": [
{ "id": "first", "kind": "level", "label": "Level 1", "title": "First", "length": { "unit": "weeks", "min": 1, "max": 2 },
  "topics": [ { "topic": "numpy", "heading": "Arrays" } ],
  "projects": [ { "project": "sink" } ] },
{ "id": "second", "kind": "level", "title": "Second", "requires": ["first"],
  "projects": [ { "choose": 1, "from": [ { "project": "sink" }, { "project": "swim" } ], "heading": "Either" } ],
  "goals": [ { "id": "repo", "text": "Publish.", "checks": [ { "id": "has-readme", "kind": "file", "says": "There is one.", "path": "README.md" } ] } ],
  "stages": [ { "id": "inner", "kind": "week", "title": "Inner", "topics": [ { "topic": "python" } ] } ] }
]
})";

constexpr const char* sink_text = R"({
"format": 2, "id": "sink", "version": 2, "status": "ready", "title": "Sink", "summary": "Who sinks.",
"hours": { "min": 1, "max": 2, "estimate": true }, "skills": ["csv"],
"requires": { "topics": ["python"] },
"data": [ { "id": "rows", "dataset": "ships", "file": "ships.csv",
  "split": { "method": "stratified", "target": "sank", "test": 0.2, "seed": 7, "drop": ["port"] },
  "train": "data/train.csv", "test": "data/test.csv" },
  { "id": "crew", "dataset": "ships", "file": "more/crew", "to": "data/crew" } ],
"sources": ["*.py", "README.md"],
"steps": [ { "id": "train", "run": ["{python}", "train.py"], "writes": ["model.json"] },
  { "id": "predict", "run": ["{python}", "predict.py"], "needs": ["train"], "writes": ["predictions.csv"] } ],
"calls": [ { "name": "ships.load", "signature": "load(path: str) -> list[dict]", "says": "Reads." } ],
"milestones": [
{ "id": "read", "title": "Read", "goal": "Read the rows.", "hints": ["a", "b", "c"],
  "checks": [
    { "id": "load", "kind": "python", "says": "It reads.", "script": "checks/load.py", "function": "reads" },
    { "id": "cli", "kind": "command", "says": "It says so.", "run": ["{python}", "predict.py", "--help"],
      "stdin_file": "checks/in.txt", "files": { "data/x.csv": "checks/in.txt" },
      "stdout": [ { "matches": "^usage" }, { "pointer": "/a", "equals": 1 } ] } ] },
{ "id": "guess", "title": "Guess", "goal": "Predict.", "hints": ["a", "b", "c"],
  "checks": [
    { "id": "table", "kind": "table", "says": "A table.", "path": "predictions.csv", "step": "predict",
      "columns": ["row_id", "sank"], "rows_as": "rows", "unique": ["row_id"], "complete": ["sank"],
      "range": { "sank": { "min": 0, "max": 1 } }, "allowed": { "sank": [0, 1] },
      "equals": { "file": "checks/in.txt", "key": "row_id" } },
    { "id": "score", "kind": "score", "says": "It knows.", "step": "predict", "data": "rows", "predictions": "predictions.csv",
      "column": "sank", "metric": "accuracy", "baseline": { "kind": "by", "column": "name" }, "margin": 0.05 },
    { "id": "names", "kind": "behaves", "says": "Names are nothing.", "probe": "renamed", "columns": ["name"], "step": "predict",
      "data": "rows", "predictions": "predictions.csv", "column": "sank" },
    { "id": "model", "kind": "file", "says": "A model.", "path": "model.json", "step": "predict", "min_bytes": 1, "max_bytes": 9,
      "text": [ { "lacks": "pickle" } ] },
    { "id": "report", "kind": "document", "says": "A report.", "path": "README.md", "headings": ["Results"], "min_words": 5,
      "claims": [ { "label": "Accuracy", "check": "score", "within": 0.1 } ] } ] }
]
})";

constexpr const char* sink_flaws = R"json({
"format": 1,
"flaws": [
  { "name": "empty", "milestone": "read", "check": "load", "message": "no rows", "why": "Forgot." },
  { "name": "none", "milestone": "read", "check": "load", "message": "nothing", "why": "Haste.",
    "edits": [
      { "file": "ships.py",
        "find": ["    rows = []", "    return rows"],
        "replace": "    pass" },
      { "file": "ships.py",
        "find": "(path)",
        "replace": "()" } ] }
]
})json";

constexpr const char* swim_text = R"({
"format": 2, "id": "swim", "version": 1, "status": "ready", "title": "Swim", "summary": "Who swims.",
"hours": { "min": 1, "max": 2 }, "skills": ["csv"], "requires": { "projects": ["sink"] }, "extends": "sink",
"satisfies": ["sink"], "sources": ["*.py"],
"data": [ { "id": "list", "bundled": "data/list.csv", "to": "data/list.csv" } ],
"milestones": [ { "id": "only", "title": "Only", "goal": "Do.", "hints": ["a", "b", "c"],
  "checks": [ { "id": "it", "kind": "file", "says": "It is there.", "path": "swim.py" } ] } ]
})";

}  // namespace

MemoryContent sound_library() {
    MemoryContent content;
    const auto source = library::folder_content(MLPATH_SOURCE_DIR);
    for (const std::string schema :
         {"curriculum", "datasets", "environment", "flaws", "library", "project", "quiz", "skills", "topics"}) {
        const auto path = "curricula/schemas/" + schema + ".schema.json";
        content.files[path] = source->read(path).value();
    }
    content.files["curricula/topics.json"] = topics_text;
    content.files["curricula/skills.json"] = skills_text;
    content.files["curricula/datasets.json"] = datasets_text;
    content.files["curricula/road.json"] = curriculum;
    const std::string t = "templates/sink/";
    content.files[t + "project.json"] = sink_text;
    content.files[t + "brief.md"] = "# Sink\n\n{{checked}}\n";
    content.files[t + "skeleton/ships.py"] = "";
    content.files[t + "solution/ships.py"] = "def load(path):\n    rows = []\n    return rows\n";
    content.files[t + "checks/in.txt"] = "in";
    content.files[t + "checks/load.py"] =
        "from mlpath_check import Check\n\ndef reads(check: Check) -> None:\n    check.call(\"ships.load\", \"x\")\n"
        "    check.raises(\n        'ships.load', 1)\n";
    content.files[t + "flaws.json"] = sink_flaws;
    content.files[t + "flawed/empty/ships.py"] = "";
    const std::string s = "templates/swim/";
    content.files[s + "project.json"] = swim_text;
    content.files[s + "brief.md"] = "{{checked}}";
    content.files[s + "data/list.csv"] = "a\n";
    content.files[s + "skeleton/swim.py"] = "";
    content.files[s + "solution/swim.py"] = "swim = 1\n";
    content.files[s + "flaws.json"] =
        R"({"format": 1, "flaws": [{"name": "none", "milestone": "only", "check": "it", "message": "x", "why": "y",
 "edits": [{"file": "swim.py", "find": "swim", "replace": ""}]}]})";
    return content;
}

std::vector<std::string> details_of(const std::string& id) {
    const auto project = library::load_project(sound_library(), "sink").value();
    for (const auto& milestone : project.milestones) {
        for (const auto& check : milestone.checks) {
            if (check.id == id) {
                return library::check_details(project, check);
            }
        }
    }
    return {};
}

std::vector<std::string> details_of(const library::Check& check) {
    return library::check_details(library::load_project(sound_library(), "sink").value(), check);
}

fs::path source_folder() { return MLPATH_SOURCE_DIR; }

std::string faults_of(const library::Content& content) {
    const auto loaded = library::load(content);
    if (!loaded) {
        return "error: " + loaded.error().message;
    }
    std::string text;
    for (const auto& fault : loaded->faults) {
        text += (text.empty() ? "" : "\n") + to_line(fault);
    }
    return text;
}

}  // namespace mlpath::test
