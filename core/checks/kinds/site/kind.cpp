#include "checks/kind_parts.hpp"

namespace mlpath::checks {

namespace {

void tell_site(const Told& told, Lines& lines) {
    lines.push_back(file_words(told, "path") +
                    " runs against a site of ours, whose address is in the environment variable `" +
                    text_or(told.fields, "variable") + "`");
}

void lint_site(CheckLint& lint) {
    lint.artifact("path");
    lint.template_file(text_or(lint.fields(), "script"), "/script");
    lint.function_in("script", "function");
}

}  // namespace

Kind site_kind() {
    return {.told = {.tell = tell_site, .lint = lint_site, .reads = Reads::source},
            .cost = Cost::reruns,
            .company = Company::others};
}

}  // namespace mlpath::checks
