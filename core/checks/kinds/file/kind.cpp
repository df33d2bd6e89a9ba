#include "checks/kind_parts.hpp"

namespace mlpath::checks {

namespace {

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
    } else {
        tell_subject(told, lines);
    }
    expectation_lines(fields.value("text", Json::array()), "it is JSON", lines);
}

void lint_file(CheckLint& lint) {
    lint.artifact("path");
    lint.bounds(lint.fields(), "min_bytes", "max_bytes", "");
}

}  // namespace

Kind file_kind() { return {.told = {.tell = tell_file, .lint = lint_file, .reads = Reads::source}}; }

}  // namespace mlpath::checks
