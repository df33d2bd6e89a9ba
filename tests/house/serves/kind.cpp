#include "checks/kind.hpp"
#include "library/brief_words.hpp"
#include "library/check_lint.hpp"
#include "library/read.hpp"

namespace mlpath::checks {

namespace {

void tell_serves(const library::Told& told, std::vector<std::string>& lines) {
    lines.push_back(library::file_words(told, "path") + " answers " + library::text_or(told.fields, "says_back"));
}

void lint_serves(library::CheckLint&) {}

}  // namespace

extern const Kind serves_kind;
const Kind serves_kind{
    .told = {.name = "serves", .tell = tell_serves, .lint = lint_serves, .reads = library::Reads::source},
    .cost = Cost::reruns};

}  // namespace mlpath::checks
