#include "checks/kind_parts.hpp"

namespace mlpath::checks {

namespace {

void tell_writes(const Told& told, Lines& lines) {
    lines.push_back(file_words(told, "path") + " begins with " + text_or(told.fields, "begins"));
}

void lint_writes(CheckLint& lint) { lint.artifact("path"); }

}  // namespace

Kind writes_kind() { return {.told = {.tell = tell_writes, .lint = lint_writes}, .cost = Cost::reruns}; }

}  // namespace mlpath::checks
