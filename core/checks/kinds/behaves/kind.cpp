#include <fmt/format.h>

#include "base/text.hpp"
#include "checks/kind.hpp"
#include "library/brief_words.hpp"
#include "library/check_lint.hpp"
#include "library/read.hpp"

namespace mlpath::checks {

Result<Finding> judge_behaves(const library::Check& check, Evaluation& evaluation, const Findings& found);

namespace {

using namespace library;
using Lines = std::vector<std::string>;

void tell_behaves(const Told& told, Lines& lines) {
    const auto& fields = told.fields;
    lines.push_back(predictions_words(told));
    const auto probe = text_or(fields, "probe");
    const auto columns = texts(fields, "columns");
    if (probe == "strange-rows") {
        lines.push_back("odd rows join " + test_file(told, "data") + "; the predictions for the others stay the same");
    } else if (probe == "permuted-labels") {
        lines.push_back(metric_words(fields));
        lines.push_back("with the labels shuffled, it is on average at most " + value_words(fields.at("at_most")) +
                        " above the baseline");
    } else if (probe == "renamed") {
        lines.push_back("the values of " + list_of(columns) + " are replaced; the predictions stay the same");
    } else if (probe == "responds") {
        lines.push_back(
            fmt::format("the values of {} are shuffled among the rows of {}{}; at least {} % of the "
                        "predictions change",
                        list_of(columns), test_file(told, "data"), columns.size() == 1 ? "" : ", each column by itself",
                        decimal(fields.at("at_least").get<double>() * 100)));
    } else if (probe == "row-order") {
        lines.push_back("the rows of " + test_file(told, "data") +
                        " come in another order; the predictions stay the same");
    }
}

void lint_behaves(CheckLint& lint) { lint.predictions(); }

}  // namespace

extern const Kind behaves_kind;
const Kind behaves_kind{.told = {.name = "behaves", .tell = tell_behaves, .lint = lint_behaves},
                        .judge = judge_behaves,
                        .cost = Cost::reruns,
                        .draw = Draw::decides};

}  // namespace mlpath::checks
