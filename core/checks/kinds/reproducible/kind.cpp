#include "checks/kind.hpp"
#include "library/brief_words.hpp"
#include "library/check_lint.hpp"

namespace mlpath::checks {

Result<Finding> judge_reproducible(const library::Check& check, Evaluation& evaluation, const Findings& found);

namespace {

using namespace library;
using Lines = std::vector<std::string>;

void tell_reproducible(const Told& told, Lines& lines) {
    lines.push_back(predictions_words(told));
    lines.push_back(
        "we run your program twice, the second time with another order of every set of texts "
        "(PYTHONHASHSEED); numbers may differ by " +
        decimal(told.fields.at("tolerance").get<double>()) + ", words not at all");
}

void lint_reproducible(CheckLint& lint) { lint.predictions(); }

}  // namespace

extern const Kind reproducible_kind;
const Kind reproducible_kind{.told = {.name = "reproducible", .tell = tell_reproducible, .lint = lint_reproducible},
                             .judge = judge_reproducible,
                             .cost = Cost::reruns};

}  // namespace mlpath::checks
