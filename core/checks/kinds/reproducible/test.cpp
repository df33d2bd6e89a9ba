// Whether a program predicts the same twice, with real small programs.
#include "unit/kind_support.hpp"

using namespace mlpath;
using namespace mlpath::checks;
using namespace mlpath::test;

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
        {"honest", plain_program("cell = lambda row, place: 'yes' if float(row['x']) > 60 else 'no'"), "",
         Verdict::pass, "the same for all 30 rows"},
        {"order of a set",
         plain_program("order = list({f'word {i}' for i in range(99)})\ncell = lambda row, place: order[place]"), "",
         Verdict::fail, "the order of a set"},
        {"no seed", plain_program("cell = lambda row, place: random.random()"), "", Verdict::fail,
         "random numbers without a seed"},
        {"no seed, and the order of a set",
         plain_program("order = list({f'word {i}' for i in range(99)})\n"
                       "cell = lambda row, place: order[place] + str(random.random())"),
         "", Verdict::fail, "random numbers without a seed"},
        {"the time", plain_program("cell = lambda row, place: time.time_ns() % 1000003"), "", Verdict::fail,
         "the time of day"},
        {"one row", plain_program("cell = lambda row, place: time.time_ns() % 1000003 if place == 4 else 'no'"), "",
         Verdict::fail, "1 of 30 predictions differ between two runs on the very same data (row_id "},
        {"small differences", plain_program(noisy), "", Verdict::fail, "30 of 30"},
        {"within tolerance", plain_program(noisy), R"(,"tolerance":0.0001)", Verdict::pass, ""},
        {"crashes", "raise ValueError('no model')", "", Verdict::fail, "ValueError: no model"},
    };
    for (const auto& [who, program, more, verdict, told] : cases) {
        CAPTURE(who);
        RealWorld world(program);
        expect(world.judge(check_of_predictions("reproducible", more).c_str()), verdict, told);
    }
}

TEST_CASE("reproducible: what lint asks") {
    check_faults({
        {sink_manifest, "{ \"id\": \"model\",",
         R"({ "id": "n", "kind": "reproducible", "says": "Again.", "step": "predcit", "data": "rows", "predictions": "predictions.csv", "column": "sank" }, { "id": "model",)",
         sink_manifest + ":30: /milestones/1/checks/3/step: no step `predcit`; did you mean `predict`?"},
    });
}

TEST_CASE("reproducible: what a milestone tells of it") {
    CHECK(
        details_of(check_of(check_of_predictions("reproducible").c_str())).back() ==
        "we run your program twice, the second time with another order of every set of texts (PYTHONHASHSEED); numbers "
        "may differ by 0.000000001, words not at all");
}
