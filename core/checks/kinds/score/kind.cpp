#include "checks/kind.hpp"
#include "library/brief_words.hpp"
#include "library/check_lint.hpp"
#include "library/read.hpp"

namespace mlpath::checks {

Result<Finding> judge_score(const library::Check& check, Evaluation& evaluation, const Findings& found);

namespace {

using namespace library;
using Lines = std::vector<std::string>;

void tell_score(const Told& told, Lines& lines) {
    const auto& fields = told.fields;
    lines.push_back(predictions_words(told));
    lines.push_back(metric_words(fields));
    const auto margin = fields.at("margin").get<double>();
    if (const auto share = fields.find("holds_in"); share != fields.end()) {
        lines.push_back("of " + splits_words(fields) + ", it is " +
                        (margin > 0 ? "better than the baseline by at least " + decimal(margin)
                                    : std::string("no worse than the baseline")) +
                        " in at least " + decimal(share->get<double>() * 100) + " %");
        return;
    }
    lines.push_back("on average over " + splits_words(fields) + ", it is better than the baseline by at least " +
                    decimal(margin));
    if (const auto ceiling = fields.find("ceiling"); ceiling != fields.end()) {
        lines.push_back("above " + value_words(*ceiling) + " it is called suspicious" +
                        (text_or(fields, "above_ceiling") == "fail" ? ", and fails" : ", though it passes"));
    }
}

void lint_score(CheckLint& lint) {
    lint.predictions();
    if (lint.fields().contains("holds_in") && lint.fields().contains("ceiling")) {
        lint.error("/ceiling", "`ceiling` is of the mean, and with `holds_in` each split is judged by itself",
                   "keep one of them");
    }
}

}  // namespace

extern const Kind score_kind;
const Kind score_kind{
    .told = {.name = "score", .tell = tell_score, .lint = lint_score, .figures = library::Figures::a_mean},
    .judge = judge_score,
    .cost = Cost::reruns,
    .draw = Draw::decides};

}  // namespace mlpath::checks
