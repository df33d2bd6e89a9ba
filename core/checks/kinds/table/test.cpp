// A table, right and wrong.
#include "unit/kind_support.hpp"

using namespace mlpath;
using namespace mlpath::checks;
using namespace mlpath::test;

TEST_CASE("table: columns, rows, cells, and another table") {
    World world(test::honest);
    world.judging("checks/expected.csv", "id,value\na,1.0\nb,2\n");
    judge_files(
        world, "t.csv",
        {
            {"columns", "id,value\na,1\n", R"({"kind":"table","path":"t.csv","columns":["id","value"]})", ""},
            {"pandas' row numbers", ",id,value\n0,a,1\n", R"({"kind":"table","path":"t.csv","columns":["id","value"]})",
             "without a name"},
            {"a stray column", "id,value,x\na,1,2\n", R"({"kind":"table","path":"t.csv","columns":["id","value"]})",
             "`x` that was not asked for"},
            {"spelled differently", "id,Value\na,1\n", R"({"kind":"table","path":"t.csv","columns":["value"]})",
             "`Value` is there"},
            {"a rule about a column that is not there", "id\na\n",
             R"({"kind":"table","path":"t.csv","range":{"value":{"min":0}}})", "no column `value`"},
            {"complete without its column", "id\na\n", R"({"kind":"table","path":"t.csv","complete":["value"]})",
             "no column `value`"},
            {"too few rows", "id\na\n", R"({"kind":"table","path":"t.csv","rows":{"min":2}})", "at least 2 rows"},
            {"too many rows", "id\na\nb\n", R"({"kind":"table","path":"t.csv","rows":{"max":1}})", "at most 1 row"},
            {"header only", "id\n", R"({"kind":"table","path":"t.csv","rows":{"min":1}})", "a header and no rows"},
            {"missing", "id,value\na,\n", R"({"kind":"table","path":"t.csv","complete":["value"]})", "an empty cell"},
            {"twice", "id\na\nb\n a\n", R"({"kind":"table","path":"t.csv","unique":["id"]})", "each value once"},
            {"in range", "v\n0.5\n1\n", R"({"kind":"table","path":"t.csv","range":{"v":{"min":0,"max":1}}})", ""},
            {"out of range", "v\n0.5\n1.1\n", R"({"kind":"table","path":"t.csv","range":{"v":{"min":0,"max":1}}})",
             "row 2"},
            {"infinite", "v\ninf\n", R"({"kind":"table","path":"t.csv","range":{"v":{"min":0}}})", "at least 0"},
            {"text in a range", "v\nhigh\n", R"({"kind":"table","path":"t.csv","range":{"v":{"max":1}}})",
             "a number of at most 1"},
            {"allowed", "v\n1.0\n0\n", R"({"kind":"table","path":"t.csv","allowed":{"v":[0,1]}})", ""},
            {"not allowed", "v\nsetosa\n0\n",
             R"({"kind":"table","path":"t.csv","allowed":{"v":["setosa","virginica"]}})",
             "one of `setosa` and `virginica`"},
            {"several rules, the second fails", "v,w\n1,9\n",
             R"({"kind":"table","path":"t.csv","allowed":{"v":[1],"w":[1]}})", "`w`"},
            {"equal", "value,id\n2.0,b\n1,a\n",
             R"({"kind":"table","path":"t.csv","equals":{"file":"checks/expected.csv","key":"id"}})", ""},
            {"within a tolerance", "id,value\na,1.04\nb,2\n",
             R"({"kind":"table","path":"t.csv","equals":{"file":"checks/expected.csv","key":"id","tolerance":0.05}})",
             ""},
            {"out of the tolerance", "id,value\na,1.06\nb,2\n",
             R"({"kind":"table","path":"t.csv","equals":{"file":"checks/expected.csv","key":"id","tolerance":0.05}})",
             "`value` of the row with `id` = a"},
            {"a row lacks", "id,value\na,1\n",
             R"({"kind":"table","path":"t.csv","equals":{"file":"checks/expected.csv","key":"id"}})",
             "no row with `id` = b"},
            {"a row too many", "id,value\na,1\nb,2\na,7\n",
             R"({"kind":"table","path":"t.csv","equals":{"file":"checks/expected.csv","key":"id"}})", "too many rows"},
            {"semicolons", "id;value\na;1\n", R"({"kind":"table","path":"t.csv","columns":["id"]})", "semicolon"},
        });
    world.source("t.csv", "id,value\na,1\n");
    world.judging("checks/expected.csv", "id,value\na,1\n");
    const auto ours =
        world.judge(R"({"kind":"table","path":"t.csv","equals":{"file":"checks/expected.csv","key":"name"}})");
    CHECK(ours.verdict == Verdict::error);  // the manifest's mistake, not the learner's
}

TEST_CASE("table: as many rows as the test part, with its very ids") {
    const auto rule = R"({"kind":"table","step":"predict","path":"predictions.csv","rows_as":"people"})";
    CHECK(World(test::honest).judge(rule).verdict == Verdict::pass);
    World dropping([](const auto& train, const auto& test) {
        auto cells = test::honest(train, test);
        cells.pop_back();
        return cells;
    });
    CHECK(test::tells(dropping.judge(rule), "dropna"));
    World numbering(test::FakeProcesses::Program([](const system::ProcessSpec& spec) -> Result<system::ProcessOutcome> {
        const auto rows = table::read_table(spec.folder / "data/test.csv")->rows.size();
        std::string text = "row_id,kind\n";
        for (std::size_t i = 0; i < rows; ++i) {
            text += std::to_string(1000 + i) + ",yes\n";
        }
        REQUIRE(write_file(spec.folder / "predictions.csv", text, Durability::cached));
        return test::exited(0);
    }));
    CHECK(test::tells(numbering.judge(rule), "unknown row_id"));
}

TEST_CASE("table: what lint asks") {
    check_faults({
        {sink_manifest, "\"step\": \"predict\",\n      \"columns\"", "\"step\": \"predcit\",\n      \"columns\"",
         sink_manifest + ":22: /milestones/1/checks/0/step: no step `predcit`; did you mean `predict`?"},
        {sink_manifest, "\"path\": \"predictions.csv\"", "\"path\": \"prediction.csv\"",
         sink_manifest +
             ":22: /milestones/1/checks/0/path: the step `predict` does not write `prediction.csv`; did you mean "
             "`predictions.csv`?"},
        {sink_manifest, "\"rows_as\": \"rows\"", "\"rows_as\": \"crew\"",
         sink_manifest +
             ":23: /milestones/1/checks/0/rows_as: the data `crew` has no `split`, so there is no test part"},
        {sink_manifest, "\"unique\": [\"row_id\"]", "\"unique\": [\"rowid\"]",
         sink_manifest +
             ":23: /milestones/1/checks/0/unique/0: `rowid` is none of the `columns`; did you mean `row_id`?"},
        {sink_manifest, "\"path\": \"predictions.csv\", \"step\": \"predict\",", "\"path\": \"prediction.csv\",",
         sink_manifest +
             ":22: /milestones/1/checks/0/path: `prediction.csv` is none of the `sources`, so `verify` would not have "
             "it; did you mean `predictions.csv`?"},
        {sink_manifest, "\"min\": 0, \"max\": 1", "\"min\": 2, \"max\": 1",
         sink_manifest + ":24: /milestones/1/checks/0/range/sank/min: `min` is greater than `max`"},
    });
}

TEST_CASE("table: what a milestone tells of it") {
    CHECK(details_of("table") ==
          std::vector<std::string>{
              "`predictions.csv`, which `python3 predict.py` writes, has the columns `row_id` and `sank` and no other",
              "it has one row for each row of `data/test.csv`", "no value comes twice in `row_id`",
              "no value is missing in `sank`: no cell is empty, and none is NaN",
              "every value of `sank` is from 0 to 1", "every value of `sank` is `0` or `1`",
              "its rows, found by `row_id`, are those of the right table"});
    CHECK(
        details_of(check_of(R"({"kind":"table","path":"t.csv","rows":{"min":1,"max":1},
                                "equals":{"file":"checks/t.csv","key":"id","tolerance":0.01}})")) ==
        std::vector<std::string>{"the table is `t.csv`", "it has exactly 1 row",
                                 "its rows, found by `id`, are those of the right table; numbers may differ by 0.01"});
}
