// What reaches `fit`, with real small programs, honest ones and others.
#include "checks/kinds/leakage/audit.hpp"
#include "unit/kind_support.hpp"

using namespace mlpath;
using namespace mlpath::checks;
using namespace mlpath::test;

namespace {

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

}  // namespace

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
        {"no fit at all", plain_program("cell = lambda row, place: 'yes' if float(row['x']) > 60 else 'no'"),
         Verdict::error, "no `fit` of scikit-learn was seen"},
    };
    for (const auto& [who, program, verdict, told] : cases) {
        CAPTURE(who);
        RealWorld world(program);
        expect(world.judge(check_of_predictions("leakage", R"(,"parts":["fit","scored"])").c_str()), verdict, told);
        // Where it fails, once more as usual: what the program prints is shown.
        CHECK(world.steps_run == (verdict == Verdict::fail ? 3 : 2));
    }
}

TEST_CASE("leakage: where no fit is seen, another check decides, and that is said") {
    RealWorld world(plain_program("cell = lambda row, place: 'yes' if float(row['x']) > 60 else 'no'"));
    expect(world.judge(check_of_predictions("leakage", R"(,"parts":["fit"],"otherwise":"strange")").c_str()),
           Verdict::pass, "could not be audited (no `fit` of scikit-learn was seen); the check `strange` decides");
    CHECK(world.steps_run == 2);
}

TEST_CASE("leakage: what the learner's process noted down may be a lie, and breaks nothing") {
    for (const auto* lie :
         {"not json", "{\"does\":\"fit\"}", "{\"list\":7,\"rows\":[[]]}", "[]", "{\"list\":\"a\",\"rows\":[\"xyz\"]}",
          "{\"does\":\"fit\",\"who\":\"A\",\"rows\":\"nowhere\",\"fit\":1}"}) {
        CAPTURE(lie);
        RealWorld world(plain_program("open(os.environ['MLPATH_FITS'], 'a').write('''" + std::string(lie) +
                                      "\n''')\ncell = lambda row, place: 'no'"));
        expect(world.judge(check_of_predictions("leakage", R"(,"parts":["fit"])").c_str()), Verdict::error,
               "could not be read");
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

TEST_CASE("leakage: what lint asks") {
    check_faults({
        {sink_manifest, "{ \"id\": \"model\",",
         R"({ "id": "n", "kind": "leakage", "says": "No leak.", "step": "predict", "data": "rows", "otherwise": "nams" }, { "id": "model",)",
         sink_manifest +
             ":30: /milestones/1/checks/3/otherwise: no check of the kind `behaves` `nams`; did you mean `names`?"},
    });
}

TEST_CASE("leakage: what a milestone tells of it") {
    CHECK(
        details_of(check_of(R"({"kind":"leakage","step":"predict","data":"rows"})")) ==
        std::vector<std::string>{
            "we watch which rows reach `fit` of scikit-learn: none of `data/test.csv`, and, before you try a model on "
            "rows that are new to it, none of those",
            "where your program scores a model, it does so on rows that were not given to its `fit`"});
}
