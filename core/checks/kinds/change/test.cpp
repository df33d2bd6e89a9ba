// Experiments that learners would declare, honest ones and others.
#include "base/hash.hpp"
#include "checks/kinds/change/conclusion.hpp"
#include "checks/kinds/change/experiment.hpp"
#include "checks/kinds/change/interval.hpp"
#include "metrics/metric.hpp"
#include "unit/kind_support.hpp"

using namespace mlpath;
using namespace mlpath::checks;
using namespace mlpath::test;

namespace {

std::string change(const std::string& more = {}) {
    return check_of_predictions("change", R"(,"metric":"accuracy")" + more);
}

std::string declared(const std::string& before, const std::string& after,
                     const std::string& hypothesis = "The steps of thirty beat one answer.") {
    return Json{{"hypothesis", hypothesis}, {"before", before}, {"after", after}}.dump();
}

std::string readme(const std::string& difference, const std::string& conclusion) {
    return "# Mine\n\nPaired difference: " + difference + "\n\nConclusion: " + conclusion + "\n";
}

// Learns where `--honest` is among its arguments, says the same for everyone elsewhere; `--nearly` errs on one row more
// or less, by chance.
FakeProcesses::Program with_options() {
    return [](const system::ProcessSpec& spec) -> Result<system::ProcessOutcome> {
        const auto has = [&](const char* word) { return std::ranges::find(spec.argv, word) != spec.argv.end(); };
        if (has("--fails")) {
            return exited(1, "", "ValueError: no such option");
        }
        if (has("--silent")) {
            return exited(0);
        }
        const auto nearly = [](const table::Table& train, const table::Table& test) {
            auto cells = honest(train, test);
            for (std::size_t row = 0; row < cells.size(); ++row) {
                if (hash64(test.rows[row][*test.column("x")], 3) % 9 == 0) {
                    cells[row] = hash64(test.rows[row][*test.column("x")], 4) % 2 == 0 ? "yes" : "no";
                }
            }
            return cells;
        };
        return predicting(has("--honest") ? Model(honest) : has("--nearly") ? Model(nearly) : Model(majority))(spec);
    };
}

// A world with the experiment and the README in it.
struct Trial : World {
    Trial(const std::string& experiment, const std::string& text) : World(with_options()) {
        project.sources.emplace_back("*.json");
        project.steps.front().writes = {"predictions.csv"};
        source("p.py", "pass");
        source("experiment.json", experiment);
        source("README.md", text);
    }
    Finding judged(const std::string& more = {}) { return judge(change(more).c_str()); }
};

}  // namespace

TEST_CASE("change: it passes whatever the sign, if the README says what the interval says") {
    struct Case {
        const char* what;
        std::string before;
        std::string after;
        std::string difference;
        std::string conclusion;
        Verdict verdict;
        const char* words;
    };
    const std::vector<Case> cases{
        {"a gain", "python3 p.py", "python3 p.py --honest", "0.417", "gain", Verdict::pass, "paired difference 0.4"},
        {"in other words", "p.py", "python p.py --honest", "41.7 %", "**An improvement**, and a large one.",
         Verdict::pass, ""},
        {"a loss is as good", "python3 p.py --honest", "python3 p.py", "-0.417", "loss", Verdict::pass, ""},
        {"no difference is as good", "python3 p.py --honest", "python3 p.py --nearly", "-0.04",
         "no difference that I can show", Verdict::pass, ""},
        {"more than the folds show", "python3 p.py --honest", "python3 p.py --nearly", "-0.04", "loss", Verdict::fail,
         "holds 0"},
        {"less than the folds show", "python3 p.py", "python3 p.py --honest", "0.417", "no difference", Verdict::fail,
         "clearer than you say"},
        {"the wrong way round", "python3 p.py", "python3 p.py --honest", "0.417", "loss", Verdict::fail, "is a gain"},
        {"a number of its own", "python3 p.py", "python3 p.py --honest", "0.9", "gain", Verdict::fail,
         "states a paired difference of 0.9"},
        {"the sign turned", "python3 p.py", "python3 p.py --honest", "-0.417", "gain", Verdict::fail,
         "before minus after"},
        {"no number", "python3 p.py", "python3 p.py --honest", "large", "gain", Verdict::fail,
         "does not state its paired difference"},
        {"nothing that decides", "python3 p.py", "python3 p.py --honest", "0.417", "a success", Verdict::fail,
         "is not clear: \"a success\""},
        {"no conclusion", "python3 p.py", "python3 p.py --honest", "0.417", "", Verdict::fail, "has no line"},
        {"the same in every row", "python3 p.py", "python3 p.py --verbose", "0", "no difference", Verdict::fail,
         "predict exactly the same, row for row, in all 10 folds"},
        {"a way that fails", "python3 p.py", "python3 p.py --fails", "0.417", "gain", Verdict::fail,
         "`after`, on a fold"},
        {"the other that fails", "python3 p.py --fails", "python3 p.py", "0.417", "gain", Verdict::fail,
         "`before`, on a fold"},
        {"a way that writes nothing", "python3 p.py", "python3 p.py --silent", "0.417", "gain", Verdict::fail,
         "wrote no `predictions.csv`"},
    };
    for (const auto& [what, before, after, difference, conclusion, verdict, words] : cases) {
        CAPTURE(what);
        expect(Trial(declared(before, after), readme(difference, conclusion)).judged(), verdict, words);
    }
}

TEST_CASE("change: the figures of a finding, for reports and for a document that claims them") {
    Trial trial(declared("python3 p.py", "python3 p.py --honest"), readme("0.417", "gain"));
    const auto finding = trial.judged();
    CHECK(finding.facts.at("n") == 10);
    CHECK(finding.facts.at("after") - finding.facts.at("before") == doctest::Approx(finding.facts.at("mean")));
    CHECK(finding.facts.at("low") < finding.facts.at("mean"));
    REQUIRE(finding.measurements.size() == 1);
    CHECK(finding.measurements[0].name == "paired difference");
    CHECK(std::get<Series>(finding.measurements[0].shape).values.size() == 10);
    CHECK(finding.drawing.find("no difference | 0.000") != std::string::npos);
    CHECK(finding.legend.find("The steps of thirty beat one answer.") != std::string::npos);
    CHECK(trial.steps_run == 20);
    expect(trial.judged(R"(,"ceiling":0.9)"), Verdict::pass, "");
    CHECK(trial.judged(R"(,"ceiling":0.9)").warning.find("suspicious: accuracy") == 0);
    // Where it already fails on the first fold, the others are not tried.
    Trial failing(declared("python3 p.py", "python3 p.py --fails"), "");
    CHECK(failing.judged().verdict == Verdict::fail);
    CHECK(failing.steps_run == 2);
}

TEST_CASE("change: a lower error is a gain, and the difference is still after minus before") {
    // Labels that are numbers: 0 for everyone, or what is known of x.
    const auto program = [](const system::ProcessSpec& spec) -> Result<system::ProcessOutcome> {
        const bool learns = std::ranges::find(spec.argv, "--honest") != spec.argv.end();
        return predicting([learns](const table::Table&, const table::Table& test) {
            std::vector<std::string> cells;
            for (std::size_t row = 0; row < test.rows.size(); ++row) {
                cells.emplace_back(learns && number_in(test, row, "x") > 60 ? "1" : "0");
            }
            return cells;
        })(spec);
    };
    auto rows = sample_rows();
    for (auto& row : rows.rows) {
        row.back() = row.back() == "yes" ? "1" : "0";
    }
    World world(program, rows);
    world.project.sources.emplace_back("*.json");
    world.project.steps.front().writes = {"predictions.csv"};
    world.source("p.py", "pass");
    world.source("experiment.json", declared("python3 p.py", "python3 p.py --honest"));
    const auto check = check_of_predictions("change", R"(,"metric":"mae")");
    for (const auto& [conclusion, verdict] : {std::pair{"gain", Verdict::pass}, std::pair{"loss", Verdict::fail}}) {
        world.source("README.md", readme("-0.417", conclusion));
        expect(world.judge(check.c_str()), verdict, "aired difference");
    }
}

TEST_CASE("change: predictions and READMEs that hold no number") {
    const auto program = [](const system::ProcessSpec& spec) -> Result<system::ProcessOutcome> {
        const auto said = std::ranges::find_if(spec.argv, [](const auto& word) { return word.starts_with("--say="); });
        return predicting([&](const table::Table&, const table::Table& test) {
            std::vector<std::string> cells(test.rows.size(), "1");
            if (said != spec.argv.end()) {
                cells.front() = said->substr(6);
            }
            return cells;
        })(spec);
    };
    auto rows = sample_rows();
    for (auto& row : rows.rows) {
        row.back() = row.back() == "yes" ? "1" : "0";
    }
    struct Case {
        const char* what;
        std::string say;
        std::string readme;
        const char* words;
    };
    const std::string sound = readme("0.01", "loss");
    const std::vector<Case> cases{
        {"NaN", "nan", sound, "the prediction is NaN"},
        {"infinity", "inf", sound, "is infinite for 1 row"},
        {"less than any number", "-inf", sound, "is infinite for 1 row"},
        {"beyond a double", "1e999", sound, "in `predictions.csv` is"},
        {"nothing", "", sound, "has no value in `kind`"},
        {"a word", "high", sound, "is not a number for 1 row"},
        {"a number of another notation", "0,5", sound, "is not a number for 1 row"},
        {"enormous text", std::string(900, 'a'), sound, "is not a number for 1 row"},
        {"an empty README", "7", "", "does not state its paired difference"},
        {"a README that is not UTF-8", "7", "\xFF\xFE", "is not UTF-8 text"},
        {"an enormous README", "7", std::string(1'000'000, 'a'), "does not state its paired"},
        {"a difference that is NaN", "7", readme("nan", "loss"), "does not state its paired difference"},
        {"one without end", "7", readme("inf", "loss"), "does not state its paired difference"},
        {"one beyond a double", "7", readme("1e999", "loss"), "paired difference"},
        {"one with 5,000 digits", "7", readme(std::string(5'000, '9'), "loss"), "paired difference"},
    };
    for (const auto& [what, say, text, words] : cases) {
        CAPTURE(what);
        World world(program, rows);
        world.project.sources.emplace_back("*.json");
        world.project.steps.front().writes = {"predictions.csv"};
        world.source("p.py", "pass");
        world.source("experiment.json", declared("python3 p.py", "python3 p.py '--say=" + say + "'"));
        world.source("README.md", text);
        const auto check = check_of_predictions("change", R"(,"metric":"mae")");
        const auto finding = world.judge(check.c_str());
        CHECK(is_utf8(told(finding)));
        CHECK_MESSAGE(told(finding).size() < 3000, told(finding).size());
        expect(finding, Verdict::fail, words);
    }
}

TEST_CASE("change: the folds are those of the project, whatever seed the others are judged by") {
    const auto mean_by = [](std::optional<std::uint64_t> seed) {
        Trial trial(declared("python3 p.py", "python3 p.py --nearly"), readme("0.4", "gain"));
        trial.seed = seed;
        return trial.judged().facts.at("mean");
    };
    CHECK(mean_by({}) == mean_by(99));
}

TEST_CASE("change: the runs of the step as it is are shared with a score, and a README that changes is read again") {
    Trial trial(declared("python3 p.py", "python3 p.py --honest"), readme("0.417", "gain"));
    const auto score = check_of_predictions(
        "score", R"(,"metric":"accuracy","baseline":{"kind":"majority"},"margin":-0.1,"repeats":2)");
    REQUIRE(trial.milestones({{"m", {score.c_str(), change().c_str()}}}).has_value());
    CHECK(trial.steps_run == 20);
    const auto check = check_of(change().c_str());
    const auto* kind = kind_of(check);
    const auto seen = [&] { return kind->surroundings(check, trial.sources.path(), trial.sources.path()); };
    const auto first = seen();
    trial.source("README.md", "another");
    CHECK(seen() != first);
}

TEST_CASE("change: files that declare no experiment, each with what is wrong with it") {
    const run::Sources sources{.files = {"p.py", "predict.py"}};
    struct Case {
        const char* what;
        std::string text;
        const char* words;
    };
    const std::vector<Case> cases{
        {"empty", " \n", "is empty"},
        {"enormous", std::string(longest_experiment + 1, ' ') + "x", "too much for three lines"},
        {"no JSON", "hypothesis = pairs", "is not JSON"},
        {"not UTF-8", "{\"hypothesis\": \"\xFF\"}", "is not JSON"},
        {"deep", std::string(5000, '['), "is not JSON"},
        {"a list", "[]", "but no object"},
        {"null", "null", "but no object"},
        {"NaN", R"({"hypothesis": NaN, "before": "x", "after": "y"})", "is not JSON"},
        {"more behind it", declared("python3 p.py", "python3 p.py --x") + "}", "is not JSON"},
        {"a NUL behind it", declared("python3 p.py", "python3 p.py --x") + '\0', "is not JSON"},
        {"no keys", "{}", "has no `hypothesis`"},
        {"nothing for a way", R"({"hypothesis": "a b c d", "before": null, "after": "y"})", "is null, not text"},
        {"one way only", R"({"hypothesis": "Pairs of words help much.", "before": "python3 p.py"})",
         "only one is declared"},
        {"no hypothesis", R"({"before": "python3 p.py", "after": "python3 p.py --x"})", "has no `hypothesis`"},
        {"an empty one", declared("python3 p.py", "python3 p.py --x", " … "), "is empty"},
        {"the skeleton's", declared("python3 p.py", "python3 p.py --x", "TODO: one sentence of yours"),
         "still the TODO"},
        {"a word", declared("python3 p.py", "python3 p.py --x", "Pairs!"), "is not a sentence"},
        {"a novel", declared("python3 p.py", "python3 p.py --x", std::string(600, 'a') + " b c d"), "longer than 500"},
        {"a key too many", R"({"hypothesis": "a b c d", "before": "x", "afer": "y"})", "did you mean `after`?"},
        {"a number", R"({"hypothesis": "a b c d", "before": 7, "after": "y"})", "is number, not text"},
        {"a list of words", R"({"hypothesis": "a b c d", "before": ["python3", "p.py"], "after": "y"})", "is array"},
        {"the same", declared("python3 p.py", "python  './p.py'"), "the same command"},
        {"no program", declared("python3 p.py", "python3 -c 'print(1)'"), "does not name a Python program"},
        {"Python alone", declared("python3 p.py", "python3"), "does not name a Python program"},
        {"nothing", declared("python3 p.py", "  "), "is empty"},
        {"a program that is nowhere", declared("python3 p.py", "python3 predct.py"), "did you mean `predict.py`?"},
        {"a NUL in it", declared("python3 p.py", std::string("python3 p.py --x\0y", 19)), "that a person would type"},
        {"enormous", declared("python3 p.py", "python3 p.py " + std::string(2000, 'x')), "that a person would type"},
        {"an escape of a terminal", declared("python3 p.py", "\x1b[2J.py"), "which is not in this folder"},
        {"outside", declared("python3 p.py", "python3 ../p.py"), "which is not in this folder"},
        {"of a shell", declared("python3 p.py", "python3 p.py --x > log.txt"), "no shell reads it"},
        {"two commands", declared("python3 p.py", "python3 p.py; rm x"), "no shell reads it"},
    };
    for (const auto& [what, text, words] : cases) {
        CAPTURE(what);
        const auto read = read_experiment(text, "experiment.json", sources);
        REQUIRE(!read);
        CHECK_MESSAGE(tells(read.error(), words), told(read.error()));
        CHECK(is_utf8(read.error().message));
    }
    const auto read =
        read_experiment(declared("p.py", "python3.11 ./predict.py --words 'a b' --x=\"\""), "experiment.json", sources);
    REQUIRE(read);
    CHECK(read->before == std::vector<std::string>{"{python}", "p.py"});
    CHECK(read->after == std::vector<std::string>{"{python}", "predict.py", "--words", "a b", "--x="});
    Trial absent(declared("python3 p.py", "python3 p.py --x"), readme("0.4", "gain"));
    std::filesystem::remove(absent.sources.path() / "experiment.json");
    expect(absent.judged(), Verdict::fail, "there is no file `experiment.json`");
    Trial silent(declared("python3 p.py", "python3 p.py --honest"), readme("0.4", "gain"));
    std::filesystem::remove(silent.sources.path() / "README.md");
    expect(silent.judged(), Verdict::fail, "there is no file `README.md`");
}

TEST_CASE("change: the interval is that of Nadeau and Bengio, with Student's quantiles of the tables") {
    CHECK(student_95(1) == doctest::Approx(12.7062).epsilon(1e-4));
    CHECK(student_95(2) == doctest::Approx(4.3027).epsilon(1e-4));
    CHECK(student_95(4) == doctest::Approx(2.7764).epsilon(1e-4));
    CHECK(student_95(9) == doctest::Approx(2.2622).epsilon(1e-4));
    CHECK(student_95(99) == doctest::Approx(1.9842).epsilon(1e-4));
    // s = 0.0158114, n = 5, test to train 1/4: 0.03 ± 2.7764 · 0.0158114 · sqrt(0.45)
    const auto interval = corrected_interval({0.01, 0.02, 0.03, 0.04, 0.05}, 0.25);
    CHECK(interval.mean == doctest::Approx(0.03));
    CHECK(interval.half() == doctest::Approx(0.029448).epsilon(1e-4));
    const auto same = corrected_interval({0.5, 0.5}, 0.25);
    CHECK(same.low == same.high);
}

TEST_CASE("change: what a README concludes") {
    const auto concluded = [](const std::string& text) {
        const auto found = concluded_in(*markdown::read(text));
        return found.conclusion ? std::string(to_string(*found.conclusion)) : "? " + found.text;
    };
    CHECK(concluded("Conclusion: gain") == "gain");
    CHECK(concluded("- **Conclusion**: *A small improvement*, no more.") == "gain");
    CHECK(concluded("Conclusion: it is worse") == "loss");
    CHECK(concluded("Conclusion: No gain.") == "no difference");
    CHECK(concluded("Conclusion: not better") == "no difference");
    CHECK(concluded("Conclusion: inconclusive") == "no difference");
    CHECK(concluded("## Conclusion\n\nConclusion: loss") == "loss");
    CHECK(concluded("| Conclusion | gain |\n|---|---|\n| a | b |") == "gain");
    CHECK(concluded("`Conclusion: gain`\n\n    Conclusion: gain") == "gain");
    CHECK(concluded("Conclusion: gain\n\nConclusion: no difference").starts_with("? gain"));
    CHECK(concluded("```\nConclusion: gain\n```") == "? ");
    CHECK(concluded("<!-- Conclusion: gain -->") == "? ");
    CHECK(concluded("Conclusion: again") == "? again");
}

TEST_CASE("change: what lint asks") {
    const auto with = [](const std::string& more) {
        return R"({ "id": "n", "kind": "change", "says": "Mine.", "step": "predict", "data": "rows", "predictions": "predictions.csv", "column": "sank", )" +
               more + R"( }, { "id": "model",)";
    };
    check_faults({
        {sink_manifest, "{ \"id\": \"model\",", with(R"("metric": "acuracy", "experiment": "trial.py")"),
         sink_manifest + ":30: /milestones/1/checks/3/metric: no metric `acuracy`; did you mean `accuracy`?"},
        {sink_manifest, "{ \"id\": \"model\",", with(R"("metric": "accuracy", "experiment": "trial.txt")"),
         sink_manifest + ":30: /milestones/1/checks/3/experiment: `trial.txt` is none of the `sources`, so `verify` "
                         "would not have it; a glob in `sources` must match it"},
    });
}

TEST_CASE("change: what a milestone tells of it") {
    const auto lines = details_of(check_of(change().c_str()));
    REQUIRE(lines.size() == 3);
    CHECK(lines[1].find("2 times 5 of them, and score both with `accuracy`") != std::string::npos);
    CHECK(lines[2].find("`README.md` has a line `Paired difference: …`") == 0);
}
