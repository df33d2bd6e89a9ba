#include <set>

#include "checks/about.hpp"
#include "checks/kind.hpp"
#include "library/check_lint.hpp"
#include "library/read.hpp"

namespace mlpath::checks {

Result<Finding> judge_python(const library::Check& check, Evaluation& evaluation, const Findings& found);

namespace {

using namespace library;

void lint_python(CheckLint& lint) {
    lint.template_file(library::text_or(lint.fields(), "script"), "/script");
    lint.function_in("script", "function");
}

// A check script calls functions of the learner: those that the claim names in backticks, where it names any.
std::string module_called(const library::Check& check, const library::Project& project) {
    std::set<std::string> all;
    std::set<std::string> named;
    for (const auto& call : project.calls) {
        const auto dot = call.name.rfind('.');
        const auto file = file_of_module(std::string_view(call.name).substr(0, dot));
        all.insert(file);
        if (check.says.find('`' + call.name.substr(dot + 1)) != std::string::npos) {
            named.insert(file);
        }
    }
    const auto& modules = named.empty() ? all : named;
    return modules.size() == 1 ? *modules.begin() : std::string();
}

}  // namespace

extern const Kind python_kind;
const Kind python_kind{.told = {.name = "python", .tell = nullptr, .lint = lint_python},
                       .judge = judge_python,
                       .company = Company::others,
                       .tries = Tries::functions,
                       .about = module_called};

}  // namespace mlpath::checks
