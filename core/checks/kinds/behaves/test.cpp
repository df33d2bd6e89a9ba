// The probes that find what scores cannot see, against models that would be written.
#include "unit/kind_support.hpp"

using namespace mlpath;
using namespace mlpath::checks;
using namespace mlpath::test;

namespace {

using Cells = std::vector<std::string>;

// Puts the border at the mean of all rows that it can see, those to be predicted among them.
Cells leaky(const table::Table& train, const table::Table& test) {
    double sum = 0;
    for (const auto* table : {&train, &test}) {
        for (std::size_t row = 0; row < table->rows.size(); ++row) {
            sum += test::number_in(*table, row, "x");
        }
    }
    const double border = sum / static_cast<double>(train.rows.size() + test.rows.size());
    Cells cells;
    for (std::size_t row = 0; row < test.rows.size(); ++row) {
        cells.emplace_back(test::number_in(test, row, "x") >= border ? "yes" : "no");
    }
    return cells;
}

// Knows the rows by name.
Cells by_name(const table::Table& train, const table::Table& test) {
    auto cells = test::honest(train, test);
    for (std::size_t row = 0; row < test.rows.size(); ++row) {
        if (test.rows[row][*test.column("name")].size() == 3) {  // p10 … p99
            cells[row] = test.rows[row][*test.column("name")] < "p60" ? "no" : "yes";
        } else {
            cells[row] = test.rows[row][0] < "5" ? "no" : "yes";
        }
    }
    return cells;
}

Cells by_sex(const table::Table& train, const table::Table& test) {
    return test::commonest_by(
        train, test, [](const table::Table& table, std::size_t row) { return table.rows[row][*table.column("sex")]; });
}

Cells by_place(const table::Table&, const table::Table& test) {
    Cells cells;
    for (std::size_t row = 0; row < test.rows.size(); ++row) {
        cells.emplace_back(row % 2 == 0 ? "yes" : "no");
    }
    return cells;
}

struct Fickle {
    std::shared_ptr<std::atomic<unsigned>> run = std::make_shared<std::atomic<unsigned>>(0);
    Cells operator()(const table::Table& train, const table::Table& test) const {
        auto cells = test::honest(train, test);
        cells[7 * (*run)++ % cells.size()] = "perhaps";
        return cells;
    }
};

std::string behaves(const std::string& probe, const std::string& more = {}) {
    return R"({"kind":"behaves","step":"predict","data":"people","predictions":"predictions.csv","column":"kind","probe":")" +
           probe + "\"" + more + "}";
}

const std::string unlearn = R"(,"metric":"accuracy","baseline":{"kind":"majority"},"at_most":0.15)";

}  // namespace

TEST_CASE("each probe finds its own kind of dishonesty, and lets an honest model be") {
    struct Case {
        const char* who;
        test::Model model;
        std::string check;
        Verdict verdict;
        const char* told;
    };
    const std::vector<Case> cases{
        {"honest", test::honest, behaves("strange-rows"), Verdict::pass, ""},
        {"honest", test::honest, behaves("row-order"), Verdict::pass, ""},
        {"honest", test::honest, behaves("renamed", R"(,"columns":["name"])"), Verdict::pass, ""},
        {"honest", test::honest, behaves("responds", R"(,"columns":["x"],"at_least":0.2)"), Verdict::pass, ""},
        {"honest", test::honest, behaves("permuted-labels", unlearn), Verdict::pass, ""},
        {"leaky", leaky, behaves("strange-rows"), Verdict::fail, "something was fitted on the test rows"},
        {"leaky", leaky, behaves("row-order"), Verdict::pass, ""},
        {"by name", by_name, behaves("renamed", R"(,"columns":["name"])"), Verdict::fail,
         "looks rows up by their identity"},
        {"by id", by_name, behaves("renamed"), Verdict::fail, "the row ids were replaced"},
        {"by sex", by_sex, behaves("responds", R"(,"columns":["x"],"at_least":0.05)"), Verdict::fail,
         "barely depend on `x`"},
        {"by sex", by_sex, behaves("responds", R"(,"columns":["sex"],"at_least":0.05)"), Verdict::pass, ""},
        {"by place", by_place, behaves("row-order"), Verdict::fail, "a row's place in the file"},
        {"lookup", lookup, behaves("permuted-labels", unlearn), Verdict::fail, "trained on shuffled labels"},
        {"lookup", lookup, behaves("strange-rows"), Verdict::pass, ""},
        {"majority", majority, behaves("permuted-labels", unlearn), Verdict::pass, ""},
    };
    for (const auto& [who, model, check, verdict, told] : cases) {
        CAPTURE(who);
        CAPTURE(check);
        const auto finding = World(model).judge(check.c_str());
        CHECK_MESSAGE(finding.verdict == verdict, test::told(finding));
        CHECK_MESSAGE(test::tells(finding, told), test::told(finding));
    }
}

TEST_CASE("a model that chance decides is told so, and not accused of a leak") {
    const auto check = behaves("strange-rows", R"(,"because":"the scaler saw the test rows")");
    const auto finding = World(test::Model(Fickle())).judge(check.c_str());
    CHECK(finding.verdict == Verdict::fail);
    CHECK_MESSAGE(test::tells(finding, "ran a second time on the very same data"), test::told(finding));
    CHECK_FALSE(test::tells(finding, "scaler"));
}

TEST_CASE("a program that a probe breaks fails in its own words") {
    World world(test::FakeProcesses::Program([](const system::ProcessSpec& spec) -> Result<system::ProcessOutcome> {
        const auto rows = table::read_table(spec.folder / "data/test.csv")->rows.size();
        return rows == 30 ? test::predicting(test::honest)(spec) : test::exited(1, "", "ValueError: unknown category");
    }));
    const auto finding = world.judge(behaves("strange-rows").c_str());
    CHECK(finding.verdict == Verdict::fail);
    CHECK_FALSE(finding.decided);
    CHECK_MESSAGE(test::tells(finding, "when strange rows joined the test file"), test::told(finding));
}

TEST_CASE("behaves: what lint asks") {
    check_faults({
        {sink_manifest, "\"columns\": [\"name\"]", "\"columns\": [\"port\"]",
         sink_manifest + ":28: /milestones/1/checks/2/columns/0: `port` is dropped; the learner does not have it"},
    });
}

TEST_CASE("behaves: what a milestone tells of it") {
    CHECK(details_of("names") ==
          std::vector<std::string>{
              "we read the columns `row_id` and `sank` of `predictions.csv`, which `python3 predict.py` writes",
              "the values of `name` are replaced; the predictions stay the same"});
    const auto last = [](const std::string& json) { return details_of(check_of(json.c_str())).back(); };
    CHECK(last(behaves("strange-rows")) ==
          "odd rows join the rows to predict; the predictions for the others stay the same");
    CHECK(last(behaves("permuted-labels", unlearn)) ==
          "with the labels shuffled, it is on average at most 0.15 above the baseline");
    CHECK(last(behaves("responds", R"(,"columns":["x","sex"],"at_least":0.05)")) ==
          "the values of `x` and `sex` are shuffled among the rows of the rows to predict, each column by itself; at "
          "least 5 % of the predictions change");
}
