#include <set>

#include "checks/about.hpp"
#include "checks/kind_parts.hpp"

namespace mlpath::checks {

namespace {

void lint_python(CheckLint& lint) {
    lint.template_file(text_or(lint.fields(), "script"), "/script");
    lint.function_in("script", "function");
}

// A check script calls functions of the learner: those that the claim names in backticks, where it names any.
std::string module_called(const Check& check, const Project& project) {
    std::set<std::string> all;
    std::set<std::string> claimed;
    for (const auto& call : project.calls) {
        const auto dot = call.name.rfind('.');
        const auto file = file_of_module(std::string_view(call.name).substr(0, dot));
        all.insert(file);
        if (check.says.find('`' + call.name.substr(dot + 1)) != std::string::npos) {
            claimed.insert(file);
        }
    }
    const auto& modules = claimed.empty() ? all : claimed;
    return modules.size() == 1 ? *modules.begin() : std::string();
}

}  // namespace

Kind python_kind() {
    return {
        .told = {.lint = lint_python, .figures = Figures::facts}, .tries = Tries::functions, .about = module_called};
}

}  // namespace mlpath::checks
