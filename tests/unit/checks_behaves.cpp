// Scores and the probes that find what scores cannot see, against models that would be written.
#include "checks_support.hpp"

using namespace mlpath;
using namespace mlpath::checks;
using test::World;

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

// Has the answers from elsewhere: looks the rows up by what they are.
Cells lookup(const table::Table&, const table::Table& test) {
    const auto known = test::sample_rows();
    Cells cells;
    for (const auto& row : test.rows) {
        const auto found = std::ranges::find_if(known.rows, [&](const auto& one) {
            return table::parse_cell(one[1]).number == table::parse_cell(row[*test.column("x")]).number;
        });
        cells.push_back(found == known.rows.end() ? "no" : found->back());
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

Cells majority(const table::Table&, const table::Table& test) { return Cells(test.rows.size(), "no"); }

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
std::string score(const std::string& margin, const std::string& more = {}) {
    return R"({"kind":"score","step":"predict","data":"people","predictions":"predictions.csv","column":"kind",)"
           R"("metric":"accuracy","baseline":{"kind":"majority"},"margin":)" +
           margin + more + "}";
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
    World numbers([](const table::Table&, const table::Table& test) { return Cells(test.rows.size(), "0.5"); });
    CHECK(numbers.judge(other.c_str()).verdict == Verdict::error);
}
