#include <algorithm>

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
    const auto& fields = told.fields;
    lines.push_back(predictions_words(told));
    auto parts = texts(fields, "parts");
    if (parts.empty()) {
        parts = {"fit", "scored", "rows", "labels"};
    }
    for (const auto& part : parts) {
        if (part == "fit") {
            lines.push_back("we watch which rows reach `fit` of scikit-learn: none of " + test_file(told, "data") +
                            ", and, before you try a model on rows that are new to it, none of those");
        } else if (part == "scored") {
            lines.push_back("where your program scores a model, it does so on rows that were not given to its `fit`");
        } else if (part == "rows") {
            lines.push_back("odd rows join " + test_file(told, "data") +
                            "; the predictions for the others stay the same");
        } else if (part == "labels" && fields.contains("metric") && fields.contains("baseline") &&
                   fields.contains("at_most")) {  // lint asks for all three
            lines.push_back(metric_words(fields));
            lines.push_back("with the labels shuffled, it is on average at most " + value_words(fields.at("at_most")) +
                            " above the baseline");
        }
    }
}

void lint_leakage(CheckLint& lint) {
    lint.predictions();
    const auto parts = texts(lint.fields(), "parts");
    const bool labels = parts.empty() || std::ranges::find(parts, "labels") != parts.end();
    for (const char* key : {"metric", "baseline", "at_most"}) {
        if (labels && !lint.fields().contains(key)) {
            lint.error("", std::string("the part `labels` needs `") + key + "`",
                       "say it, or name the other `parts` alone");
        }
    }
    for (const char* key : {"metric", "baseline", "at_most", "repeats", "positive"}) {
        if (!labels && lint.fields().contains(key)) {
            lint.error(std::string("/") + key,
                       std::string("`") + key + "` is for the part `labels`, which is not looked at");
        }
    }
}

}  // namespace

extern const Kind leakage_kind;
const Kind leakage_kind{.told = {.name = "leakage", .tell = tell_leakage, .lint = lint_leakage},
                        .judge = judge_leakage,
                        .cost = Cost::reruns,
                        .draw = Draw::decides};

}  // namespace mlpath::checks
