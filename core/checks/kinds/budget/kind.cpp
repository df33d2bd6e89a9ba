#include "checks/kind_parts.hpp"

namespace mlpath::checks {

namespace {

void tell_budget(const Told& told, Lines& lines) {
    const auto& limits = told.fields.at("at_most");
    lines.push_back("we run a plain program of our own on the same data, in turns with yours, and compare the two");
    const auto line = [&](const char* key, const std::string& what) {
        if (const auto limit = limits.find(key); limit != limits.end()) {
            lines.push_back(what + " at most " + value_words(*limit) + " times that of ours");
        }
    };
    const auto step = text_or(told.fields, "step");
    line("time", "the time of the step `" + step + "` is");
    line("memory", "the memory of the step `" + step + "` is");
    line("size", "the size of `" + text_or(told.fields, "model") + "` is");
    line("latency", "the time of the step `" + text_or(told.fields, "predict") + "` is");
}

void lint_budget(CheckLint& lint) {
    const auto& fields = lint.fields();
    lint.data();
    lint.template_file(text_or(fields, "reference"), "/reference");
    const auto step = text_or(fields, "step");
    lint.known_step(step, "/step");
    const auto predict = text_or(fields, "predict");
    if (!predict.empty() && lint.known_step(predict, "/predict") && !lint.needs(predict, step)) {
        lint.error("/predict", "the step `" + predict + "` does not need `" + step + "`, so it predicts with nothing",
                   "name `" + step + "` in its `needs`");
    }
    if (fields.contains("model")) {
        lint.artifact("model");
    }
    const auto limits = fields.value("at_most", Json::object());
    if (limits.empty()) {
        lint.error("/at_most", "no limit is named, so the check could not fail");
    }
    for (const auto& [limit, field] : {std::pair{"size", "model"}, std::pair{"latency", "predict"}}) {
        if (limits.contains(limit) != fields.contains(field)) {
            lint.error((limits.contains(limit) ? std::string("/at_most/") + limit : std::string("/") + field),
                       std::string("a limit of `") + limit + "` and `" + field + "` go together");
        }
    }
}

}  // namespace

Kind budget_kind() {
    return {.told = {.tell = tell_budget, .lint = lint_budget},
            .cost = Cost::reruns,
            .company = Company::none,
            .kept = Kept::never};
}

}  // namespace mlpath::checks
