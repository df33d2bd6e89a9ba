#include "run/library_warnings.hpp"

#include <doctest/doctest.h>

using namespace mlpath::run;

TEST_CASE("a warning of a library is told in a sentence, each kind once") {
    struct Case {
        std::string printed;
        std::vector<std::string> says;  // the beginning of each
    };
    const std::string convergence =
        "/usr/lib/python3/dist-packages/sklearn/linear_model/_logistic.py:444: ConvergenceWarning: lbfgs failed to "
        "converge (status=1):\nSTOP: TOTAL NO. of ITERATIONS REACHED LIMIT.\n";
    const std::vector<Case> cases{
        {"", {}},
        {"Accuracy: 0.9\n", {}},
        {"ConvergenceWarning is what I print\n", {}},
        {convergence, {"the model stopped before it had settled"}},
        {convergence + convergence, {"the model stopped before it had settled"}},
        {"a.py:3: DataConversionWarning: A column-vector y was passed when a 1d array was expected.\n",
         {"the answers came as a table of one column"}},
        {"/tmp/mlpath-work-x/a.py:9: SettingWithCopyWarning: \nA value is trying to be set on a copy of a slice\n",
         {"a value was set in what may be a copy"}},
        {"a.py:3: RuntimeWarning: divide by zero encountered in log\n", {"a number was divided by zero"}},
        {"a.py:3: RuntimeWarning: invalid value encountered in true_divide\n", {"a calculation had no result"}},
        {"a.py:3: RuntimeWarning: something else\n", {}},
        {"a.py:3: UserWarning: X does not have valid feature names, but LogisticRegression was fitted with feature "
         "names\n",
         {"the model was fitted on a table with named columns"}},
        {"a.py:3: FutureWarning: is_categorical_dtype is deprecated\n" + convergence,
         {"the model stopped before it had settled", "a library will do something otherwise"}},
    };
    for (const auto& each : cases) {
        CAPTURE(each.printed);
        const auto said = explained_warnings(each.printed);
        REQUIRE(said.size() == each.says.size());
        for (std::size_t i = 0; i < said.size(); ++i) {
            CHECK(said[i].starts_with(each.says[i]));
        }
    }
}
