// A script of ours calls the learner's functions.
#include "unit/kind_support.hpp"

using namespace mlpath;
using namespace mlpath::checks;
using namespace mlpath::test;

TEST_CASE("python: what lint asks") {
    check_faults({
        {sink_manifest, "\"script\": \"checks/load.py\"", "\"script\": \"checks/lod.py\"",
         sink_manifest +
             ":16: /milestones/0/checks/0/script: the template has no `checks/lod.py`; did you mean `checks/load.py`?"},
        {sink_manifest, "\"function\": \"reads\"", "\"function\": \"read\"",
         sink_manifest +
             ":16: /milestones/0/checks/0/function: `checks/load.py` has no function `read`; did you mean `reads`?"},
    });
}

TEST_CASE("python: what the script finds is what the check finds") {
    struct Case {
        const char* who;
        const char* work;
        Verdict verdict;
        const char* told;
        const char* seconds = "60";
    };
    for (const auto& [who, work, verdict, told, seconds] : std::vector<Case>{
             {"right", "def double(x):\n    return 2 * x\n", Verdict::pass, ""},
             {"wrong", "def double(x):\n    return x * x\n", Verdict::fail, "`double(3)` gives 9"},
             {"crashes", "def double(x):\n    return x[0]\n", Verdict::fail, "TypeError"},
             {"too slow", "def double(x):\n    while True:\n        pass\n", Verdict::fail, "1 s", "1"},
         }) {
        CAPTURE(who);
        RealWorld world("");
        world.source("work.py", work);
        world.judging(
            "checks/a.py",
            "def doubled(check):\n    got = check.call('work.double', 3)\n    check.equal(got, 6, f'`double(3)` "
            "gives {got}, and it')\n");
        const auto finding = world.judge(
            (R"({"kind":"python","script":"checks/a.py","function":"doubled","seconds":)" + std::string(seconds) + '}')
                .c_str());
        expect(finding, verdict, told);
    }
}

TEST_CASE("python: the script reads the data that the learner has") {
    for (const auto& [path, verdict, told] : std::vector<std::tuple<const char*, Verdict, const char*>>{
             {"data/train.csv", Verdict::pass, ""},
             {"data/truth.csv", Verdict::error, "which are not laid"},
             {"work.py", Verdict::error, "which are not laid"}}) {
        CAPTURE(path);
        RealWorld world("");
        world.source("work.py", "def double(x):\n    return 2 * x\n");
        world.judging("checks/a.py", std::string("def reads(check):\n    table = check.data_table('") + path +
                                         "')\n    check.that('kind' in table.columns, 'no column')\n"
                                         "    check.fact('rows', len(table.rows))\n");
        const auto finding = world.judge(R"({"kind":"python","script":"checks/a.py","function":"reads"})");
        expect(finding, verdict, told);
        CHECK(finding.facts.contains("rows") == (verdict == Verdict::pass));
    }
}
