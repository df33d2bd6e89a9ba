#include "library/complete.hpp"

#include <algorithm>
#include <map>

#include "library/defaults.hpp"
#include "library/kind.hpp"
#include "library/paths.hpp"
#include "library/read.hpp"
#include "library/schemas.hpp"

namespace mlpath::library {

namespace {

struct LeftOut {
    Defaults defaults{};
    std::vector<std::string> from_step{};
    bool is_of_a_path = false;  // of a source, or of what a step writes
};

// By kind, once for all: the schemas are a part of the program.
const LeftOut& left_out_by(const std::string& kind) {
    static const auto table = [] {
        std::map<std::string, LeftOut, std::less<>> made{{"", {}}};
        auto schema = kind_schemas().begin();
        for (const auto& entry : all_kinds()) {
            const auto& told = (schema++)->value;
            if (told.is_object()) {
                const auto properties = told.value("properties", Json::object());
                made[std::string(entry.kind->name)] = {Defaults(told, own_schema("project").at("definitions")),
                                                       texts(told, "from_step"),
                                                       properties.contains("path") && properties.contains("step")};
            }
        }
        return made;
    }();
    const auto found = table.find(kind);
    return found == table.end() ? table.at("") : found->second;
}

// Which step is meant where a check names none; null where that is not clear.
const Step* step_meant(const LeftOut& kind, const Json& fields, const Project& project) {
    if (!kind.from_step.empty()) {
        return project.steps.size() == 1 ? &project.steps.front() : nullptr;
    }
    const auto path = kind.is_of_a_path ? text_or(fields, "path") : std::string();
    if (path.empty() || any_glob_matches(project.sources, path)) {
        return nullptr;
    }
    const auto writes = [&](const Step& step) { return std::ranges::find(step.writes, path) != step.writes.end(); };
    return std::ranges::count_if(project.steps, writes) == 1 ? &*std::ranges::find_if(project.steps, writes) : nullptr;
}

std::string target_of(const Project& project, const std::string& data) {
    const auto found = std::ranges::find(project.data, data, &DataEntry::id);
    return found == project.data.end() || !found->split ? std::string() : found->split->target;
}

}  // namespace

void put_defaults(Check& check) { left_out_by(check.kind).defaults.put(check.fields); }

void take_from_project(Check& check, const Project& project) {
    auto& fields = check.fields;
    if (!fields.is_object()) {
        return;
    }
    const auto& kind = left_out_by(check.kind);
    if (const auto* meant = fields.contains("step") ? nullptr : step_meant(kind, fields, project)) {
        fields["step"] = meant->id;
    }
    const auto step = std::ranges::find(project.steps, text_or(fields, "step"), &Step::id);
    if (step == project.steps.end()) {
        return;
    }
    for (const auto& name : kind.from_step) {
        const auto said = name == "data"          ? step->data
                          : name == "predictions" ? step->predictions
                                                  : target_of(project, text_or(fields, "data"));
        if (!said.empty() && !fields.contains(name)) {
            fields[name] = said;
        }
    }
}

std::optional<std::string> left_out(const Check& check) {
    const auto& names = left_out_by(check.kind).from_step;
    if (!names.empty() && !check.fields.contains("step")) {
        return "step";
    }
    const auto missing = std::ranges::find_if(names, [&](const auto& name) { return !check.fields.contains(name); });
    return missing == names.end() ? std::nullopt : std::optional(*missing);
}

std::string left_out_message(const Check& check, std::string_view field) {
    const auto lacks = "the check `" + check.id + "` has no `" + std::string(field) + '`';
    return field == "step"     ? lacks
           : field == "column" ? lacks + ", and its data `" + text_or(check.fields, "data") + "` has no target"
                               : lacks + ", and neither has its step `" + text_or(check.fields, "step") + '`';
}

std::string left_out_hint(std::string_view field) {
    return field == "step"     ? "name the step that it runs; only where a project has one step is it clear which"
           : field == "column" ? "name the column that it is about"
                               : "say `" + std::string(field) + "` in the step: its checks take it from there";
}

}  // namespace mlpath::library
