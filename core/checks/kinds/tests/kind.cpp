#include <algorithm>

#include "checks/kind_parts.hpp"

namespace mlpath::checks {

namespace {

void tell_tests(const Told& told, Lines& lines) {
    const auto& fields = told.fields;
    const auto code = "`" + text_or(fields, "code") + "`";
    const auto step = std::ranges::find(told.project.steps, text_or(fields, "step"), &Step::id);
    const auto command = step == told.project.steps.end() ? "your tests" : shown_command(step->run);
    std::vector<std::string> codes;
    for (const auto& exit : fields.at("fails")) {
        codes.push_back(std::to_string(exit.get<int>()));
    }
    lines.push_back("we run " + command + " on " + code +
                    " as you have it, and on other versions that do the same: each time it passes (exit code 0)");
    lines.push_back("then on wrong versions of " + code + " (mutants): each time a test fails (exit code " +
                    listed(codes, "or") + ")");
    if (const auto results = text_or(fields, "results"); !results.empty()) {
        const auto can_fail = text_or(fields, "code").ends_with(".py") ? "; each test can fail" : "";
        lines.push_back("`" + results + "` says which test passed and which did not" + can_fail);
    }
}

void lint_tests(CheckLint& lint) {
    const auto& fields = lint.fields();
    lint.known_step(text_or(fields, "step"), "/step");
    lint.template_file(text_or(fields, "versions"), "/versions");
    if (fields.contains("results")) {
        lint.artifact("results");
        const auto results = text_or(fields, "results");
        if (!results.ends_with(".json") && !results.ends_with(".xml")) {
            lint.error("/results", "`results` are JSON (`.json`) or the XML that JUnit and pytest write (`.xml`)");
        }
    }
}

}  // namespace

Kind tests_kind() { return {.told = {.tell = tell_tests, .lint = lint_tests}, .cost = Cost::reruns}; }

}  // namespace mlpath::checks
