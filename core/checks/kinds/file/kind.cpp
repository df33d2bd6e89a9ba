#include "checks/kind.hpp"
#include "base/text.hpp"
#include "library/brief_words.hpp"
#include "library/check_lint.hpp"
#include "library/read.hpp"

namespace mlpath::checks {

Result<Finding> judge_file(const library::Check& check, Evaluation& evaluation, const Findings& found);

namespace {

using namespace library;
using Lines = std::vector<std::string>;

void tell_file(const Told& told, Lines& lines) {
    const auto& fields = told.fields;
    const auto least = whole(fields, "min_bytes", 0);
    const auto most = whole(fields, "max_bytes", 0);
    const auto bytes = [](int count) { return count_of(static_cast<std::size_t>(count), "byte"); };
    if (least > 0 && most > 0) {
        lines.push_back(file_words(told, "path") + " has at least " + bytes(least) + " and at most " + bytes(most));
    } else if (least > 0 || most > 0) {
        lines.push_back(file_words(told, "path") +
                        (least > 0 ? " has at least " + bytes(least) : " has at most " + bytes(most)));
    } else if (told.says.find(text_or(fields, "path")) == std::string::npos) {
        lines.push_back("we read " + last_file_words(told, "path"));
    }
    expectation_lines(fields.value("text", Json::array()), "it is JSON", lines);
}

void lint_file(CheckLint& lint) {
    lint.artifact("path");
    lint.bounds(lint.fields(), "min_bytes", "max_bytes", "");
}

}  // namespace

extern const Kind file_kind;
const Kind file_kind{.told = {.name = "file", .tell = tell_file, .lint = lint_file, .reads = library::Reads::source},
                     .judge = judge_file};

}  // namespace mlpath::checks
