#include "checks/scoring.hpp"

#include "checks/drawing.hpp"
#include "checks_support.hpp"

using namespace mlpath;
using namespace mlpath::checks;

namespace {

Measure measure(const char* metric, const char* baseline, const char* positive = "1") {
    return {.metric = metric,
            .positive = positive,
            .column = "y",
            .predictions = "p.csv",
            .baseline = Json::parse(baseline)};
}

// Training: women 1 1 0, men 0 0 0 and one of an unknown port; test: a woman, a man, somebody of a group never seen.
data::Division people(std::vector<std::string> truth = {"1", "0", "0"}) {
    return {.train = {.columns = {"row_id", "sex", "y"},
                      .rows = {{"1", "f", "1"},
                               {"2", "f", "1.0"},
                               {"3", "f", "0"},
                               {"4", "m", "0"},
                               {"5", "m", "0"},
                               {"6", "m", " 0"}}},
            .test = {.columns = {"row_id", "sex"}, .rows = {{"7", "f"}, {"8", "m"}, {"9", "x"}}},
            .target = "y",
            .truth = std::move(truth)};
}

using Cells = std::vector<std::string>;

}  // namespace

TEST_CASE("baselines know the training rows alone, and answer as the metric asks") {
    struct Case {
        const char* metric;
        const char* baseline;
        Cells expected;
    };
    const std::vector<Case> cases{
        {"accuracy", R"({"kind":"majority"})", {"0", "0", "0"}},
        {"accuracy", R"({"kind":"by","column":"sex"})", {"1", "0", "0"}},
        {"roc_auc", R"({"kind":"majority"})", {"0.3333333333333333", "0.3333333333333333", "0.3333333333333333"}},
        {"roc_auc", R"({"kind":"by","column":"sex"})", {"0.6666666666666666", "0", "0.3333333333333333"}},
        {"mae", R"({"kind":"mean"})", {"0.3333333333333333", "0.3333333333333333", "0.3333333333333333"}},
        {"rmse", R"({"kind":"by","column":"sex"})", {"0.6666666666666666", "0", "0.3333333333333333"}},
    };
    for (const auto& [metric, baseline, expected] : cases) {
        CAPTURE(metric);
        CAPTURE(baseline);
        const auto found = baseline_predictions(measure(metric, baseline), people());
        REQUIRE(found.has_value());
        CHECK(*found == expected);
    }
    CHECK_FALSE(baseline_predictions(measure("accuracy", R"({"kind":"by","column":"age"})"), people()).has_value());
    auto nobody = people();
    nobody.train.rows.clear();
    CHECK_FALSE(baseline_predictions(measure("accuracy", R"({"kind":"majority"})"), nobody).has_value());
}

TEST_CASE("a lift is positive where the learner is better, also where less is better") {
    const auto lift_of = [](const Measure& what, const Cells& cells) {
        const auto lift = measure_lift(what, people(), cells);
        REQUIRE(lift.has_value());
        REQUIRE(lift->has_value());
        return **lift;
    };
    const auto better = lift_of(measure("accuracy", R"({"kind":"majority"})"), {"1", "0", "0"});
    CHECK(better.metric == doctest::Approx(1));
    CHECK(better.baseline == doctest::Approx(2.0 / 3));
    CHECK(better.lift == doctest::Approx(1.0 / 3));
    CHECK(lift_of(measure("mae", R"({"kind":"mean"})"), {"1", "0", "0"}).lift == doctest::Approx(4.0 / 9));
    CHECK(lift_of(measure("mae", R"({"kind":"mean"})"), {"0", "1", "1"}).lift < 0);
    CHECK(lift_of(measure("accuracy", R"({"kind":"value","value":0.9})"), {"1", "0", "0"}).lift ==
          doctest::Approx(0.1));
    CHECK(lift_of(measure("mae", R"({"kind":"value","value":0.25})"), {"1", "0", "0"}).lift == doctest::Approx(0.25));
    // The same answer as the baseline's is no lift at all.
    CHECK(lift_of(measure("accuracy", R"({"kind":"majority"})"), {"0", "0", "0"}).lift == doctest::Approx(0));
}

TEST_CASE("whether predictions cannot be scored, or nothing could be, is told apart") {
    const auto log_loss = measure("log_loss", R"({"kind":"majority"})");
    const auto bad = measure_lift(log_loss, people(), {"1.5", "0", "0"});  // no probability: the learner's mistake
    REQUIRE(bad.has_value());
    REQUIRE_FALSE(bad->has_value());
    CHECK(bad->error().verdict == Verdict::fail);
    CHECK_FALSE(bad->error().decided);
    const auto auc = measure("roc_auc", R"({"kind":"majority"})");
    CHECK_FALSE(measure_lift(auc, people({"1", "1", "1"}), {"0.5", "0.6", "0.7"}).has_value());  // one class: ours
    CHECK_FALSE(measure_lift(measure("no_such", R"({"kind":"majority"})"), people(), {"1", "0", "0"}).has_value());
}

TEST_CASE("a spread is what a textbook says") {
    const auto spread = spread_of({1, 2, 3, 4});
    CHECK(spread.mean == doctest::Approx(2.5));
    CHECK(spread.deviation == doctest::Approx(1.2909944));
    CHECK(spread.error == doctest::Approx(0.6454972));
    CHECK(spread_of({7}).error == 0);
    CHECK(spread_of({}).count == 0);
    CHECK(in_words(spread) == "2.500 ± 1.291");
    CHECK(three_decimals(-0.0001) == "0.000");
}

TEST_CASE("the drawing of a spread is one line of plain text") {
    const Axis axis{.low = 0, .high = 1, .width = 11};
    CHECK(draw_marks({0, 0.3, 0.3, 0.8, 0.8, 0.8, 1}, 0.5, axis) == "o--8-|--@-o");
    CHECK(draw_marks({}, 0.5, axis) == "-----|-----");
    CHECK(draw_marks({1, 1}, 1, {.low = 1, .high = 1, .width = 3}) == "|--");
    CHECK(draw_spread({}, 0).empty());
    CHECK(draw_spread({0.5}, 0.5) == "0.500 [|--------------------------------] 0.500, asked | 0.500");
    CHECK(draw_spread({0, 0.5, 0.5, 1, 1, 1}, -1) ==
          "-1.000 [|---------------o-------8-------@] 1.000, asked | -1.000");
}
