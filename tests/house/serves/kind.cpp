#include "checks/kind_parts.hpp"

namespace mlpath::checks {

namespace {

void tell_serves(const Told& told, Lines& lines) {
    lines.push_back(file_words(told, "path") + " answers " + text_or(told.fields, "says_back"));
}

}  // namespace

Kind serves_kind() { return {.told = {.tell = tell_serves, .reads = Reads::source}, .cost = Cost::reruns}; }

}  // namespace mlpath::checks
