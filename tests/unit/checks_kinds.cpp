#include "checks_support.hpp"

using namespace mlpath;
using namespace mlpath::checks;
using test::World;

namespace {

struct Case {
    const char* what;
    std::string text;
    const char* rule;
    const char* told;  // empty: it passes
};

// A program that prints one text and leaves well.
World printing(const std::string& out, int code = 0, const std::string& err = {}) {
    return World(test::FakeProcesses::Program(
        [=](const system::ProcessSpec&) -> Result<system::ProcessOutcome> { return test::exited(code, out, err); }));
}

void judge_files(const std::string& name, const std::vector<Case>& cases) {
    World world(test::honest);
    world.judging("checks/expected.csv", "id,value\na,1.0\nb,2\n");
    for (const auto& [what, text, rule, told] : cases) {
        CAPTURE(what);
        world.source(name, text);
        const auto finding = world.judge(rule);
        CHECK_MESSAGE(finding.verdict == (*told == '\0' ? Verdict::pass : Verdict::fail), test::told(finding));
        CHECK_MESSAGE(test::tells(finding, told), test::told(finding));
    }
}

}  // namespace

TEST_CASE("file: size and text") {
    judge_files(
        "notes.md",
        {
            {"there", "hello", R"({"kind":"file","path":"notes.md"})", ""},
            {"absent", "hello", R"({"kind":"file","path":"other.md"})", "there is no file `other.md`"},
            {"too short", "hello", R"({"kind":"file","path":"notes.md","min_bytes":6})", "too short"},
            {"too long", "hello", R"({"kind":"file","path":"notes.md","max_bytes":4})", "too long"},
            {"matches", "a\nTODO: b\n", R"({"kind":"file","path":"notes.md","text":[{"matches":"^TODO"}]})", ""},
            {"matches not", "a TODO", R"({"kind":"file","path":"notes.md","text":[{"matches":"^TODO"}]})",
             "does not hold"},
            {"which of several", "a\nTODO: b\n",
             R"({"kind":"file","path":"notes.md","text":[{"matches":"^TODO"},{"matches":"^DONE"}]})",
             "number 2 of 2 things"},
            {"in words", "a TODO b",
             R"({"kind":"file","path":"notes.md","text":[{"lacks":"TODO","says":"all is done"}]})",
             "what it should not: all is done"},
            {"a value", "[1]", R"({"kind":"file","path":"notes.md","text":[{"pointer":"/0","equals":2}]})",
             "is JSON in which item 0"},
            {"no JSON", "[1", R"({"kind":"file","path":"notes.md","text":[{"pointer":"/0","equals":2}]})",
             "is not JSON"},
            {"lacks not", "a TODO b", R"({"kind":"file","path":"notes.md","text":[{"lacks":"TODO.*"}]})",
             "still holds"},
        });
}

TEST_CASE("table: columns, rows, cells, and another table") {
    judge_files(
        "t.csv",
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
    World world(test::honest);
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

TEST_CASE("command: exit code, text, and JSON by pointer") {
    const std::string json = R"({"words":["b","a"],"mean":1.5,"no":null})";
    struct Said {
        const char* what;
        const char* rule;
        const char* told;
    };
    const std::vector<Said> cases{
        {"exit", R"({"kind":"command","run":["{python}","p.py"]})", ""},
        {"another exit", R"({"kind":"command","run":["{python}","p.py","a b"],"exit":2})", "exit code 2"},
        {"as typed", R"({"kind":"command","run":["{python}","p.py","a b"],"exit":2})", "`python3 p.py 'a b'`"},
        {"matches", R"({"kind":"command","run":["x"],"stdout":[{"matches":"mean"}]})", ""},
        {"matches not", R"({"kind":"command","run":["x"],"stdout":[{"matches":"median","says":"The median"}]})",
         "printed something different on stdout: The median"},
        {"lacks not", R"({"kind":"command","run":["x"],"stdout":[{"lacks":"mean"}]})",
         "printed what it should not on stdout"},
        {"pointer", R"({"kind":"command","run":["x"],"stdout":[{"pointer":"/words/1","equals":"a"}]})", ""},
        {"pointer, another value", R"({"kind":"command","run":["x"],"stdout":[{"pointer":"/words/0","equals":"a"}]})",
         "\"b\""},
        {"pointer to nothing", R"({"kind":"command","run":["x"],"stdout":[{"pointer":"/words/7","equals":"a"}]})",
         "nothing there"},
        {"null is not nothing", R"({"kind":"command","run":["x"],"stdout":[{"pointer":"/no","equals":null}]})", ""},
        {"tolerance", R"({"kind":"command","run":["x"],"stdout":[{"pointer":"/mean","equals":1.52,"tolerance":0.05}]})",
         ""},
        {"out of tolerance",
         R"({"kind":"command","run":["x"],"stdout":[{"pointer":"/mean","equals":1.6,"tolerance":0.05}]})", "1.6"},
        {"the whole",
         R"({"kind":"command","run":["x"],"stdout":[{"pointer":"","equals":{"mean":1.5,"no":null,"words":["b","a"]}}]})",
         ""},
        {"stderr", R"({"kind":"command","run":["x"],"stderr":[{"matches":"careful"}]})", ""},
    };
    auto world = printing(json, 0, "careful\n");
    for (const auto& [what, rule, told] : cases) {
        CAPTURE(what);
        const auto finding = world.judge(rule);
        CHECK_MESSAGE(finding.verdict == (*told == '\0' ? Verdict::pass : Verdict::fail), test::told(finding));
        CHECK_MESSAGE(test::tells(finding, told), test::told(finding));
    }
    const auto rule = R"({"kind":"command","run":["x"],"stdout":[{"pointer":"/a","equals":1}]})";
    CHECK(test::tells(printing("{'a': 1}").judge(rule), "did not print JSON"));
    const auto pattern = R"({"kind":"command","run":["x"],"stdout":[{"matches":"^m+$"},{"lacks":"."}]})";
    CHECK_FALSE(test::tells(printing("ab").judge(pattern), "m+"));
    const auto bad_pointer = R"({"kind":"command","run":["x"],"stdout":[{"pointer":"a","equals":1}]})";
    CHECK(printing("{}").judge(bad_pointer).verdict == Verdict::error);
    const auto bad_regex = R"({"kind":"command","run":["x"],"stdout":[{"matches":"("}]})";
    CHECK(printing("{}").judge(bad_regex).verdict == Verdict::error);
}

TEST_CASE("command: the author's cause belongs to a decided claim, not to a crash") {
    const auto rule =
        R"({"kind":"command","run":["x"],"exit":2,"likely":[{"seen":"exit code 0","because":"sys.exit(2) is missing"}]})";
    CHECK(printing("", 0).judge(rule).because == "sys.exit(2) is missing");
    const auto crash = printing("", 1, "Traceback (most recent call last):\nKeyError: 'a'\n").judge(rule);
    CHECK_MESSAGE(crash.because.starts_with("There is no such key"), crash.because);
    CHECK(test::tells(crash, "KeyError"));
    const auto missing =
        R"({"kind":"command","run":["x","a.txt"],"exit":2,"likely":[{"seen":"'a.txt'","because":"there is no try"}]})";
    const std::string let_through = "Traceback (most recent call last):\nFileNotFoundError: [Errno 2] No such file: ";
    CHECK(printing("", 1, let_through + "'a.txt'\n").judge(missing).because == "there is no try");
    CHECK(printing("", 1, let_through + "'b.txt'\n").judge(missing).because != "there is no try");
    CHECK(printing("", 1, "  File \"x.py\", line 1\nSyntaxError: no\n").judge(rule).because !=
          "sys.exit(2) is missing");
    const auto wrong = R"({"kind":"command","run":["x"],"stdout":[{"matches":"a","because":"print it"}]})";
    CHECK(printing("b").judge(wrong).because == "print it");
}

TEST_CASE("document: headings, words, links") {
    const std::string good =
        "# My project\n\nData\n----\nSee [notes](my%20notes.md#top) and [web](https://example.org/x).\n"
        "```\n# Fenced\n```\n## What I learned ##\nMuch.\n";
    World world(test::honest);
    world.source("my notes.md", "x");
    struct Said {
        const char* what;
        const char* rule;
        const char* told;
    };
    world.source("README.md", good);
    for (const auto& [what, rule, told] : std::vector<Said>{
             {"headings", R"({"kind":"document","path":"README.md","headings":["data","What I learned"]})", ""},
             {"a heading in other words",
              R"({"kind":"document","path":"README.md","headings":["WHAT I  learned","my `project`"]})", ""},
             {"a heading in code is none", R"({"kind":"document","path":"README.md","headings":["Fenced"]})",
              "## Fenced"},
             {"words", R"({"kind":"document","path":"README.md","min_words":5})", ""},
             {"too few words", R"({"kind":"document","path":"README.md","min_words":500})", "at least 500 words"},
             {"links", R"({"kind":"document","path":"README.md","links":{"min":2}})", ""},
             {"too few links", R"({"kind":"document","path":"README.md","links":{"min":3}})", "at least 3 links"},
             {"no such file", R"({"kind":"document","path":"OTHER.md"})", "there is no file"},
         }) {
        CAPTURE(what);
        const auto finding = world.judge(rule);
        CHECK_MESSAGE(finding.verdict == (*told == '\0' ? Verdict::pass : Verdict::fail), test::told(finding));
        CHECK_MESSAGE(test::tells(finding, told), test::told(finding));
    }
    world.source("a (b)&.md", "x");
    world.source("notes/c.md", "x");
    for (const auto* text : {"```python\nresult = steps[0](text)\n```",
                             "`steps[0](text)`",
                             "    steps[0](text)",
                             "<!-- [later](later.md) -->",
                             "[b](<a (b)&.md>)",
                             "[b](a%20(b)%26.md)",
                             "[b](a%20\\(b\\)&amp;.md)",
                             "[b][c]\n\n[c]: <a (b)&.md> 'b'",
                             "[c](notes/c.md?plain=1#top)",
                             "[c](./notes/../notes/c.md)",
                             "[here](#data)",
                             "[m](mailto:a@b.org)",
                             "<tel:+123>",
                             "[d](data:text/plain,a)",
                             "[e](//example.org/a)",
                             "https://example.org/gone.md",
                             "www.gone.md",
                             "<a href='notes/c.md'>c</a>",
                             "[folder](notes/)",
                             "[nothing][gone.md]"}) {
        CAPTURE(text);
        world.source("README.md", std::string(text) + "\n");
        const auto finding = world.judge(R"({"kind":"document","path":"README.md","links":{}})");
        CHECK_MESSAGE(finding.verdict == Verdict::pass, test::told(finding));
    }
    for (const auto* text : {"[a][b]\n\n[b]: gone.md", "![a](gone.png)", "<img src=\"gone.png\">", "- > [a](gone.md)",
                             "# [a](gone.md)", "[a](C:\\x.md)", "[a](a%2520(b)&.md)"}) {
        CAPTURE(text);
        world.source("README.md", std::string(text) + "\n");
        CHECK(test::tells(world.judge(R"({"kind":"document","path":"README.md","links":{}})"), "(line 1)"));
    }
    world.source("README.md", "x\n\n[c](notes\\c.md)\n");
    CHECK(test::tells(world.judge(R"({"kind":"document","path":"README.md","links":{}})"), "`notes/c.md`"));
    world.source("README.md", std::string((1 << 20) + 1, 'a'));
    CHECK(test::tells(world.judge(R"({"kind":"document","path":"README.md"})"), "too long"));
    for (const auto* link : {"gone.md", "../secret", "/etc/passwd", "a/../../x"}) {
        world.source("README.md", std::string("[a](") + link + ")\n");
        CHECK(test::tells(world.judge(R"({"kind":"document","path":"README.md","links":{}})"),
                          "not in the project folder"));
    }
    world.source("README.md", "caf\xE9\n");
    CHECK(test::tells(world.judge(R"({"kind":"document","path":"README.md"})"), "not UTF-8"));
}

TEST_CASE("document: the numbers that it states are the verified ones") {
    struct Claim {
        const char* line;
        const char* told;  // empty: it holds
    };
    // The model is right for 11 rows in 12: 0.917.
    const std::vector<Claim> claims{
        {"Model accuracy: 0.92", ""},
        {"**Model accuracy**: **0,92** on held-out rows", ""},
        {"| Model accuracy | 92 % |", ""},
        {"- model_accuracy is about .92", ""},
        {"The Model  accuracy - 91.7%", ""},
        {"Model accuracy is 92 per cent", ""},
        {"# Model accuracy\n\nIt is fine.\n\nModel accuracy: 0.92 (0.80 before)", ""},
        {"Model accuracy: 0.5, or 0.92", "0.500"},
        {"Model accuracy: 92", "92.000"},
        {"Model accuracy: -0.92", "-0.920"},
        {"Model accuracy: 0.97", ""},   // within two deviations of a fold
        {"Model accuracy:\n0.92", ""},  // a reader sees one line
        {"Model accuracy:  \n0.92", "does not state your Model accuracy"},
        {"Model accuracy:\n\n0.92", "does not state your Model accuracy"},
        {"The model accuracy\nmatters. There are\n891 rows.\n\nModel accuracy: 0.92", ""},
        {"The model accuracy matters\nmuch. There are 891 rows.", "does not state"},
        {"Model accuracy: `0.92`", ""},
        {"Model&nbsp;accuracy is&#160;92&nbsp;&percnt;", ""},
        {"Model accuracy is \xe2\x88\x92"
         "0.92",
         "-0.920"},
        {"Model accuracy \xe2\x80\x93 0.92", ""},
        {"Model accuracy-0.92", ""},
        {"Model accuracy\xef\xbc\x9a\xef\xbc\x99\xef\xbc\x92\xef\xbc\x85", ""},  // of full width
        {"Model accuracy: 9.2e-1", ""},
        {"Model accuracy (5-fold, F1 of the 2nd try, top-1): 0.92", ""},
        {"Model accuracy: [0.92](run5.md)", ""},
        {"Model accuracy (https://a.org/17) is 0.92", ""},
        {"Model accuracy <!-- was 0.5 --> is 0.92", ""},
        {"Model accuracy ![chart 5](a.png \"0.5\")", "5.000"},
        {"<!-- Model accuracy: 0.92 -->", "does not state"},
        {"```\nModel accuracy: 0.92\n```", "in a code block"},
        {"    Model accuracy: 0.92", "in a code block"},
        {"| | Model accuracy |\n|---|---|\n| 7 trees | **0.92** |", ""},
        {"| | Model accuracy |\n|---|---|\n| base | 0.6 |\n| mine | 0.92 |", "does not state"},
        {"| Measure | Value |\n|:--|--:|\n| Model accuracy | 0,92 |", ""},
        {"<table>\n<tr><td>Model accuracy</td><td>92&nbsp;%</td></tr>\n</table>", ""},
        {"## Model *accuracy*: <b>0.92</b>", ""},
        {"Supermodel accuracy: 0.92", "does not state"},
        {"Model accuracyness 0.92", "does not state"},
        {"", "does not state"},
    };
    World world(test::honest);
    for (const auto& [line, told] : claims) {
        CAPTURE(line);
        world.source("README.md", std::string("# Results\n") + line + "\n");
        const auto results = world.milestones(
            {{"better",
              {R"({"id":"accuracy","kind":"score","step":"predict","data":"people","predictions":"predictions.csv",
                            "column":"kind","metric":"accuracy","baseline":{"kind":"majority"},"margin":0.1})"}},
             {"report", {R"({"id":"readme","kind":"document","path":"README.md",
                            "claims":[{"label":"Model accuracy","check":"accuracy","within":0.02}]})"}}});
        REQUIRE(results.has_value());
        REQUIRE(results->size() == 2);
        const auto& finding = results->back().checks.front().finding;
        CHECK_MESSAGE(finding.verdict == (*told == '\0' ? Verdict::pass : Verdict::fail), test::told(finding));
        CHECK_MESSAGE(test::tells(finding, told), test::told(finding));
    }
}

TEST_CASE("document: thousands may be marked either way") {
    for (const auto& [text, holds] : std::vector<std::pair<const char*, bool>>{{"RMSE: 49,500", true},
                                                                               {"RMSE: 49500.0", true},
                                                                               {"RMSE: 49.500,00", true},
                                                                               {"RMSE: 49,500.00", true},
                                                                               {"RMSE: 49 500", true},
                                                                               {"RMSE: 49&nbsp;500,0", true},
                                                                               {"RMSE: 49\u202F500 euros", true},
                                                                               {"RMSE: 49'500", true},
                                                                               {"RMSE: 49\u2019500.00", true},
                                                                               {"RMSE: 49_500", true},
                                                                               {"RMSE: 4.95e4", true},
                                                                               {"RMSE: 49 5000", false},
                                                                               {"RMSE: 49.5", false},
                                                                               {"RMSE: 1,049,500", false}}) {
        CAPTURE(text);
        World world(test::honest);
        world.source("README.md", text);
        const auto check = test::check_of(
            R"({"kind":"document","path":"README.md","claims":[{"label":"RMSE","check":"error","within":10}]})");
        const Findings verified{{"error", {.facts = {{"mean", 49500.0}, {"sd", 0.0}}}}};
        const auto finding = world.with(
            [&](Evaluation& evaluation) { return checks::kind_of(check)->judge(check, evaluation, verified); });
        REQUIRE(finding.has_value());
        CHECK((finding->verdict == Verdict::pass) == holds);
    }
}

TEST_CASE("document: a claim that nothing has verified yet is left open") {
    World world(test::honest);
    world.source("README.md", "Model accuracy: 0.92\n");
    const auto finding = world.judge(
        R"({"kind":"document","path":"README.md","claims":[{"label":"Model accuracy","check":"none","within":0.1}]})");
    CHECK(finding.verdict == Verdict::skipped);
}
