#include "checks/about.hpp"

#include <algorithm>
#include <set>

#include "base/text.hpp"
#include "library/paths.hpp"

namespace mlpath::checks {

namespace {

std::string file_of_module(std::string_view module) { return replace_all(std::string(module), ".", "/") + ".py"; }

// Of a command line: the first word that is a source of the project, or the module behind `-m`.
std::string program_of(const std::vector<std::string>& run, const library::Project& project) {
    for (std::size_t i = 0; i < run.size(); ++i) {
        if (run[i] == "-m" && i + 1 < run.size()) {
            return file_of_module(run[i + 1]);
        }
        if (!run[i].starts_with('{') && library::any_glob_matches(project.sources, run[i])) {
            return run[i];
        }
    }
    return {};
}

std::string program_of_step(const std::string& id, const library::Project& project) {
    const auto step = std::ranges::find(project.steps, id, &library::Step::id);
    return step == project.steps.end() ? std::string() : program_of(step->run, project);
}

// A check script calls functions of the learner: those that the claim names in backticks, where it names any.
std::string module_of(const library::Check& check, const library::Project& project) {
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

std::string file_about(const library::Check& check, const library::Project& project) {
    const auto text = [&](const char* field) {
        const auto found = check.fields.find(field);
        return found != check.fields.end() && found->is_string() ? found->get<std::string>() : std::string();
    };
    if (const auto step = text("step"); !step.empty()) {
        return program_of_step(step, project);
    }
    if (check.kind == "command") {
        const auto run = check.fields.find("run");
        return run == check.fields.end() ? std::string() : program_of(run->get<std::vector<std::string>>(), project);
    }
    return check.kind == "python" ? module_of(check, project) : text("path");
}

}  // namespace mlpath::checks
