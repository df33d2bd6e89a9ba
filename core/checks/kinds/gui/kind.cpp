#include "checks/kind_parts.hpp"

namespace mlpath::checks {

namespace {

void tell_gui(const Told& told, Lines& lines) {
    lines.push_back(file_words(told, "path") +
                    " runs on a screen that nobody sees, where we click and type as a person would, and read what its "
                    "window shows");
}

void lint_gui(CheckLint& lint) {
    lint.artifact("path");
    lint.template_file(text_or(lint.fields(), "script"), "/script");
    lint.function_in("script", "function");
}

}  // namespace

Kind gui_kind() {
    return {.told = {.tell = tell_gui, .lint = lint_gui, .reads = Reads::source},
            .cost = Cost::reruns,
            .company = Company::others,
            .starts = {{.name = "Xvfb", .debian = "xvfb", .area = "windows", .serves = "programs with a window"}}};
}

}  // namespace mlpath::checks
