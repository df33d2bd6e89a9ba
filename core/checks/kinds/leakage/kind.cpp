#include "checks/kind_parts.hpp"

namespace mlpath::checks {

namespace {

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
    if (const auto otherwise = text_or(lint.fields(), "otherwise"); !otherwise.empty()) {
        lint.other_check("/otherwise", "check of the kind `behaves`", otherwise,
                         [](const Check& other) { return other.kind == "behaves"; });
    }
}

}  // namespace

Kind leakage_kind() {
    return {.told = {.tell = tell_leakage, .lint = lint_leakage}, .cost = Cost::reruns, .draw = Draw::decides};
}

}  // namespace mlpath::checks
