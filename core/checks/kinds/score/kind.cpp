#include "checks/kind_parts.hpp"

namespace mlpath::checks {

namespace {

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

Kind score_kind() {
    return {.told = {.tell = tell_score, .lint = lint_score, .figures = Figures::a_mean},
            .cost = Cost::reruns,
            .draw = Draw::decides};
}

}  // namespace mlpath::checks
