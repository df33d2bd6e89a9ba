// Values worked out by hand or printed in the documentation of scikit-learn; thousands more are compared with it by
// tests/compare.
#include "metrics/metric.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <random>
#include <set>
#include <string>
#include <vector>

#include "metrics/labels.hpp"
#include "metrics/radix_sort.hpp"
#include "unit/words.hpp"

using namespace mlpath;
using namespace mlpath::metrics;

using test::says;

namespace {

using Strings = std::vector<std::string>;
using Reals = std::vector<double>;

double value(std::string_view name, const Column& truth, const Column& prediction, std::string positive = {}) {
    const auto result = compute(name, {truth, prediction, std::move(positive), {}, {}, {}});
    INFO(name << ": " << (result ? "" : result.error().message));
    REQUIRE(result);
    return *result;
}

Error error_of(std::string_view name, const Column& truth, const Column& prediction, std::string positive = {}) {
    const auto result = compute(name, {truth, prediction, std::move(positive), {}, {}, {}});
    REQUIRE_FALSE(result);
    return result.error();
}

}  // namespace

TEST_CASE("metrics of classes") {
    // Two cats found of three, one dog taken for a cat.
    const Strings truth{"cat", "cat", "cat", "dog", "dog"};
    const Strings prediction{"cat", "cat", "dog", "dog", "cat"};
    CHECK(value("accuracy", truth, prediction) == doctest::Approx(0.6));
    CHECK(value("precision", truth, prediction, "cat") == doctest::Approx(2.0 / 3));
    CHECK(value("recall", truth, prediction, "dog") == doctest::Approx(0.5));
    CHECK(value("f1", truth, prediction, "dog") == doctest::Approx(0.5));
    CHECK(value("f1_macro", truth, prediction) == doctest::Approx((2.0 / 3 + 0.5) / 2));
    CHECK(value("f1_weighted", truth, prediction) == doctest::Approx(0.6));
    CHECK(value("balanced_accuracy", truth, prediction) == doctest::Approx((2.0 / 3 + 0.5) / 2));
    CHECK(value("mcc", truth, prediction) == doctest::Approx(1.0 / 6));
    CHECK(value("kappa", truth, prediction) == doctest::Approx((0.6 - 0.52) / 0.48));
    const auto matrix = confusion(truth, prediction);
    REQUIRE(matrix);
    CHECK(matrix->labels == Strings{"cat", "dog"});
    CHECK(matrix->counts == std::vector<std::vector<double>>{{2, 1}, {1, 1}});
}

TEST_CASE("labels are compared as people mean them") {
    CHECK(value("accuracy", Strings{"1", "0", "2"}, Strings{"1.0", " 0", "02"}) == 1);
    CHECK(value("accuracy", Strings{"1", "0"}, Reals{1, 0}) == 1);
    CHECK(value("accuracy", Strings{"yes", "no"}, Strings{"Yes", "no"}) == 0.5);
    CHECK(value("accuracy", Strings{"None", "NA"}, Strings{"None", "NA"}) == 1);
    CHECK(says(error_of("accuracy", Strings{"a", "b"}, Strings{"a", ""}), "row 2: the prediction is missing"));
    CHECK(says(error_of("accuracy", Strings{"a", "nan"}, Strings{"a", "b"}), "row 2: the truth is missing"));
}

TEST_CASE("the positive class is asked for where it is not plain") {
    CHECK(value("precision", Strings{"1", "0"}, Strings{"1", "1"}) == 0.5);
    CHECK(value("precision", Strings{"True", "False"}, Strings{"True", "True"}) == 0.5);
    CHECK(value("recall", Strings{"-1", "1"}, Strings{"-1", "1"}) == 1);
    CHECK(value("precision", Strings{"0", "0"}, Strings{"0", "0"}) == 0);
    CHECK(says(error_of("f1", Strings{"ham", "spam"}, Strings{"ham", "ham"}), "--pos-label"));
    CHECK(says(error_of("f1", Strings{"1", "2"}, Strings{"1", "2"}), "which label is positive"));
    CHECK(says(error_of("f1", Strings{"1", "0"}, Strings{"1", "0"}, "yes"), "not among the labels"));
    CHECK(says(error_of("f1", Strings{"a", "b", "c"}, Strings{"a", "b", "c"}, "a"), "use f1_macro"));
    CHECK(error_of("f1", Strings{"a", "b", "c"}, Strings{"a", "b", "c"}).kind == ErrorKind::usage);
}

TEST_CASE("metrics of scores") {
    const Strings truth{"0", "0", "1", "1"};
    const Reals scores{0.1, 0.4, 0.35, 0.8};
    CHECK(value("roc_auc", truth, scores) == 0.75);
    CHECK(value("average_precision", truth, scores) == doctest::Approx(5.0 / 6));
    // All scores equal: no order of the file may be better than chance.
    CHECK(value("roc_auc", truth, Reals{1, 1, 1, 1}) == 0.5);
    CHECK(value("average_precision", truth, Reals{1, 1, 1, 1}) == 0.5);
    CHECK(value("roc_auc", truth, Reals{-2, 0.0, -0.0, 3}) == 0.875);
    CHECK(value("roc_auc", Strings{"ham", "spam"}, Reals{0.1, 0.9}, "ham") == 0);
    CHECK(says(error_of("roc_auc", Strings{"1", "1"}, Reals{0.1, 0.2}), "positive rows alone"));
    CHECK(says(error_of("roc_auc", Strings{"0", "0"}, Reals{0.1, 0.2}), "no positive row"));
    CHECK(says(error_of("roc_auc", truth, Strings{"0.1", "0.2", "high", "1"}), "row 3: the prediction `high`"));
    CHECK(says(error_of("roc_auc", truth, Strings{"0.1", "0.2", "NaN", "1"}), "row 3: the prediction is missing"));
    CHECK(says(error_of("brier", truth, Reals{0, 0, 1, 2}), "row 4: 2 is not a probability"));
}

TEST_CASE("metrics of probabilities") {
    CHECK(value("brier", Strings{"0", "1"}, Reals{0.5, 1}) == 0.125);
    CHECK(value("log_loss", Strings{"0", "1"}, Reals{0.5, 0.5}) == doctest::Approx(0.6931471805599453));
    MetricInput input;
    const Strings truth{"a", "b", "c"};
    const Reals a{1, 0, 0};
    const Reals rest{0, 0.5, 0.5};
    input.truth = truth;
    input.probabilities = {{"a", a}, {"b", rest}, {"c", rest}};
    const auto loss = compute("log_loss", input);
    REQUIRE(loss);
    CHECK(*loss == doctest::Approx(2.0 / 3 * 0.6931471805599453));
    input.probabilities.pop_back();
    const auto lacking = compute("log_loss", input);
    REQUIRE_FALSE(lacking);
    CHECK(says(lacking.error(), "no column of probabilities for the class `c`"));
}

TEST_CASE("metrics of numbers") {
    const Reals truth{3, -0.5, 2, 7};
    const Reals prediction{2.5, 0.0, 2, 8};
    CHECK(value("mae", truth, prediction) == 0.5);
    CHECK(value("mse", truth, prediction) == 0.375);
    CHECK(value("rmse", truth, prediction) == doctest::Approx(0.6123724356957945));
    CHECK(value("median_absolute_error", truth, prediction) == 0.5);
    CHECK(value("max_error", truth, prediction) == 1);
    CHECK(value("r2", truth, prediction) == doctest::Approx(0.9486081370449679));
    CHECK(value("mape", truth, prediction) == doctest::Approx(0.3273809523809524));
    CHECK(value("r2", Reals{2, 2}, Reals{2, 2}) == 1);
    CHECK(value("r2", Reals{2, 2}, Reals{2, 3}) == 0);
    CHECK(value("mae", Strings{"1", "2"}, Strings{"1.5", " 2.5 "}) == 0.5);
    CHECK(says(error_of("r2", Reals{1}, Reals{1}), "single row"));
    CHECK(says(error_of("mae", Strings{"1", "2"}, Strings{"1", "2,5"}), "row 2: the prediction `2,5` is not a number"));
}

TEST_CASE("sums of many rows lose nothing") {
    // A plain sum of doubles is wrong in the eighth digit here.
    Reals truth(1'000'000, 0.1);
    truth.push_back(1e9);
    const Reals zero(truth.size(), 0.0);
    CHECK(value("mae", truth, zero) == doctest::Approx((1e9 + 1e5) / 1'000'001).epsilon(1e-15));
}

TEST_CASE("clusterings") {
    const Strings truth{"a", "a", "b", "b"};
    CHECK(value("adjusted_rand", truth, Strings{"1", "1", "0", "0"}) == 1);
    CHECK(value("adjusted_rand", truth, Strings{"0", "1", "0", "1"}) == -0.5);
    CHECK(value("normalized_mutual_info", truth, Strings{"7", "7", "7", "7"}) == 0);
    MetricInput input;
    const Reals x{0, 0, 3, 3};
    const Reals y{0, 1, 0, 1};
    input.points = {x, y};
    input.prediction = truth;
    const auto silhouette = compute("silhouette", input);
    REQUIRE(silhouette);
    const double other = (3 + std::sqrt(10.0)) / 2;
    CHECK(*silhouette == doctest::Approx((other - 1) / other));
}

TEST_CASE("rankings") {
    // Two users; the first has both relevant ones on top, the second its only one in place 3.
    const Reals relevance{1, 1, 0, 0, 0, 1};
    const Reals scores{9, 8, 7, 9, 8, 7};
    const Strings users{"u", "u", "u", "v", "v", "v"};
    const auto at = [&](std::string_view name) {
        const auto result = compute(name, {relevance, scores, {}, {}, users, {}});
        REQUIRE(result);
        return *result;
    };
    CHECK(at("precision@2") == 0.5);
    CHECK(at("recall@2") == 0.5);
    CHECK(at("hit_rate@2") == 0.5);
    CHECK(at("map@3") == doctest::Approx((1 + 1.0 / 3) / 2));
    CHECK(at("ndcg_at_3") == doctest::Approx((1 + 0.5) / 2));
    // A tie at the border counts as in the mean of its orders.
    CHECK(value("precision@1", Reals{1, 0}, Reals{5, 5}) == 0.5);
    CHECK(value("hit_rate@2", Reals{1, 0, 0, 0}, Reals{5, 5, 5, 5}) == 0.5);
}

TEST_CASE("degenerate input is refused with its reason") {
    const Strings none;
    for (const auto& info : all_metrics()) {
        if (info.form == Form::table || info.needs == Needs::points) {
            continue;
        }
        const Metric metric{&info, info.takes_k ? std::size_t{3} : 0};
        CAPTURE(info.name);
        CHECK_FALSE(compute(metric.name(), {none, none, {}, {}, {}, {}}));
        CHECK_FALSE(compute(metric.name(), {Strings{"1", "0"}, Strings{"1"}, {}, {}, {}, {}}));
    }
    CHECK(says(error_of("accuracy", none, none), "no rows"));
    CHECK(says(error_of("accuracy", Strings{"1", "0"}, Strings{"1"}), "the truth has 2 rows and the predictions 1"));
    CHECK(says(error_of("kappa", Strings{"a", "a"}, Strings{"a", "a"}), "one and the same class"));
    CHECK(says(error_of("confusion_matrix", Strings{"a"}, Strings{"a"}), "a table"));
}

TEST_CASE("names of metrics") {
    struct Case {
        const char* asked;
        const char* name;  // empty: refused
        const char* hint;
    };
    const std::vector<Case> cases{
        {"accuracy", "accuracy", ""},
        {"F1-Macro", "f1_macro", ""},
        {"ndcg@10", "ndcg@10", ""},
        {"precision_at_5", "precision@5", ""},
        {"precision", "precision", ""},
        {"acuracy", "", "did you mean `accuracy`"},
        {"auc", "", "did you mean `roc_auc`"},
        {"ndcg", "", "ndcg@10"},
        {"ndcg@", "", "ndcg@10"},
        {"ndcg@0", "", "ndcg@10"},
        {"ndcg@1x", "", "ndcg@10"},
        {"accuracy@3", "", "--list"},
        {"", "", "--list"},
    };
    for (const auto& wanted : cases) {
        CAPTURE(wanted.asked);
        const auto metric = parse_metric(wanted.asked);
        CHECK((metric ? metric->name() : "") == wanted.name);
        CHECK((metric ? "" : metric.error().hint).find(wanted.hint) != std::string::npos);
    }
    std::set<std::string_view> names;
    for (const auto& info : all_metrics()) {
        CHECK(names.insert(info.name).second);
        CHECK_FALSE(info.says.empty());
    }
}

TEST_CASE("the table of classes grows past one byte") {
    ClassTable table;
    Codes codes;
    for (int i = 0; i < 1000; ++i) {
        codes.push_back(table.code(std::to_string(i % 700)));
    }
    CHECK(table.size() == 700);
    CHECK(codes.size() == 1000);
    CHECK(codes[255] == 255);
    CHECK(codes[999] == 299);
    CHECK(table.code("  12 ") == 12);
    CHECK(table.code("a label that is longer than eight bytes") == 700);
    CHECK(table.code("a label that is longer than eight bytes") == 700);
    CHECK(table.code("") == no_class);
    CHECK(table.code("") == no_class);
}

TEST_CASE("radix sort sorts") {
    std::mt19937_64 random(1);
    for (const std::size_t size : {std::size_t{0}, std::size_t{1}, std::size_t{5000}, std::size_t{70'000}}) {
        Reals numbers(size);
        std::vector<std::uint64_t> keys;
        for (auto& number : numbers) {
            number = std::ldexp(static_cast<double>(random()) - 9e18, static_cast<int>(random() % 100) - 80);
            keys.push_back(order_key(number));
        }
        std::ranges::sort(numbers);
        radix_sort(keys);
        Reals again;
        CHECK(std::ranges::is_sorted(keys));
        CHECK(std::ranges::equal(keys, numbers, {}, {}, order_key));
    }
    CHECK(order_key(-0.0) == order_key(0.0));
    CHECK(order_key(-1) < order_key(-0.5));
    CHECK(order_key(-0.5) < order_key(0));
    CHECK(order_key(1) < order_key(2));
}
