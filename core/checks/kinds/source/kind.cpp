#include <algorithm>

#include "checks/kind_parts.hpp"

namespace mlpath::checks {

namespace {

void tell_source(const Told& told, Lines& lines) {
    tell_subject(told, lines);
    for (const auto& part : told.fields.value("shows", Json::array())) {
        if (const auto says = text_or(part, "says"); !says.empty()) {
            lines.push_back(says);
            continue;
        }
        auto what = text_or(part, "what");
        if (what != "f-string") {
            std::ranges::replace(what, '-', ' ');
        }
        const auto where = text_or(part, "in");
        lines.push_back((where.empty() ? "it" : '`' + where + '`') + " shows " + (what == "f-string" ? "an " : "a ") +
                        what);
    }
}

void lint_source(CheckLint& lint) {
    lint.artifact("path");
    const auto path = text_or(lint.fields(), "path");
    if (!path.ends_with(".py") && !path.ends_with(".ipynb")) {
        lint.error("/path", "`" + path + "` is no Python: its name ends with .py or .ipynb");
    }
}

}  // namespace

Kind source_kind() { return {.told = {.tell = tell_source, .lint = lint_source, .reads = Reads::source}}; }

}  // namespace mlpath::checks
