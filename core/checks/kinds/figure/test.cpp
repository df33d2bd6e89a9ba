// A figure that the learner draws: what lint asks, and what a milestone tells. How it is judged is tried in
// test_judge.py and test_picture.py.
#include "unit/kind_support.hpp"

using namespace mlpath;
using namespace mlpath::checks;
using namespace mlpath::test;

namespace {

const std::string load_check =
    R"({ "id": "load", "kind": "python", "says": "It reads.", "script": "checks/load.py", "function": "reads" })";

std::string figure_check(const std::string& fields) {
    return R"({ "id": "load", "kind": "figure", "says": "It draws.", )" + fields + " }";
}

}  // namespace

TEST_CASE("figure: what lint asks") {
    const auto at = sink_manifest + ":16: /milestones/0/checks/0";
    struct Asked {
        std::string fields;
        std::string fault;
    };
    for (const auto& [fields, fault] : std::vector<Asked>{
             {R"("title": "a")", ": a figure is drawn by a `call`, or lies at a `path`: neither is told"},
             {R"("call": "ships.load", "path": "predictions.csv")",
              ": a figure is drawn by a `call`, or lies at a `path`: not both"},
             {R"("call": "ships.lod")",
              "/call: `ships.lod` is none of the project's `calls`; did you mean `ships.load`?"},
             {R"("call": "ships.load", "title": "(")", "/title: `(` is not a regular expression: missing ): (?m)("},
             {R"("call": "ships.load", "arguments": [{ "table": "checks/im.txt" }])",
              "/arguments/0/table: the template has no `checks/im.txt`; did you mean `checks/in.txt`?"},
             {R"("call": "ships.load", "arguments": [{ "made_by": "many" }])",
              "/script: `made_by` names a function, and no `script` has it"},
             {R"("call": "ships.load", "shows": [{ "marks": "image" }])",
              "/shows/0: an image is judged by its `cells`, and there are none"},
             {R"("path": "model.json", "step": "train")", "/path: a picture is a .png or an .svg file"},
         }) {
        CAPTURE(fields);
        check_faults({{sink_manifest, load_check, figure_check(fields), at + fault}});
    }
}

TEST_CASE("figure: what a milestone tells of it") {
    CHECK(details_of(check_of(R"({"kind":"figure","call":"ships.map","panels":2,"shows":[
            {"marks":"points","x_label":"a","y_label":"b","y_scale":"log"},{"marks":"histogram"},{"marks":"boxes","x_label":"a"},
            {"marks":"bars","says":"a bar for each port"}]})")) ==
          std::vector<std::string>{
              "we call `map` with data of our own, and read its figure", "at least 2 panels show something",
              "it shows points, with a label on x and y, on a logarithmic y axis", "it shows a histogram",
              "it shows a box plot, with a label on x", "it shows a bar for each port"});
    CHECK(details_of(check_of(R"({"kind":"figure","path":"a.png"})")) ==
          std::vector<std::string>{"`a.png` has at least 300 by 200 pixels, and is not blank"});
}
