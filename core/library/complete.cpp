#include "library/complete.hpp"

#include <algorithm>
#include <map>

#include "library/kind.hpp"
#include "library/read.hpp"
#include "library/schemas.hpp"

namespace mlpath::library {

namespace {

struct LeftOut {
    Json defaults = Json::object();
    std::vector<std::string> from_step{};
};

// By kind, once for all: the schemas are a part of the program.
const LeftOut& left_out_by(const std::string& kind) {
    static const auto table = [] {
        std::map<std::string, LeftOut, std::less<>> made{{"", {}}};
        auto schema = kind_schemas().begin();
        for (const auto& entry : all_kinds()) {
            auto& own = made[std::string(entry.kind->name)];
            const auto& told = (schema++)->document.value;
            own.from_step = texts(told, "from_step");
            const auto properties = told.is_object() ? told.value("properties", Json::object()) : Json::object();
            for (const auto& [name, property] : properties.items()) {
                if (const auto found = property.find("default"); found != property.end()) {
                    own.defaults[name] = *found;
                }
            }
        }
        return made;
    }();
    const auto found = table.find(kind);
    return found == table.end() ? table.at("") : found->second;
}

}  // namespace

void put_defaults(Check& check) {
    if (!check.fields.is_object()) {
        return;
    }
    const auto& defaults = left_out_by(check.kind).defaults;
    for (const auto& [name, value] : defaults.items()) {
        if (!check.fields.contains(name)) {
            check.fields[name] = value;
        }
    }
}

void take_from_step(Check& check, const std::vector<Step>& steps) {
    const auto step = std::ranges::find(steps, text_or(check.fields, "step"), &Step::id);
    if (step == steps.end()) {
        return;
    }
    for (const auto& name : left_out_by(check.kind).from_step) {
        const auto& said = name == "data" ? step->data : step->predictions;
        if (!said.empty() && !check.fields.contains(name)) {
            check.fields[name] = said;
        }
    }
}

std::optional<std::string> left_out(const Check& check) {
    for (const auto& name : left_out_by(check.kind).from_step) {
        if (!check.fields.contains(name)) {
            return name;
        }
    }
    return std::nullopt;
}

std::string left_out_message(const Check& check, std::string_view field) {
    return "the check `" + check.id + "` has no `" + std::string(field) + "`, and neither has its step `" +
           text_or(check.fields, "step") + "`";
}

std::string left_out_hint(std::string_view field) {
    return "say `" + std::string(field) + "` in the step: its checks take it from there";
}

}  // namespace mlpath::library
