#include "checks/kind.hpp"
#include "library/brief_words.hpp"
#include "library/check_lint.hpp"
#include "library/read.hpp"

namespace mlpath::checks {

namespace {

void tell_writes(const library::Told& told, std::vector<std::string>& lines) {
    lines.push_back(library::file_words(told, "path") + " begins with " + library::text_or(told.fields, "begins"));
}

void lint_writes(library::CheckLint& lint) { lint.artifact("path"); }

}  // namespace

extern const Kind writes_kind;
const Kind writes_kind{.told = {.name = "writes", .tell = tell_writes, .lint = lint_writes}, .cost = Cost::reruns};

}  // namespace mlpath::checks
