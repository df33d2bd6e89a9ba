// The use case `score`, from files to values. It stands here, not with the other use cases, because it needs nothing
// of the modules between.
#include <doctest/doctest.h>

#include <string>
#include <vector>

#include "app/score/score.hpp"
#include "base/files.hpp"
#include "unit/words.hpp"

using namespace mlpath;

using test::says;

namespace {

class Files {
public:
    Files() : m_folder(*TemporaryFolder::make("mlpath-score-")) {}
    app::ScoreRequest request(std::string_view truth, std::string_view predictions,
                              std::vector<std::string> metrics) const {
        app::ScoreRequest request;
        request.truth = m_folder.path() / "truth.csv";
        request.predictions = m_folder.path() / "predictions.csv";
        REQUIRE(write_file(request.truth, truth, Durability::cached));
        REQUIRE(write_file(request.predictions, predictions, Durability::cached));
        request.metrics = std::move(metrics);
        return request;
    }

private:
    TemporaryFolder m_folder;
};

std::vector<double> values_of(const app::ScoreRequest& request) {
    const auto scores = app::score(request);
    INFO((scores ? "" : scores.error().message));
    REQUIRE(scores);
    std::vector<double> values;
    for (const auto& entry : scores->values) {
        values.push_back(entry.value);
    }
    return values;
}

Error error_of(const app::ScoreRequest& request) {
    const auto scores = app::score(request);
    REQUIRE_FALSE(scores);
    return scores.error();
}

using Values = std::vector<double>;

}  // namespace

TEST_CASE("a path that is no file to read is a mistake of who asked") {
    const Files files;
    auto request = files.request("1\n0\n", "1\n0\n", {"accuracy"});
    const auto truth = request.truth;
    const auto error_with = [&](const fs::path& predictions) {
        request.predictions = predictions;
        return error_of(request);
    };
    CHECK(error_with(truth.parent_path()).kind == ErrorKind::malformed);
    CHECK(says(error_with(truth.parent_path()), "name a file, not a folder"));
    CHECK(error_with(truth.parent_path() / "absent.csv").kind == ErrorKind::not_found);
    CHECK(error_with(truth / "below.csv").kind == ErrorKind::not_found);
}

TEST_CASE("files of one column need no more") {
    const Files files;
    CHECK(values_of(files.request("1\n0\n1\n", "1\n1\n1\n", {"accuracy", "recall"})) == Values{2.0 / 3, 1});
    CHECK(values_of(files.request("label\na\nb\n", "label\na\na\n", {"accuracy"})) == Values{0.5});
    CHECK(values_of(files.request("a\nb\na\n", "a\nb\na\n", {"accuracy"})) == Values{1});
    CHECK(values_of(files.request("a\nb\na\n", "a\nb\nb\n", {"accuracy"})) == Values{2.0 / 3});
    CHECK(values_of(files.request("a\nb\nb\n", "label\nb\nb\na\n", {"accuracy"})) == Values{1.0 / 3});
    CHECK(values_of(files.request("y\n1.5\n2\n", "2.5\n2\n", {"mae", "max_error"})) == Values{0.5, 1});
    CHECK(values_of(files.request("0\n1\n", "0.2\n0.9\n", {"roc_auc"})) == Values{1});
    CHECK(values_of(files.request("0\n1\n", "0.5\n1\n", {"roc_auc", "average_precision", "roc_auc"})) ==
          Values{1, 1, 1});
    CHECK(values_of(files.request("0\n1\n", "0.5\n1\n", {"roc_auc", "brier"})) == Values{1, 0.125});
}

TEST_CASE("columns by name") {
    const Files files;
    const auto truth = "id,species,size\nx,cat,1\ny,dog,2\nz,cat,3\n";
    auto request = files.request(truth, "id,species,p\nx,cat,0.9\ny,dog,0.2\nz,dog,0.1\n", {"accuracy", "roc_auc"});
    request.column = "species";
    request.score = "p";
    request.positive = "cat";
    CHECK(values_of(request) == Values{2.0 / 3, 0.5});
    SUBCASE("joined by key, in another order") {
        request = files.request(truth, "id,species,p\nz,dog,0.1\nx,cat,0.9\ny,dog,0.2\n", {"accuracy", "roc_auc"});
        request.column = "species";
        request.score = "p";
        request.positive = "cat";
        request.key = "id";
        CHECK(values_of(request) == Values{2.0 / 3, 0.5});
    }
    SUBCASE("no telling which column") {
        request.column.clear();
        const auto error = error_of(request);
        CHECK(error.kind == ErrorKind::usage);
        CHECK(says(error, "which column is the truth? It has `id`, `species` and `size`"));
        CHECK(says(error, "--column"));
    }
    SUBCASE("no such column") {
        request.column = "specie";
        CHECK(says(error_of(request), "did you mean `species`"));
    }
    SUBCASE("a key that does not match") {
        request = files.request(truth, "id,species,p\nz,dog,0.1\nw,cat,0.9\ny,dog,0.2\n", {"accuracy"});
        request.column = "species";
        request.key = "id";
        CHECK(says(error_of(request),
                   "1 row of the truth without a prediction: `x`; 1 prediction of no row of the "
                   "truth: `w`"));
    }
}

TEST_CASE("probabilities by class") {
    const Files files;
    const auto request = files.request("label\na\nb\nc\n", "proba_b,proba_a,proba_c\n0,1,0\n0.5,0,0.5\n0.5,0,0.5\n",
                                       {"log_loss", "roc_auc_ovr"});
    const auto values = values_of(request);
    CHECK(values[0] == doctest::Approx(2.0 / 3 * 0.6931471805599453));
    CHECK(values[1] == doctest::Approx((1 + 0.75 + 0.75) / 3));
    const auto binary = files.request("label\n1\n0\n", "proba_0,proba_1\n0.5,0.5\n1,0\n", {"brier", "roc_auc"});
    CHECK(values_of(binary) == Values{0.125, 1});
}

TEST_CASE("rankings, confusion and silhouette") {
    const Files files;
    auto ranking = files.request("user,relevant\nu,1\nv,0\nu,0\nv,1\n", "score\n9\n9\n8\n8\n", {"precision@1"});
    ranking.group = "user";
    CHECK(values_of(ranking) == Values{0.5});
    const auto confusion = app::score(files.request("a\nb\na\n", "a\nb\nb\n", {"confusion_matrix"}));
    REQUIRE(confusion);
    REQUIRE(confusion->values.front().confusion);
    CHECK(confusion->values.front().confusion->counts == std::vector<std::vector<double>>{{1, 1}, {0, 1}});
    const auto silhouette = files.request("x,y\n0,0\n0,1\n3,0\n3,1\n", "cluster\na\na\nb\nb\n", {"silhouette"});
    CHECK(values_of(silhouette).front() == doctest::Approx(0.675444680));
}

TEST_CASE("what cannot be scored is refused by its reason") {
    const Files files;
    CHECK(says(error_of(files.request("1\n0\n", "1\n", {"accuracy"})), "has 2 rows"));
    CHECK(says(error_of(files.request("1\n0\n", "1\n0\n", {})), "no metric"));
    CHECK(says(error_of(files.request("1\n0\n", "1\n0\n", {"acuracy"})), "did you mean `accuracy`"));
    CHECK(says(error_of(files.request("1\n0\n", "0.1\n\n0.2\n", {"roc_auc"})), "line 2"));
    CHECK(says(error_of(files.request("label\n", "label\n", {"accuracy"})), "no rows"));
    std::string scores = "p\n";
    std::string truth = "y\n";
    for (int i = 0; i < 200; ++i) {
        scores += std::to_string(i) + "\n";
        truth += std::to_string(i % 2) + "\n";
    }
    CHECK(says(error_of(files.request(truth, scores, {"accuracy"})), "are they scores?"));
    auto absent = files.request("1\n", "1\n", {"accuracy"});
    absent.truth = "no such file.csv";
    CHECK(error_of(absent).kind == ErrorKind::not_found);
    std::stop_source source;
    source.request_stop();
    const auto stopped = app::score(files.request("1\n", "1\n", {"accuracy"}), source.get_token());
    REQUIRE_FALSE(stopped);
    CHECK(stopped.error().kind == ErrorKind::interrupted);
}

TEST_CASE("a first line of numbers is a name or a row by what is sure, by an option, or by asking") {
    const Files files;
    struct Case {
        const char* name;
        const char* truth;
        const char* predictions;
        const char* column;
        std::size_t rows;  // 0: asks
    };
    using metrics::Header;
    const std::vector<Case> cases{
        {"pandas on both sides", "0\n1\n0\n2\n", "0\n1\n2\n2\n", "", 0},
        {"pandas, beside a name", "0\n1\n0\n2\n", "y\n1\n2\n2\n", "", 3},
        {"a row, beside a name", "0\n1\n0\n2\n", "y\n1\n2\n2\n0\n", "", 4},
        {"in the predictions", "y\n1\n2\n2\n0\n", "0\n1\n0\n2\n", "", 4},
        {"neither fits", "0\n1\n0\n2\n", "y\n1\n2\n", "", 0},
        {"an index", ",0\n0,1\n1,0\n", ",0\n0,1\n1,1\n", "", 2},
        {"an index on one side", ",0\n0,1\n1,0\n", "y\n1\n1\n", "", 2},
        {"years", "2019,2020\n1,2\n3,4\n", "2019,2020\n1,2\n3,4\n", "2020", 2},
        {"a frame without names", "0,1\n1,0\n0,0\n", "0,1\n1,0\n1,0\n", "", 0},
        {"the same, a column by name", "0,1\n1,0\n0,0\n", "0,1\n1,0\n1,0\n", "1", 2},
        {"the same, a column by place", "0,1\n1,0\n0,0\n", "0,1\n1,0\n1,0\n", "c1", 3},
    };
    for (const auto& wanted : cases) {
        CAPTURE(wanted.name);
        auto request = files.request(wanted.truth, wanted.predictions, {"accuracy"});
        request.column = wanted.column;
        const auto scores = app::score(request);
        CHECK_MESSAGE((scores ? scores->rows : 0) == wanted.rows, (scores ? "" : scores.error().message));
        if (wanted.rows == 0) {
            REQUIRE_FALSE(scores);
            CHECK(scores.error().kind == ErrorKind::usage);
            CHECK(says(scores.error(), "--header"));
            CHECK(says(scores.error(), "--no-header"));
        }
    }
    auto request = files.request("0\n1\n0\n2\n", "0\n1\n2\n2\n", {"accuracy"});
    request.header = Header::present;
    CHECK(values_of(request) == Values{2.0 / 3});
    request.header = Header::absent;
    CHECK(values_of(request) == Values{3.0 / 4});
    CHECK(values_of(files.request("0\n0.5\n2.5\n", "0\n1.5\n2.5\n", {"mae"})) == Values{0.5});
    CHECK(values_of(files.request("0\n1\n3\n", "y\n1\n1\n3\n", {"mae"})) == Values{1.0 / 3});
}

TEST_CASE("labels of two programs") {
    const Files files;
    const auto truth = "y\n1\n0\n1\n";
    CHECK(values_of(files.request(truth, "y\nTrue\nFALSE\nfalse\n", {"accuracy", "recall"})) == Values{2.0 / 3, 0.5});
    auto words = files.request("y\nTRUE\nFALSE\n", "y\nTrue\nTrue\n", {"precision"});
    for (const char* positive : {"", "1", "true", "TRUE"}) {
        CAPTURE(positive);
        words.positive = positive;
        CHECK(values_of(words) == Values{0.5});
    }
    const auto probabilities =
        files.request("y\n1\n0\n", "proba_False,proba_True\n0.25,0.75\n0.5,0.5\n", {"brier", "roc_auc"});
    CHECK(values_of(probabilities) == Values{(0.0625 + 0.25) / 2, 1});
    const auto noted = app::score(files.request(truth, "y\nTrue\nFalse\nTrue\n", {"accuracy"}));
    REQUIRE(noted);
    REQUIRE(noted->notes.size() == 1);
    CHECK(noted->notes.front().find("taken as the same booleans") != std::string::npos);
    CHECK(says(error_of(files.request(truth, "y\n0.7\n0.2\n0.9\n", {"accuracy"})), "roc_auc"));
    CHECK(says(error_of(files.request("y\nYes\nno\n", "y\nyes\nNo\n", {"f1"})), "capitals"));
    // Clusters have names that mean nothing.
    CHECK(values_of(files.request("y\na\na\nb\n", "y\n7\n7\n3\n", {"adjusted_rand"})) == Values{1});
}

TEST_CASE("rows are paired as they belong together") {
    const Files files;
    const auto key = [&](std::string_view truth, std::string_view predictions, const char* name) {
        auto request = files.request(truth, predictions, {"accuracy"});
        request.column = "y";
        request.key = name;
        return request;
    };
    CHECK(values_of(key("id,y\n1,a\n2,b\n", "id,y\n2.0,b\n1.0,a\n", "id")) == Values{1});
    CHECK(values_of(key("id,y\n01,a\n02,b\n", "id,y\n2,b\n 1,a\n", "id")) == Values{1});
    CHECK(values_of(key("id,y\n01,a\n1,b\n", "id,y\n1,b\n\"01\",a\n", "id")) == Values{1});
    CHECK(values_of(key(",y\n5,a\n3,b\n", ",y\n3,b\n5,a\n", "Unnamed: 0")) == Values{1});
    CHECK(says(error_of(key("id,y\n1,a\n1.0,b\n", "id,y\n1,b\n2,a\n", "id")), "`1` occurs twice"));
    CHECK(says(error_of(key("id,y\n1,a\nnan,b\n", "id,y\n1,b\n2,a\n", "id")), "has no key"));
    CHECK(says(error_of(key("id,y\n1,a\nx,b\n", "id,y\n1.0,b\nx,a\n", "id")), "without a prediction: `1`"));
    // Without a key, a column that both files call `id` must agree.
    const auto without = [&](std::string_view truth, std::string_view predictions) {
        return key(truth, predictions, "");
    };
    CHECK(values_of(without("id,y\n1,a\n2,b\n", "id,y\n1.0,a\n2.0,a\n")) == Values{0.5});
    const auto shuffled = without("id,y\n1,a\n2,b\n", "id,y\n2,b\n1,a\n");
    CHECK(says(error_of(shuffled), "different orders"));
    CHECK(says(error_of(shuffled), "--key id"));
    auto forced = shuffled;
    forced.order = app::Order::as_it_stands;
    CHECK(values_of(forced) == Values{0});
    CHECK(says(error_of(without("id,y\n1,a\n2,b\n", "id,y\n3,b\n4,a\n")), "differ: in row 1"));
    // An index that pandas made anew says nothing; one that was shuffled does.
    CHECK(values_of(without(",y\n17,a\n5,b\n", ",y\n0,a\n1,b\n")) == Values{1});
    CHECK(says(error_of(without(",y\n0,a\n1,b\n", ",y\n1,b\n0,a\n")), "the index is 0"));
}

TEST_CASE("no column is picked that another could be") {
    const Files files;
    auto request = files.request("y\n1\n0\n", "y,p\n1,0.25\n0,0.5\n", {"roc_auc"});
    request.column = "y";
    CHECK(says(error_of(request), "which column is the score?"));
    request.score = "p";
    CHECK(values_of(request) == Values{0});
    auto points = files.request("id,x,y\n1,0,0\n20,0,1\n3,3,0\n40,3,1\n", "c\na\na\nb\nb\n", {"silhouette"});
    CHECK(values_of(points).front() == doctest::Approx(0.675444680));
}

TEST_CASE("weights, F-beta and several labels") {
    const Files files;
    auto request = files.request("y,w\n1,1\n0,3\n1,0\n", "y\n1\n1\n0\n", {"accuracy", "precision", "confusion_matrix"});
    request.column = "y";
    request.weight = "w";
    const auto weighted = app::score(request);
    REQUIRE_MESSAGE(weighted, (weighted ? "" : weighted.error().message));
    CHECK(weighted->values[0].value == 0.25);
    CHECK(weighted->values[1].value == 0.25);
    CHECK(weighted->values[2].confusion->counts == std::vector<Values>{{0, 3}, {0, 1}});
    request.metrics = {"max_error"};
    CHECK(says(error_of(request), "takes no weights"));
    request = files.request("y,w\n1,-1\n0,3\n", "y\n1\n1\n", {"accuracy"});
    request.column = "y";
    request.weight = "w";
    CHECK(says(error_of(request), "row 1: the weight is below zero"));

    // 2 right of 3 predicted, 2 of 4 true: (1+4)*2 / (3 + 4*4).
    request = files.request("1\n1\n1\n1\n0\n", "1\n1\n0\n0\n1\n", {"f2", "fbeta", "f0.5"});
    request.beta = 2;
    CHECK(values_of(request) == Values{10.0 / 19, 10.0 / 19, 1.25 * 2 / (3 + 0.25 * 4)});
    request.beta.reset();
    CHECK(says(error_of(request), "--beta"));
    request.metrics = {"f1"};
    request.beta = 2;
    CHECK(says(error_of(request), "not asked for"));

    auto several = files.request("id,a,b,c\n1,1,0,1\n2,0,1,0\n", "c,b,a\nTrue,False,True\nFalse,True,True\n",
                                 {"subset_accuracy", "hamming_loss", "f1_micro", "f1_samples"});
    several.multilabel = {"a", "b", "c"};
    CHECK(values_of(several) == Values{0.5, 1.0 / 6, 6.0 / 7, (1 + 2.0 / 3) / 2});
    several.metrics = {"f1"};
    CHECK(says(error_of(several), "f1_samples"));
    several.metrics = {"roc_auc"};
    CHECK(says(error_of(several), "several labels"));
    several.multilabel = {"a"};
    CHECK(says(error_of(several), "is not multilabel"));
    several = files.request("a,b\n1,2\n", "a,b\n1,1\n", {"hamming_loss"});
    several.multilabel = {"a", "b"};
    CHECK(says(error_of(several), "row 1: the label `b` is `2`, not 0 or 1"));
}

TEST_CASE("what is no finite number is an error") {
    const Files files;
    for (const char* metric : {"mae", "mse", "rmse", "r2", "median_absolute_error", "max_error"}) {
        CAPTURE(metric);
        const auto error = error_of(files.request("y\n-1.7e308\n1\n", "y\n1.7e308\n1\n", {metric}));
        CHECK(error.kind == ErrorKind::malformed);
        CHECK(says(error, "beyond the largest number"));
    }
}

TEST_CASE("separators and standard input") {
    const Files files;
    auto request = files.request("y;z\n1,5;2\n2,5;3\n", "sep=;\ny;z\n1,0;2\n2,5;3\n", {"mae"});
    request.column = "y";
    CHECK(values_of(request) == Values{0.25});
    request = files.request("y:z\n1:2\n", "y:z\n1:2\n", {"mae"});
    request.column = "z";
    CHECK(says(error_of(request), "no column `z`"));
    request.separator = ':';
    CHECK(values_of(request) == Values{0});
    request.truth = request.predictions = "-";
    CHECK(says(error_of(request), "cannot be both"));
}
