#include "checks/kind.hpp"
#include "library/brief_words.hpp"
#include "library/check_lint.hpp"
#include "library/read.hpp"

namespace mlpath::checks {

Result<Finding> judge_leakage(const library::Check& check, Evaluation& evaluation, const Findings& found);

namespace {

using namespace library;
using Lines = std::vector<std::string>;

void tell_leakage(const Told& told, Lines& lines) {
    for (const auto& part : texts(told.fields, "parts")) {
        lines.push_back(part == "fit"
                            ? "we watch which rows reach `fit` of scikit-learn: none of " + test_file(told, "data") +
                                  ", and, before you try a model on rows that are new to it, none of those"
                            : std::string("where your program scores a model, it does so on rows that were "
                                          "not given to its `fit`"));
    }
}

void lint_leakage(CheckLint& lint) {
    lint.known_step(text_or(lint.fields(), "step"), "/step");
    lint.data();
    const auto otherwise = text_or(lint.fields(), "otherwise");
    if (otherwise.empty()) {
        return;
    }
    KnownIds known;
    for (const auto& [id, check] : lint.checks()) {
        if (check->kind == "behaves") {
            known.add(id);
        }
    }
    lint.refer("/otherwise", "check of the kind `behaves`", otherwise, known);
}

}  // namespace

extern const Kind leakage_kind;
const Kind leakage_kind{.told = {.name = "leakage", .tell = tell_leakage, .lint = lint_leakage},
                        .judge = judge_leakage,
                        .cost = Cost::reruns,
                        .draw = Draw::decides};

}  // namespace mlpath::checks
