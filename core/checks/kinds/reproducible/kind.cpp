#include "checks/kind_parts.hpp"

namespace mlpath::checks {

namespace {

void tell_reproducible(const Told& told, Lines& lines) {
    lines.push_back(predictions_words(told));
    lines.push_back(
        "we run your program twice, the second time with another order of every set of texts "
        "(PYTHONHASHSEED); numbers may differ by " +
        decimal(told.fields.at("tolerance").get<double>()) + ", words not at all");
}

}  // namespace

Kind reproducible_kind() {
    return {.told = {.tell = tell_reproducible, .lint = lint_predictions}, .cost = Cost::reruns};
}

}  // namespace mlpath::checks
