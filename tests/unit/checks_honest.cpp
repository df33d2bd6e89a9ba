// The kinds for what goes wrong in machine learning, with real small programs, honest ones and others.
#include "base/text.hpp"
#include "checks/audit.hpp"
#include "checks/drawing.hpp"
#include "checks_support.hpp"

using namespace mlpath;
using namespace mlpath::checks;
using test::World;

namespace {

// Programs that Python runs; the observer lies where the judges' harness is.
struct RealWorld : World {
    explicit RealWorld(std::string program)
        : World(test::FakeProcesses::Program(
              [this](const system::ProcessSpec& spec) { return m_real.run(spec, stop.get_token()); })) {
        project.steps.front().writes = {"predictions.csv"};
        source("p.py", program);
        const auto observer = read_file(fs::path(MLPATH_SOURCE_DIR) / "core/checks/python/observer/sitecustomize.py");
        REQUIRE(observer.has_value());
        judging("observer/sitecustomize.py", *observer);
    }

private:
    system::RealProcesses m_real{};
};

std::string check(const std::string& kind, const std::string& more = {}) {
    return R"({"kind":")" + kind +
           R"(","step":"predict","data":"people","predictions":"predictions.csv","column":"kind")" + more + "}";
}
const std::string measured = R"(,"metric":"accuracy","baseline":{"kind":"majority"})";

// Reads the tables with the standard library alone, and writes what `cell(row, place)` says.
std::string plain(const std::string& cell) {
    return R"(import csv, os, random, time
train = list(csv.DictReader(open("data/train.csv")))
test = list(csv.DictReader(open("data/test.csv")))
)" + cell + R"(
with open("predictions.csv", "w") as out:
    print("row_id,kind", file=out)
    for place, row in enumerate(test):
        print(row["row_id"], cell(row, place), sep=",", file=out)
)";
}

// `learn` makes `answers`, one for each test row.
std::string learning(const std::string& learn) {
    return R"(import numpy as np, pandas as pd
from sklearn.ensemble import RandomForestClassifier, StackingClassifier
from sklearn.impute import SimpleImputer
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import GridSearchCV, KFold, cross_val_score, cross_validate, train_test_split
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler
train, test = pd.read_csv("data/train.csv"), pd.read_csv("data/test.csv")
def table(rows):
    return pd.DataFrame({"x": rows["x"], "sex": (rows["sex"] == "f") * 1.0})
X, y, new = table(train), train["kind"], table(test)
)" + learn +
           R"(
pd.DataFrame({"row_id": test["row_id"], "kind": answers}).to_csv("predictions.csv", index=False)
)";
}

void expect(const Finding& finding, Verdict verdict, const char* told) {
    CHECK_MESSAGE(finding.verdict == verdict, test::told(finding));
    CHECK_MESSAGE(test::tells(finding, told), test::told(finding));
}

}  // namespace

TEST_CASE("reproducible: the same twice, or which rows are not, and the likely cause") {
    struct Case {
        const char* who;
        std::string program;
        const char* more;
        Verdict verdict;
        const char* told;
    };
    const std::string noisy = "cell = lambda row, place: 1 + 1e-5 * random.random()";
    const std::vector<Case> cases{
        {"honest", plain("cell = lambda row, place: 'yes' if float(row['x']) > 60 else 'no'"), "", Verdict::pass,
         "the same for all 30 rows"},
        {"order of a set",
         plain("order = list({f'word {i}' for i in range(99)})\ncell = lambda row, place: order[place]"), "",
         Verdict::fail, "the order of a set"},
        {"no seed", plain("cell = lambda row, place: random.random()"), "", Verdict::fail,
         "random numbers without a seed"},
        {"the time", plain("cell = lambda row, place: time.time_ns() % 1000003"), "", Verdict::fail, "the time of day"},
        {"one row", plain("cell = lambda row, place: time.time_ns() % 1000003 if place == 4 else 'no'"), "",
         Verdict::fail, "1 of 30 predictions differ between two runs on the very same data (row_id "},
        {"small differences", plain(noisy), "", Verdict::fail, "30 of 30"},
        {"within tolerance", plain(noisy), R"(,"tolerance":0.0001)", Verdict::pass, ""},
        {"crashes", "raise ValueError('no model')", "", Verdict::fail, "ValueError: no model"},
    };
    for (const auto& [who, program, more, verdict, told] : cases) {
        CAPTURE(who);
        RealWorld world(program);
        expect(world.judge(check("reproducible", more).c_str()), verdict, told);
    }
}

TEST_CASE("leakage: what reaches fit is watched, and an honest program is let be") {
    struct Case {
        const char* who;
        std::string program;
        Verdict verdict;
        const char* told;
    };
    const std::vector<Case> cases{
        {"honest in every way that we thought of", learning(R"(
pipe = make_pipeline(SimpleImputer(), StandardScaler(), LogisticRegression())
cross_val_score(pipe, X, y, cv=3)
search = GridSearchCV(pipe, {"logisticregression__C": [0.1, 1]}, cv=2).fit(X, y)
make_pipeline(StandardScaler(), StackingClassifier([("a", LogisticRegression())], cv=2)).fit(X, y)
for one, other in KFold(3).split(X):  # by hand; the imputer changes nothing, so that rows look alike in all folds
    gaps = SimpleImputer().fit(X.iloc[one])
    model = LogisticRegression().fit(gaps.transform(X.iloc[one]), y.iloc[one])
    model.score(gaps.transform(X.iloc[other]), y.iloc[other])
copies = pd.concat([X[["sex"]]] * 3)  # few different rows: copies on both sides are no leak
cross_val_score(make_pipeline(StandardScaler(), LogisticRegression()), X[["sex"]], y, cv=3)
print(search.score(X, y))
answers = search.predict(new))"),
         Verdict::pass, "none had rows that it should not have"},
        {"scaled before cross-validation", learning(R"(
scaled = StandardScaler().fit_transform(X)
cross_val_score(LogisticRegression(), scaled, y, cv=3)
answers = make_pipeline(StandardScaler(), LogisticRegression()).fit(X, y).predict(new))"),
         Verdict::fail, "`StandardScaler` was fitted on 90 rows on which `LogisticRegression` was tried afterwards"},
        {"gaps filled before a split by hand, another preparation between", learning(R"(
filled = SimpleImputer(strategy="median").fit(X.values).transform(X.values)
a, b, ya, yb = train_test_split(filled, y, random_state=0)
scale = StandardScaler().fit(a)
model = LogisticRegression().fit(scale.transform(a), ya)
model.predict_proba(scale.transform(b))
answers = model.predict(scale.transform(SimpleImputer().fit(a).transform(new.values))))"),
         Verdict::fail, "`SimpleImputer` was fitted on 23 rows"},
        {"scaled together with the test file", learning(R"(
scale = StandardScaler().fit(pd.concat([X, new]))
answers = LogisticRegression().fit(scale.transform(X), y).predict(scale.transform(new)))"),
         Verdict::fail, "`StandardScaler` was fitted on 120 rows, and on 123 when 3 rows joined the test file"},
        {"scored on what it was fitted on", learning(R"(
model = RandomForestClassifier(5, random_state=0).fit(X, y)
print("accuracy", model.score(X, y))
answers = model.predict(new))"),
         Verdict::fail, "the only score that the program takes"},
        {"copied before the split", learning(R"(
more = pd.concat([X, X[y == "yes"]], ignore_index=True); ym = pd.concat([y, y[y == "yes"]], ignore_index=True)
a, b, ya, yb = train_test_split(more, ym, random_state=0, test_size=0.4)
model = RandomForestClassifier(5, random_state=0).fit(a, ya)
model.score(b, yb)
answers = model.predict(new))"),
         Verdict::fail, "had also been given to its `fit`"},
        {"no fit at all", plain("cell = lambda row, place: 'yes' if float(row['x']) > 60 else 'no'"), Verdict::error,
         "no `fit` of scikit-learn was seen"},
    };
    for (const auto& [who, program, verdict, told] : cases) {
        CAPTURE(who);
        RealWorld world(program);
        expect(world.judge(check("leakage", R"(,"parts":["fit","scored"])").c_str()), verdict, told);
        // Where it fails, once more as usual: what the program prints is shown.
        CHECK(world.steps_run == (verdict == Verdict::fail ? 3 : 2));
    }
}

TEST_CASE("leakage: where no fit is seen, another check decides, and that is said") {
    RealWorld world(plain("cell = lambda row, place: 'yes' if float(row['x']) > 60 else 'no'"));
    expect(world.judge(check("leakage", R"(,"parts":["fit"],"otherwise":"strange")").c_str()), Verdict::pass,
           "could not be audited (no `fit` of scikit-learn was seen); the check `strange` decides");
    CHECK(world.steps_run == 2);
}

TEST_CASE("leakage: what the learner's process noted down may be a lie, and breaks nothing") {
    for (const auto* lie :
         {"not json", "{\"does\":\"fit\"}", "{\"list\":7,\"rows\":[[]]}", "[]", "{\"list\":\"a\",\"rows\":[\"xyz\"]}",
          "{\"does\":\"fit\",\"who\":\"A\",\"rows\":\"nowhere\",\"fit\":1}"}) {
        CAPTURE(lie);
        RealWorld world(plain("open(os.environ['MLPATH_FITS'], 'a').write('''" + std::string(lie) +
                              "\n''')\ncell = lambda row, place: 'no'"));
        expect(world.judge(check("leakage", R"(,"parts":["fit"])").c_str()), Verdict::error, "could not be read");
    }
}

TEST_CASE("the audit follows rows through preparations, and forgives what is honest") {
    const auto audit_of = [](const std::string& lines) {
        Audit audit;
        audit.add(lines);
        CHECK(audit.readable);
        return audit;
    };
    const std::string lists = R"({"list":"all","rows":["1","2","3","4","5","6"]}
{"list":"out","rows":["a1","a2","a3","a4","a5","a6"]}
{"list":"first","rows":["a1","a2","a3"]}
{"list":"rest","rows":["a4","a5","a6"]}
{"does":"fit","who":"Scaler","fit":1,"rows":"all"}
{"does":"transform","who":"Scaler","fit":1,"rows":"all","out":"out"}
{"does":"fit","who":"Model","fit":2,"rows":"first"}
)";
    const auto leak =
        fitted_before_validation(audit_of(lists + R"({"does":"predict","who":"Model","fit":2,"rows":"rest"})"));
    REQUIRE(leak.has_value());
    CHECK(leak->rows == 3);
    const auto harmless = [&](const std::string& from, const std::string& to, const std::string& trial) {
        return !fitted_before_validation(audit_of(replace_all(lists, from, to) + trial));
    };
    const std::string trial = R"({"does":"predict","who":"Model","fit":2,"rows":"rest"})";
    CHECK(harmless("Scaler", "Normalizer", trial));                                         // learns nothing
    CHECK(harmless("\"fit\":1,\"rows\":\"all\"}", "\"fit\":9,\"rows\":\"all\"}", trial));   // fitted elsewhere
    CHECK(harmless("", "", R"({"does":"predict","who":"Model","fit":2,"rows":"first"})"));  // known rows
    CHECK(
        harmless("", "", R"({"does":"predict","who":"Model","fit":2,"rows":"rest","inside":["StackingClassifier"]})"));
    CHECK_FALSE(harmless("", "", R"({"does":"score","who":"Model","fit":2,"rows":"rest","inside":["GridSearchCV"]})"));
    // The same row was made by something that had not seen it: that is believed.
    CHECK(harmless("", "", R"({"list":"u","rows":["14","15","16"]}
{"list":"t","rows":["7"]}
{"does":"fit","who":"Scaler","fit":3,"rows":"t"}
{"does":"transform","who":"Scaler","fit":3,"rows":"u","out":"rest"}
)" + trial));
}

TEST_CASE("score in most splits: the improvement holds in nearly every split, or the spread shows that it does not") {
    const auto holds = World(test::honest).judge(check("score", measured + R"(,"margin":0.1,"holds_in":0.9)").c_str());
    expect(holds, Verdict::pass, "in 10 of 10 splits");
    CHECK(holds.drawing.find('|') != std::string::npos);
    CHECK(holds.facts.at("n") == 10);
    const auto fails = World(test::honest).judge(check("score", measured + R"(,"margin":0.9,"holds_in":0.9)").c_str());
    expect(fails, Verdict::fail, "the improvement over the baseline does not hold");
    // Good in two splits of three.
    struct Moody {
        std::shared_ptr<std::atomic<unsigned>> run = std::make_shared<std::atomic<unsigned>>(0);
        std::vector<std::string> operator()(const table::Table& train, const table::Table& rows) const {
            return (*run)++ % 3 == 0 ? std::vector<std::string>(rows.rows.size(), "no") : test::honest(train, rows);
        }
    };
    expect(World(test::Model(Moody())).judge(check("score", measured + R"(,"margin":0.1,"holds_in":0.9)").c_str()),
           Verdict::fail, "it is there in only");
    // As often as is asked, by and large: more splits, and no verdict that luck decides.
    expect(World(test::Model(Moody())).judge(check("score", measured + R"(,"margin":0.1,"holds_in":0.7)").c_str()),
           Verdict::error, "too close to call");
}

TEST_CASE("the drawing of a spread is one line of plain text") {
    CHECK(draw_spread({}, 0).empty());
    CHECK(draw_spread({0.5}, 0.5) == "0.500 [|--------------------------------] 0.500, asked | 0.500");
    CHECK(draw_spread({0, 0.5, 0.5, 1, 1, 1}, -1) ==
          "-1.000 [|---------------o-------8-------@] 1.000, asked | -1.000");
}

namespace {

// The learner's program and the reference, each with what it takes: milliseconds, megabytes and bytes of model.
struct Taken {
    std::vector<int> milliseconds{100};
    int megabytes = 100;
    int bytes = 1000;
};
test::FakeProcesses::Program taking(Taken own, Taken reference) {
    auto runs = std::make_shared<std::atomic<std::size_t>>(0);
    return [=](const system::ProcessSpec& spec) -> Result<system::ProcessOutcome> {
        const bool theirs = spec.argv.at(1) == "reference.py";
        const auto& taken = theirs ? reference : own;
        REQUIRE(write_file(spec.folder / "model.bin", std::string(static_cast<std::size_t>(taken.bytes), 'm'),
                           Durability::cached));
        CHECK(spec.start == system::Start::cold);
        auto outcome = test::exited(taken.bytes == 0 ? 1 : 0);
        outcome.wall = std::chrono::milliseconds(taken.milliseconds[(*runs)++ / 2 % taken.milliseconds.size()]);
        outcome.peak_memory_bytes = static_cast<std::uint64_t>(taken.megabytes) << 20U;
        return outcome;
    };
}
Finding budget(const Taken& own, const Taken& reference, const std::string& limits) {
    World world(taking(own, reference));
    world.project.steps.front().writes = {"model.bin"};
    world.judging("checks/plain.py", "pass");
    return world.judge((R"({"kind":"budget","step":"predict","data":"people","reference":"checks/plain.py",)"
                        R"("model":"model.bin","at_most":)" +
                        limits + "}")
                           .c_str());
}

}  // namespace

TEST_CASE("budget: medians against a reference that runs in turns; noise is no verdict") {
    expect(budget({.milliseconds = {200}}, {}, R"({"time":5,"memory":3,"size":2})"), Verdict::pass,
           "training takes 2.000 times as long as the reference");
    expect(budget({.milliseconds = {900}}, {}, R"({"time":5})"), Verdict::fail, "9.000 times");
    expect(budget({.megabytes = 500}, {}, R"({"memory":3})"), Verdict::fail, "5.000 times as much memory");
    expect(budget({.bytes = 9000}, {}, R"({"size":2})"), Verdict::fail, "9.000 times as large");
    const auto noisy = budget({.milliseconds = {100, 900}}, {}, R"({"time":5})");
    expect(noisy, Verdict::error, "too close to call");
    CHECK(noisy.facts.at("rounds") == 11);
    // One slow moment of the machine in many rounds is forgiven.
    expect(budget({.milliseconds = {100, 100, 900, 100, 100, 100, 100, 100, 100, 100, 100}}, {}, R"({"time":5})"),
           Verdict::pass, "1.000 times");
    expect(budget({}, {.bytes = 0}, R"({"size":2})"), Verdict::error, "a fault of the project");
    expect(budget({.bytes = 0}, {}, R"({"size":2})"), Verdict::fail, "`python3 p.py` ended with exit code 1");
}
