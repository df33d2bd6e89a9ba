#include "checks/about.hpp"

#include <algorithm>

#include "base/text.hpp"
#include "checks/kind.hpp"
#include "library/paths.hpp"

namespace mlpath::checks {

namespace {

std::string program_of_step(const std::string& id, const library::Project& project) {
    const auto step = std::ranges::find(project.steps, id, &library::Step::id);
    return step == project.steps.end() ? std::string() : program_in(step->run, project);
}

}  // namespace

std::string file_of_module(std::string_view module) { return replace_all(std::string(module), ".", "/") + ".py"; }

std::string program_in(const std::vector<std::string>& run, const library::Project& project) {
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

std::string file_about(const library::Check& check, const library::Project& project) {
    const auto text = [&](const char* field) {
        const auto found = check.fields.find(field);
        return found != check.fields.end() && found->is_string() ? found->get<std::string>() : std::string();
    };
    if (const auto step = text("step"); !step.empty()) {
        return program_of_step(step, project);
    }
    if (const auto* kind = kind_of(check); kind != nullptr && kind->about != nullptr) {
        return kind->about(check, project);
    }
    return text("path");
}

}  // namespace mlpath::checks
