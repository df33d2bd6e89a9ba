// A text for people: its parts, its links, and the figures that it states.
#include "unit/kind_support.hpp"

using namespace mlpath;
using namespace mlpath::checks;
using namespace mlpath::test;

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

TEST_CASE("document: a claim is held against the fact that it names") {
    World world(test::honest);
    const Findings verified{{"counts", {.facts = {{"mean", 7.0}, {"sd", 100.0}, {"capped", 965.0}}}}};
    for (const auto& [text, verdict, told] :
         std::vector<std::tuple<const char*, Verdict, const char*>>{{"Capped: 965", Verdict::pass, ""},
                                                                    {"Capped: 992", Verdict::fail, "965.000"},
                                                                    {"Nothing", Verdict::fail, "Capped: …"}}) {
        CAPTURE(text);
        world.source("README.md", text);
        const auto check = test::check_of(
            R"({"kind":"document","path":"README.md","claims":[{"label":"Capped","check":"counts","fact":"capped","within":1}]})");
        const auto finding = world.with(
            [&](Evaluation& evaluation) { return checks::kind_of(check)->judge(check, evaluation, verified); });
        REQUIRE(finding.has_value());
        expect(*finding, verdict, told);
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

TEST_CASE("document: what lint asks") {
    check_faults({
        {sink_manifest, "\"check\": \"score\"", "\"check\": \"load\"",
         sink_manifest + ":33: /milestones/1/checks/4/claims/0/fact: `load` is a check of kind python, which may tell "
                         "several facts; "
                         "name the one that is claimed, as the script tells it by `check.fact`"},
        {sink_manifest, "\"check\": \"score\"", "\"check\": \"scores\"",
         sink_manifest +
             ":33: /milestones/1/checks/4/claims/0/check: no measuring check `scores`; did you mean `score`?"},
        {sink_manifest, "\"check\": \"score\"", "\"check\": \"names\"",
         sink_manifest +
             ":33: /milestones/1/checks/4/claims/0/check: `names` is a check of kind behaves, which measures "
             "nothing that a claim can be held against"},
    });
}

TEST_CASE("document: what a milestone tells of it") {
    CHECK(details_of("report") ==
          std::vector<std::string>{
              "we read `README.md`", "it has the heading `Results`",
              "it has at least 5 words, not counting code blocks, comments and addresses",
              "it has a line with `Accuracy` and the figure, at most 0.1 from what milestone 2 measures"});
}
