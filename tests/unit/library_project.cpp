#include <doctest/doctest.h>

#include <iterator>
#include <sstream>

#include "library/brief.hpp"
#include "library/library.hpp"
#include "unit/library_support.hpp"

using namespace mlpath;
using namespace mlpath::test;

TEST_CASE("faults of references and data") {
    check_faults({
        {swim_manifest, "\"projects\": [\"sink\"]", "\"projects\": [\"snik\"]",
         swim_manifest + ":3: /requires/projects/0: no project `snik`; did you mean `sink`?"},
        {swim_manifest, "\"extends\": \"sink\"", "\"extends\": \"sink2\"",
         swim_manifest + ":3: /extends: no project `sink2`; did you mean `sink`?"},
        {swim_manifest, "\"satisfies\": [\"sink\"]", "\"satisfies\": [\"swim\"]",
         swim_manifest + ":4: /satisfies/0: a project always satisfies itself; remove it"},
        {sink_manifest, "\"requires\": { \"topics\": [\"python\"] }", "\"requires\": { \"projects\": [\"swim\"] }",
         sink_manifest +
             ":4: /requires/projects: projects wait for each other: `sink` → `swim` → `sink`; remove one of these "
             "requirements"},
        {sink_manifest, "\"topics\": [\"python\"]", "\"topics\": [\"pythn\"]",
         sink_manifest + ":4: /requires/topics/0: no topic `pythn`; did you mean `python`?"},
        {sink_manifest, "\"requires\": { \"topics\": [\"python\"] }",
         "\"requires\": { \"topics\": [\"python\"] }, \"python\": { \"packages\": [ { \"import\": \"numpy\", "
         "\"milestones\": [\"laod\"] } ] }",
         sink_manifest + ":4: /python/packages/0/milestones: the project has no milestone `laod`"},
        {sink_manifest, "\"dataset\": \"ships\"", "\"dataset\": \"shops\"",
         sink_manifest + ":5: /data/0/dataset: no dataset `shops`; did you mean `ships`?"},
        {sink_manifest, "\"file\": \"ships.csv\"", "\"file\": \"ship.csv\"",
         sink_manifest + ":5: /data/0/file: the dataset `ships` has no `ship.csv`; did you mean `ships.csv`?"},
        {sink_manifest, "\"file\": \"more/crew\"", "\"file\": \"more/crews\"",
         sink_manifest + ":8: /data/1/file: the dataset `ships` has no `more/crews`; did you mean `more/crew`?"},
        {sink_manifest, "\"file\": \"more/crew\"", "\"file\": \"more/crew/one.txt\"", ""},
        {sink_manifest, "\"file\": \"more/crew\"", "\"file\": \"more\"", ""},
        {sink_manifest, "\"id\": \"crew\"", "\"id\": \"rows\"",
         sink_manifest + ":8: /data/1/id: the data id `rows` appears twice"},
        {sink_manifest, "\"target\": \"sank\"", "\"target\": \"sunk\"",
         sink_manifest +
             ":6: /data/0/split/target: `ships.csv` has no column `sunk`; its columns are `name`, `sank` and `port`"},
        {sink_manifest, "\"drop\": [\"port\"]", "\"drop\": [\"sank\"]",
         sink_manifest + ":6: /data/0/split/drop: the target `sank` is dropped, so nobody can learn it"},
        {sink_manifest, "\"drop\": [\"port\"]", "\"drop\": [\"port\"], \"time\": \"name\"",
         sink_manifest + ":6: /data/0/split/time: `time` is only for the method `chronological`"},
        {sink_manifest, "\"method\": \"stratified\"", "\"method\": \"grouped\"",
         sink_manifest + ":6: /data/0/split: the key `group` is missing (needed where `method` is `grouped`)"},
        {sink_manifest, "\"train\": \"data/train.csv\"", "\"train\": \"../train.csv\"",
         sink_manifest + ":7: /data/0/train: the path leads upwards (`..`)"},
        {sink_manifest, "\"train\": \"data/train.csv\"", "\"train\": \"data/test.csv\"",
         sink_manifest + ":7: /data/0/test: two data are laid at `data/test.csv`"},
        {sink_manifest, "\"train\": \"data/train.csv\"", "\"to\": \"data/all.csv\", \"train\": \"data/train.csv\"",
         sink_manifest + ":7: /data/0/to: data with a `split` is laid at `train` and `test`, not at `to`; remove `to`"},
        {swim_manifest, "\"to\": \"data/list.csv\"", "\"to\": \"list.py\"",
         swim_manifest +
             ":5: /data/0/to: `list.py` is data, and one of the `sources` takes it for the learner's work; lay it "
             "below a "
             "folder such as data/"},
        {swim_manifest, "\"bundled\": \"data/list.csv\"", "\"bundled\": \"data/lists.csv\"",
         swim_manifest + ":5: /data/0/bundled: the template has no `data/lists.csv`; did you mean `data/list.csv`?"},
        {swim_manifest, "\"bundled\": \"data/list.csv\"", "\"bundled\": \"data/../../sink/brief.md\"",
         swim_manifest + ":5: /data/0/bundled: the path leads upwards (`..`)"},
    });
}

TEST_CASE("faults of sources, calls and steps") {
    check_faults({
        {sink_manifest, "\"*.py\", \"README.md\"", "\"src/../*.py\", \"*.py\", \"README.md\"",
         sink_manifest + ":9: /sources/0: the path leads upwards (`..`)"},
        {sink_manifest, "\"name\": \"ships.load\"", "\"name\": \"boats.load\"",
         "templates/sink/checks/load.py:4: the script calls `ships.load`, which is none of the `calls` of "
         "project.json; add it "
         "there, so that the brief tells the learner\n" +
             sink_manifest + ":12: /calls/0: warning: no check calls `boats.load`"},
        {sink_manifest, "\"signature\": \"load(path: str) -> list[dict]\"",
         "\"signature\": \"read(path: str) -> list[dict]\"",
         sink_manifest + ":12: /calls/0/signature: the signature is of another function than `load`"},
        {sink_manifest, "\"needs\": [\"train\"]", "\"needs\": [\"trian\"]",
         sink_manifest + ":11: /steps/1/needs/0: no step `trian`; did you mean `train`?\n" + sink_manifest +
             ":30: /milestones/1/checks/3/path: the step `predict` does not write `model.json`; its `writes` are "
             "`predictions.csv`"},
        {sink_manifest, "\"run\": [\"{python}\", \"train.py\"]",
         "\"run\": [\"{python}\", \"train.py\"], \"needs\": [\"predict\"]",
         sink_manifest + ":10: /steps/0/needs: steps wait for each other: `train` → `predict` → `train`"},
        {sink_manifest, "[\"predictions.csv\"] } ]",
         "[\"predictions.csv\"] }, { \"id\": \"train\", \"run\": [\"x\"] } ]",
         sink_manifest + ":11: /steps/2/id: the step id `train` appears twice"},
        {sink_manifest, "\"writes\": [\"model.json\"]", "\"writes\": [\"model.json\", \"*.csv\"]",
         sink_manifest + ":10: /steps/0/writes/1: what a step writes is named in full, without `*`, `?` or `[`"},
        {sink_manifest, "\"writes\": [\"model.json\"]", "\"writes\": [\"model.json\", \"data/test.csv\"]",
         sink_manifest + ":10: /steps/0/writes/1: `data/test.csv` is data; a step may not write over it"},
        {sink_manifest, "\"train.py\"", "\"src/train.py\"",
         sink_manifest +
             ":10: /steps/0/run/1: `src/train.py` is none of the `sources`, so `verify` would not have it; a glob in "
             "`sources` must match it"},
        {sink_manifest, "\"run\": [\"{python}\", \"train.py\"]", "\"run\": []",
         sink_manifest + ":10: /steps/0/run: expected at least 1 entry, found 0"},
    });
}

TEST_CASE("faults of checks of every kind") {
    check_faults({
        {sink_manifest, "\"id\": \"cli\"", "\"id\": \"score\"",
         sink_manifest + ":26: /milestones/1/checks/1/id: the check id `score` is in this project twice\n" +
             sink_manifest +
             ":33: /milestones/1/checks/4/claims/0/check: `score` is a check of kind command, which measures "
             "nothing that a claim can be held against"},
        {sink_manifest, "\"id\": \"guess\"", "\"id\": \"read\"",
         sink_manifest + ":20: /milestones/1/id: the milestone id `read` appears twice"},
        {sink_manifest, "\"matches\": \"^usage\"", "\"matches\": \"[\"",
         sink_manifest + ":19: /milestones/0/checks/1/stdout/0/matches: `[` is not a regular expression: missing ]: ["},
        {sink_manifest, "\"matches\": \"^usage\"", "\"matches\": \"(usage)?\"",
         sink_manifest +
             ":19: /milestones/0/checks/1/stdout/0/matches: warning: the expression is found in an empty text, so "
             "it is "
             "found everywhere"},
        {sink_manifest, "\"matches\": \"^usage\"", "\"matches\": \"" + std::string(1001, 'a') + "\"",
         sink_manifest +
             ":19: /milestones/0/checks/1/stdout/0/matches: the expression has 1001 bytes; at most 1000 are read"},
        {sink_manifest, "\"pointer\": \"/a\", ", "",
         sink_manifest + ":19: /milestones/0/checks/1/stdout/1: the key `pointer` is missing (needed beside `equals`)"},
        {sink_manifest, "\"step\": \"predict\", \"data\": \"rows\", \"predictions\"",
         "\"step\": \"predict\", \"predictions\"",
         sink_manifest +
             ":26: /milestones/1/checks/1: the check `score` has no `data`, and neither has its step `predict`; say "
             "`data` in the step: its checks take it from there"},
        {sink_manifest, "\"step\": \"predict\", \"data\": \"rows\", \"predictions\"",
         "\"data\": \"rows\", \"predictions\"",
         sink_manifest +
             ":26: /milestones/1/checks/1: the check `score` has no `step`; name the step that it runs; only where a "
             "project has one step is it clear which"},
        {sink_manifest,
         "\"step\": \"predict\", \"data\": \"rows\", \"predictions\": \"predictions.csv\",\n      \"column\": \"sank\"",
         "\"step\": \"predict\", \"data\": \"crew\", \"predictions\": \"predictions.csv\"",
         sink_manifest +
             ":26: /milestones/1/checks/1: the check `score` has no `column`, and its data `crew` has no target; name "
             "the column that it is about"},
        {sink_manifest, "\"needs\": [\"train\"],", "\"needs\": [\"train\"], \"data\": \"crew\",",
         sink_manifest + ":11: /steps/1/data: the data `crew` has no `split`, so there is no test part"},
        {sink_manifest, "\"needs\": [\"train\"],", "\"needs\": [\"train\"], \"predictions\": \"prediction.csv\",",
         sink_manifest + ":11: /steps/1/predictions: the step `predict` does not write `prediction.csv`; did you mean "
                         "`predictions.csv`?"},
    });
}

TEST_CASE("what the project says already, a check need not say") {
    auto content = sound_library();
    auto& text = content.files[sink_manifest];
    const auto leave_out = [&](const std::string& part, const std::string& with = {}) {
        const auto at = text.find(part);
        CAPTURE(part);
        REQUIRE(at != std::string::npos);
        text.replace(at, part.size(), with);
    };
    const auto check = [&](const std::string& id) {
        const auto project = library::load_project(content, "sink").value();
        for (const auto& one : project.milestones[1].checks) {
            if (one.id == id) {
                return one.fields;
            }
        }
        return Json();
    };
    leave_out("\"path\": \"predictions.csv\", \"step\": \"predict\",", "\"path\": \"predictions.csv\",");
    leave_out("\"path\": \"model.json\", \"step\": \"predict\",", "\"path\": \"model.json\",");
    leave_out("\"column\": \"sank\", \"metric\"", "\"metric\"");
    CHECK(faults_of(content).empty());
    CHECK(check("table")["step"] == "predict");
    CHECK(check("model")["step"] == "train");  // which writes it
    CHECK(check("score")["column"] == "sank");
    CHECK_FALSE(check("report").contains("step"));  // README.md is a source

    // A source stays one, though a step writes it too; and where two steps write a file, neither is meant.
    leave_out("\"writes\": [\"predictions.csv\"]", "\"writes\": [\"predictions.csv\", \"model.json\", \"README.md\"]");
    CHECK_FALSE(check("report").contains("step"));
    CHECK_FALSE(check("model").contains("step"));

    // With one step, nothing of it need be said, not even that it writes what it predicts.
    const auto first = text.find("{ \"id\": \"train\"");
    const auto end = text.find("],\n\"calls\"");
    text.replace(first, end - first,
                 "{ \"id\": \"only\", \"run\": [\"{python}\", \"predict.py\"], \"data\": \"rows\", \"predictions\": "
                 "\"p.csv\" }");
    leave_out("\"step\": \"predict\", \"data\": \"rows\", \"predictions\": \"predictions.csv\",\n      \"metric\"",
              "\"metric\"");
    CHECK(check("score")["step"] == "only");
    CHECK(check("score")["data"] == "rows");
    CHECK(check("score")["predictions"] == "p.csv");
    CHECK(check("score")["column"] == "sank");
    CHECK(library::load_project(content, "sink").value().steps[0].writes == std::vector<std::string>{"p.csv"});
}

TEST_CASE("the signature of a call may begin with its name") {
    auto content = sound_library();
    auto& text = content.files[sink_manifest];
    const std::string named = "\"name\": \"ships.load\", \"signature\": \"load(path";
    text.replace(text.find(named), named.size(), "\"signature\": \"ships.load(path");
    CHECK(faults_of(content).empty());
    const auto project = library::load_project(content, "sink").value();
    CHECK(project.calls[0].name == "ships.load");
    CHECK(project.calls[0].signature == "load(path: str) -> list[dict]");
    for (const std::string wrong : {"load(path", "ships.load", "ships.(path"}) {
        auto broken = content;
        auto& manifest = broken.files[sink_manifest];
        manifest.replace(manifest.find("ships.load(path: str)"), 21, wrong);
        CAPTURE(wrong);
        CHECK(faults_of(broken).starts_with(sink_manifest + ":12: /calls/0/signature: expected text like"));
    }
    auto broken = content;
    auto& manifest = broken.files[sink_manifest];
    manifest.replace(manifest.find("ships.load(path"), 15, "boats.land(path");
    manifest.replace(manifest.find("\"*.py\""), 6, "\"ships.py\", \"train.py\", \"predict.py\"");
    CHECK(faults_of(broken).find(":12: /calls/0: no source of the learner can be the module `boats`") !=
          std::string::npos);
}

TEST_CASE("what a learner reads first has at most 1,000 words, and its parts are of milestones") {
    const std::string path = "templates/sink/brief.md";
    const auto brief = [](std::size_t count) {
        std::string text = "{{checked}}\n\n";
        for (std::size_t i = 0; i < count; ++i) {
            text += "word ";
        }
        return text + "\n\n### {{guess}}\n\nnot counted\n";
    };
    auto content = sound_library();
    const auto faults = [&](const std::string& text) {
        content.files[path] = text;
        return faults_of(content);
    };
    content.files[path] = brief(0);
    const auto own = library::make_brief(content, *library::load_project(content, "sink"));
    REQUIRE(own);
    std::istringstream words(*own);
    const auto left = library::most_brief_words -
                      static_cast<std::size_t>(std::distance(std::istream_iterator<std::string>(words), {}));
    CHECK(faults(brief(left)).empty());
    CHECK(faults(brief(left + 1))
              .find(path + ": BRIEF.md would have 1001 words, and at most 1000 are allowed; what only "
                           "one milestone needs stands below a heading such as `### {{read}}`, and "
                           "is told with it") != std::string::npos);
    CHECK(faults("{{checked}}\n\n### {{gues}}\n")
              .find(path + ":3: the brief has a part for the milestone `gues`, which the project does not have; ") !=
          std::string::npos);
}

TEST_CASE("what a learner reads after passing has at most 400 words") {
    const auto words = [](int count) {
        std::string text = "# Why\n\n";
        for (int i = 1; i < count; ++i) {
            text += "word ";
        }
        return text + "\n\n    code is not counted\n";
    };
    const std::string path = "templates/sink/after.md";
    const std::vector<std::pair<std::string, std::string>> cases{
        {words(400), ""},
        {words(401),
         path + ": it has 401 words, and at most 400 are allowed; keep what the learner could not know without it"},
        {"\n", path + ": the file is empty; write why the solution is as it is, or remove the file"},
        {"Why \xff", path + ": the text is not UTF-8; save the file as UTF-8"},
    };
    for (const auto& [text, faults] : cases) {
        auto content = sound_library();
        content.files[path] = text;
        CAPTURE(faults);
        CHECK(faults_of(content) == faults);
    }
}

TEST_CASE("faults of the files of a template") {
    const std::string t = "templates/sink/";
    check_faults({
        {t + "brief.md", "", "",
         t + "project.json:1: the template has no brief.md; it tells the learner what to build, and why"},
        {t + "brief.md", "{{checked}}", "",
         t + "brief.md: the brief has no place for what is checked; write {{checked}} on a line of its own"},
        {t + "brief.md", "{{checked}}", "{{checked}}\n{{checked}}", t + "brief.md:4: {{checked}} appears twice"},
        {t + "brief.md", "Sink", "Sink \xff", t + "brief.md: the text is not UTF-8; save the file as UTF-8"},
        {t + "skeleton/ships.py", "", "",
         t + "project.json:1: the template has no skeleton/; it is what the learner starts from"},
        {t + "checks/load.py", "\"ships.load\"", "\"ships.lod\"",
         t + "checks/load.py:4: the script calls `ships.lod`, which is none of the `calls` of project.json; did you "
             "mean "
             "`ships.load`?"},
        {t + "checks/load.py", "'ships.load', 1", "NAME, 1",
         t + "checks/load.py:5: warning: `check.raises(\\n        NAME` does not name its function as a plain text, so "
             "it "
             "cannot be held against `calls`"},
        {t + "checks/load.py", "check.raises(\n        'ships.load', 1", "check.compare('ships.lod', [(1,)], id",
         t + "checks/load.py:5: the script calls `ships.lod`, which is none of the `calls` of project.json; did you "
             "mean "
             "`ships.load`?"},
    });
    auto content = sound_library();
    content.files[t + "flawed/empty/notes.txt"] = "";
    CHECK(faults_of(content) ==
          t + "flawed/empty/notes.txt: warning: `notes.txt` is none of the `sources`, so `verify` would "
              "not take it");
}

TEST_CASE("faults of flaws") {
    const std::string t = "templates/sink/";
    const auto flaws = t + "flaws.json";
    check_faults({
        {flaws, "\"read\"", "\"raed\"", flaws + ":4: /flaws/0/milestone: no milestone `raed`; did you mean `read`?"},
        {flaws, "\"load\"", "\"score\"", flaws + ":4: /flaws/0/check: the milestone `read` has no check `score`"},
        {flaws, "\"milestone\": \"read\", \"check\": \"load\", \"message\": \"no rows\"",
         "\"check\": \"laod\", \"message\": \"no rows\"",
         flaws + ":4: /flaws/0/check: no check `laod`; did you mean `load`?"},
        {flaws, "\"milestone\": \"read\", \"check\": \"load\", \"message\": \"no rows\"",
         "\"check\": \"report\", \"message\": \"no rows\"", ""},
        {flaws, "\"Forgot.\"", "\"Forgot.\", \"file\": \"ships.py\"",
         flaws + ":4: /flaws/0/file: the flaw `empty` changes nothing in this file; say what differs from the solution "
                 "in `find` and `replace`, or remove `file`"},
        {flaws, "\"Haste.\"", "\"Haste.\", \"file\": \"ships.py\", \"find\": \"def\", \"replace\": \"class\"",
         flaws + ":5: /flaws/1/find: the flaw `none` has `edits`, and one beside them; move this one into `edits`"},
        {flaws, "\"Haste.\"", "\"Haste.\", \"find\": \"def\", \"replace\": \"class\"",
         flaws + ":5: /flaws/1: the key `file` is missing (needed beside `find`)"},
        {flaws, "{ \"file\": \"ships.py\",\n        \"find\": \"(path)\"", "{ \"find\": \"(path)\"",
         flaws + ":10: /flaws/1/edits/1: the edit has no `file`, and neither has the flaw `none`; say `file` in the "
                 "flaw: its edits take it from there"},
        {flaws, "no rows", "no (rows",
         flaws + ":4: /flaws/0/message: `no (rows` is not a regular expression: missing ): (?m)no (rows"},
        {flaws, "\"none\"", "\"empty\"",
         flaws + ":5: /flaws/1/name: there is a flaw `empty` already; give each a name of its own"},
        {flaws, "rows = []", "rows = ()",
         flaws + ":8: /flaws/1/edits/0/find: `ships.py` of the solution does not have this text; copy it from there "
                 "letter by letter"},
        {flaws, "[\"    rows = []\", \"    return rows\"]", "\"rows\"",
         flaws + ":8: /flaws/1/edits/0/find: `ships.py` of the solution has this text more than once: at line 2 and at "
                 "line 3; add what stands around it, so that one place is meant"},
        {flaws, "\"(path)\"", "\"(path):\\n\"",
         flaws + ":11: /flaws/1/edits/1/find: expected text like `^[^\\n]*$`, found \"(path):\\n\"; Text that the file "
                 "has exactly once: one line or a part of it, or a list of lines."},
        {flaws, "\"(path)\"", "\"rows = []\"",
         flaws +
             ":11: /flaws/1/edits/1/find: it overlaps another edit of `ships.py`, at line 2; make one edit of the two"},
        {flaws, "\"    pass\"", "[\"    rows = []\", \"    return rows\"]",
         flaws +
             ":9: /flaws/1/edits/0/replace: this is the text that stands there already; write what the beginner wrote "
             "instead"},
        {flaws, "\"ships.py\"", "\"shps.py\"",
         flaws + ":7: /flaws/1/edits/0/file: neither the solution nor the skeleton has a file `shps.py`; did you mean "
                 "`ships.py`?"},
        {flaws, "\"ships.py\"", "\"../project.json\"",
         flaws +
             ":7: /flaws/1/edits/0/file: neither the solution nor the skeleton has a file `../project.json`; a file "
             "that they do not have lies in flawed/none/ as a whole"},
        {t + "flawed/empty/ships.py", "", "",
         flaws +
             ":4: /flaws/0: the flaw `empty` has no `edits`, and there is no folder flawed/empty/; say in `edits` what "
             "differs from the solution, or lay the files there that do"},
        {flaws,
         "{ \"name\": \"empty\", \"milestone\": \"read\", \"check\": \"load\", \"message\": \"no rows\", \"why\": "
         "\"Forgot.\" },",
         "",
         t + "flawed/empty/ships.py: flaws.json has no flaw `empty`, so nothing is done with this file; add it to "
             "`flaws` with the check that it fails at"},
        {"templates/swim/flaws.json", "", "",
         "templates/swim/project.json:1: warning: the project has no flawed answers, so nothing proves that its checks "
         "can fail"},
    });
    auto content = sound_library();
    content.files[t + "flawed/none/ships.py"] = "";
    CHECK(
        faults_of(content) ==
        flaws +
            ":7: /flaws/1/edits/0/file: `ships.py` lies in flawed/none/ as a whole, so an edit of it changes nothing; "
            "remove the one or the other\n" +
            flaws +
            ":10: /flaws/1/edits/1/file: `ships.py` lies in flawed/none/ as a whole, so an edit of it changes "
            "nothing; remove the one or the other");
    content = sound_library();
    content.files["templates/sink/flaws.json"] = "{\"format\": 1, \"flaws\": []}";
    content.files.erase(t + "flawed/empty/ships.py");
    CHECK(faults_of(content) ==
          t + "project.json:1: warning: the project has no flawed answers, so nothing proves that its checks can fail");
    content = sound_library();
    content.files[t + "skeleton/notes.txt"] = "left";
    auto& text = content.files[flaws];
    text.replace(text.find("\"ships.py\",\n        \"find\": \"(path)\""), 10, "\"notes.txt\"");
    text.replace(text.find("(path)"), 6, "left");
    CHECK(faults_of(content) == flaws +
                                    ":10: /flaws/1/edits/1/file: warning: `notes.txt` is none of the `sources`, so "
                                    "`verify` would not take it");
}

TEST_CASE("how flaws were written before is told, and what to do") {
    auto content = sound_library();
    const std::string old = "templates/sink/flawed/empty/flaw.json";
    content.files[old] = "{\"format\": 1, \"milestone\": \"read\"}";
    const auto told = old +
                      ": flaws are told in templates/sink/flaws.json now, not in a file each; make an entry of its "
                      "`flaws` of this object, with \"name\": \"empty\" in place of `$schema` and `format`, and "
                      "remove this file; a copy with a few lines changed is better told as `edits`";
    CHECK(faults_of(content) == told);
    content.files.erase("templates/sink/flaws.json");
    CHECK(faults_of(content) == told);
}
