// Scores against a baseline, with models that would be written.
#include "unit/kind_support.hpp"

using namespace mlpath;
using namespace mlpath::checks;
using namespace mlpath::test;

namespace {

std::string score(const std::string& margin, const std::string& more = {}) {
    return R"({"kind":"score","step":"predict","data":"people","predictions":"predictions.csv","column":"kind",)"
           R"("metric":"accuracy","baseline":{"kind":"majority"},"margin":)" +
           margin + more + "}";
}
const std::string measured = R"(,"metric":"accuracy","baseline":{"kind":"majority"})";

}  // namespace

TEST_CASE("score: better than the baseline by the margin, or not, with the figures") {
    World world(test::honest);
    const auto finding = world.judge(score("0.2").c_str());
    CHECK_MESSAGE(finding.verdict == Verdict::pass, test::told(finding));
    CHECK(finding.facts.at("mean") == doctest::Approx(11.0 / 12));
    CHECK(finding.facts.at("n") == 10);  // two repeats of five folds
    CHECK(world.steps_run == 10);
    const auto poor = World(majority).judge(score("0.1").c_str());
    CHECK(poor.verdict == Verdict::fail);
    CHECK_MESSAGE(test::tells(poor, "always the most common answer"), test::told(poor));
    // The same labels as the baseline's: no lift in any fold, a clear answer after the first splits.
    CHECK(poor.facts.at("lift") == doctest::Approx(0));
    CHECK(poor.facts.at("n") == 10);
}

TEST_CASE("score: near the margin more splits are pooled, and what stays near is left open") {
    World sure(test::honest);
    const auto mean = sure.judge(score("0.1").c_str()).facts.at("lift");
    World near(test::honest);
    const auto below = near.judge(score(std::to_string(mean + 0.004)).c_str());
    CHECK_MESSAGE(below.verdict == Verdict::error, test::told(below));
    CHECK(below.facts.at("n") == 40);  // 2, 4, 8 repeats of five folds
    CHECK(near.steps_run == 40);
    CHECK(test::tells(below, "too close to call"));
    const auto once = World(test::honest).judge(score("0.1", R"(,"repeats":1)").c_str());
    CHECK(once.facts.at("n") == 5);
}

TEST_CASE("score: too good is suspicious, and passes unless the project says otherwise") {
    const auto finding = World(lookup).judge(score("0.1", R"(,"ceiling":0.95)").c_str());
    CHECK(finding.verdict == Verdict::pass);
    CHECK(finding.facts.at("suspicious") == 1);
    CHECK(finding.warning.find("suspicious: accuracy 1.000") == 0);
    const auto strict = World(lookup).judge(score("0.1", R"(,"ceiling":0.95,"above_ceiling":"fail")").c_str());
    CHECK(strict.verdict == Verdict::fail);
    CHECK_MESSAGE(test::tells(strict, "suspicious"), test::told(strict));
    CHECK(World(test::honest).judge(score("0.1", R"(,"ceiling":0.95)").c_str()).warning.empty());
}

TEST_CASE("score: what the learner's file cannot be scored for, and what nobody's could") {
    const auto auc = score("0.1", R"(,"metric":"roc_auc","positive":"yes")");
    const auto text = World(test::honest).judge(auc.c_str());  // yes and no where numbers are asked for
    CHECK(text.verdict == Verdict::fail);
    CHECK_FALSE(text.decided);
    const auto other = score("0.1", R"(,"metric":"roc_auc","positive":"maybe")");  // a class that the truth has not
    World numbers([](const table::Table&, const table::Table& test) {
        return std::vector<std::string>(test.rows.size(), "0.5");
    });
    CHECK(numbers.judge(other.c_str()).verdict == Verdict::error);
}

TEST_CASE("score in most splits: the improvement holds in nearly every split, or the spread shows that it does not") {
    const auto holds =
        World(test::honest).judge(check_of_predictions("score", measured + R"(,"margin":0.1,"holds_in":0.9)").c_str());
    expect(holds, Verdict::pass, "in 10 of 10 splits");
    CHECK(holds.drawing.find('|') != std::string::npos);
    CHECK(holds.facts.at("n") == 10);
    const auto fails =
        World(test::honest).judge(check_of_predictions("score", measured + R"(,"margin":0.9,"holds_in":0.9)").c_str());
    expect(fails, Verdict::fail, "the improvement over the baseline does not hold");
    // Good in two splits of three.
    struct Moody {
        std::shared_ptr<std::atomic<unsigned>> run = std::make_shared<std::atomic<unsigned>>(0);
        std::vector<std::string> operator()(const table::Table& train, const table::Table& rows) const {
            return (*run)++ % 3 == 0 ? std::vector<std::string>(rows.rows.size(), "no") : test::honest(train, rows);
        }
    };
    expect(World(test::Model(Moody()))
               .judge(check_of_predictions("score", measured + R"(,"margin":0.1,"holds_in":0.9)").c_str()),
           Verdict::fail, "it is there in only");
    // As often as is asked, by and large: more splits, and no verdict that luck decides.
    expect(World(test::Model(Moody()))
               .judge(check_of_predictions("score", measured + R"(,"margin":0.1,"holds_in":0.7)").c_str()),
           Verdict::error, "too close to call");
}

TEST_CASE("score: what lint asks") {
    check_faults({
        {sink_manifest, "\"data\": \"rows\", \"predictions\"", "\"data\": \"row\", \"predictions\"",
         sink_manifest + ":26: /milestones/1/checks/1/data: no data `row`; did you mean `rows`?"},
        {sink_manifest, "\"kind\": \"by\", \"column\": \"name\"", "\"kind\": \"by\", \"column\": \"sank\"",
         sink_manifest + ":27: /milestones/1/checks/1/baseline/column: a baseline by the target itself is the truth"},
        {sink_manifest, "\"margin\": 0.05", "\"margin\": 0.05, \"holds_in\": 0.8, \"ceiling\": 1",
         sink_manifest +
             ":27: /milestones/1/checks/1/ceiling: `ceiling` is of the mean, and with `holds_in` each split is judged "
             "by itself; keep one of them"},
        {sink_manifest, "\"margin\": 0.05", "\"margin\": 0.05, \"above_ceiling\": \"fail\"",
         sink_manifest + ":26: /milestones/1/checks/1: the key `ceiling` is missing (needed beside `above_ceiling`)"},
        {sink_manifest, "{ \"id\": \"model\",",
         R"({ "id": "n", "kind": "score", "says": "Holds.", "step": "predict", "data": "rows", "predictions": "predictions.csv", "column": "sank", "metric": "acuracy", "baseline": { "kind": "majority" }, "margin": 0, "holds_in": 0.9 }, { "id": "model",)",
         sink_manifest + ":30: /milestones/1/checks/3/metric: no metric `acuracy`; did you mean `accuracy`?"},
        {sink_manifest, "\"metric\": \"accuracy\"", "\"metric\": \"acuracy\"",
         sink_manifest + ":27: /milestones/1/checks/1/metric: no metric `acuracy`; did you mean `accuracy`?"},
        {sink_manifest, "\"metric\": \"accuracy\"", "\"metric\": \"silhouette\"",
         sink_manifest + ":27: /milestones/1/checks/1/metric: `silhouette` is not a metric of predictions"},
    });
}

TEST_CASE("score: what a milestone tells of it") {
    CHECK(details_of("score") ==
          std::vector<std::string>{
              "we read the columns `row_id` and `sank` of `predictions.csv`, which `python3 predict.py` writes",
              "the metric is `accuracy`; the baseline is guessing by `name` alone",
              "on average over 2 times 5 fresh splits of the data, it is better than the baseline by at least 0.05"});
    CHECK(details_of(
              check_of(check_of_predictions("score", measured + R"(,"margin":0,"holds_in":0.9,"repeats":1)").c_str()))
              .back() == "of 5 fresh splits of the data, it is no worse than the baseline in at least 90 %");
    CHECK(details_of(check_of(score("0.1", R"(,"ceiling":0.95)").c_str())).back() ==
          "above 0.95 it is called suspicious, though it passes");
}
