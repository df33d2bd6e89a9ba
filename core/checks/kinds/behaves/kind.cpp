#include <fmt/format.h>

#include "checks/kind_parts.hpp"

namespace mlpath::checks {

namespace {

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

}  // namespace

Kind behaves_kind() {
    return {.told = {.tell = tell_behaves, .lint = lint_predictions}, .cost = Cost::reruns, .draw = Draw::decides};
}

}  // namespace mlpath::checks
