#include "checks/kind_parts.hpp"

namespace mlpath::checks {

namespace {

void tell_mentions(const Told& told, Lines& lines) {
    lines.push_back(file_words(told, "path") + " mentions the word " + text_or(told.fields, "word"));
}

void lint_mentions(CheckLint& lint) {
    lint.artifact("path");
    if (text_or(lint.fields(), "word").find(' ') != std::string::npos) {
        lint.error("/word", "a word has no space in it");
    }
}

}  // namespace

Kind mentions_kind() { return {.told = {.tell = tell_mentions, .lint = lint_mentions, .reads = Reads::source}}; }

}  // namespace mlpath::checks
