#include "checks/kind.hpp"
#include "library/brief_words.hpp"
#include "library/check_lint.hpp"
#include "library/read.hpp"

namespace mlpath::checks {

Result<Finding> judge_mentions(const library::Check& check, Evaluation& evaluation, const Findings& found);

namespace {

void tell_mentions(const library::Told& told, std::vector<std::string>& lines) {
    lines.push_back(library::file_words(told, "path") + " mentions the word " + library::text_or(told.fields, "word"));
}

void lint_mentions(library::CheckLint& lint) {
    lint.artifact("path");
    if (library::text_or(lint.fields(), "word").find(' ') != std::string::npos) {
        lint.error("/word", "a word has no space in it");
    }
}

}  // namespace

extern const Kind mentions_kind;
const Kind mentions_kind{
    .told = {.name = "mentions", .tell = tell_mentions, .lint = lint_mentions, .reads = library::Reads::source},
    .judge = judge_mentions};

}  // namespace mlpath::checks
