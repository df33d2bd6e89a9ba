#include "app/setup/doctor_programs.hpp"

#include <algorithm>

#include "base/text.hpp"
#include "checks/kind.hpp"
#include "library/library.hpp"

namespace mlpath::app {

namespace {

bool has_check_of(const library::Project& project, std::string_view kind) {
    return std::ranges::any_of(project.milestones, [&](const library::Milestone& milestone) {
        return std::ranges::any_of(milestone.checks, [&](const library::Check& check) { return check.kind == kind; });
    });
}

// Of those that are ready.
std::vector<library::Project> projects_of(const Context& context) {
    std::vector<library::Project> all;
    for (const auto& entry : context.index.projects) {
        if (entry.status != library::ProjectStatus::ready) {
            continue;
        }
        if (auto project = library::load_project(context.content, context.index.renamed, entry.id)) {
            all.push_back(std::move(*project));  // one that cannot be read is a symptom of the library
        }
    }
    return all;
}

Symptom symptom_of(const system::MachineProgram& program, const std::vector<std::string>& projects,
                   std::string_view path) {
    const std::string area(program.area);
    const auto name = std::string(program.name);
    const auto what = std::string(program.serves) + " (" + list_of(projects) + ") can";
    const auto place = system::found(program, path);
    if (!place) {
        return {area, Health::poor, what + "not be checked: " + name + " is not installed",
                system::install_command(program.debian)};
    }
    return {area, Health::good, what + " be checked: " + printable(place->string()) + " is there", {}};
}

}  // namespace

void look_at_check_programs(const Context& context, std::string_view path, std::vector<Symptom>& found) {
    const auto projects = projects_of(context);
    for (const auto* kind : checks::all_kinds()) {
        std::vector<std::string> asking;
        for (const auto& project : projects) {
            if (has_check_of(project, kind->told.name)) {
                asking.push_back(project.id);
            }
        }
        for (const auto& program : asking.empty() ? std::vector<system::MachineProgram>() : kind->starts) {
            found.push_back(symptom_of(program, asking, path));
        }
    }
}

}  // namespace mlpath::app
