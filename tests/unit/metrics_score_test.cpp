// The use case `score`, from files to values. It stands here, not with the other use cases, because it needs nothing
// of the modules between.
#include <doctest/doctest.h>

#include <string>
#include <vector>

#include "app/score.hpp"
#include "base/files.hpp"

using namespace mlpath;

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

bool says(const Error& error, std::string_view words) {
    INFO(error.message << " | " << error.hint);
    return error.message.find(words) != std::string::npos || error.hint.find(words) != std::string::npos;
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
