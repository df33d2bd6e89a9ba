#include "checks/kind.hpp"
#include "library/brief_words.hpp"
#include "library/check_lint.hpp"

namespace mlpath::checks {

Result<Finding> judge_generalises(const library::Check& check, Evaluation& evaluation, const Findings& found);

namespace {

using namespace library;
using Lines = std::vector<std::string>;

void tell_generalises(const Told& told, Lines& lines) {
    const auto& fields = told.fields;
    lines.push_back(predictions_words(told));
    lines.push_back(metric_words(fields));
    const auto margin = fields.value("margin", 0.0);
    lines.push_back("of " + splits_words(fields) + ", it is " +
                    (margin > 0 ? "better than the baseline by at least " + decimal(margin)
                                : std::string("no worse than the baseline")) +
                    " in at least " + decimal(fields.value("at_least", 0.9) * 100) + " %");
}

void lint_generalises(CheckLint& lint) { lint.predictions(); }

}  // namespace

extern const Kind generalises_kind;
const Kind generalises_kind{.told = {.name = "generalises", .tell = tell_generalises, .lint = lint_generalises},
                            .judge = judge_generalises,
                            .cost = Cost::reruns,
                            .draw = Draw::decides};

}  // namespace mlpath::checks
