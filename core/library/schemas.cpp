#include "library/schemas.hpp"

#include <algorithm>
#include <optional>

#include "library/kind.hpp"

namespace mlpath::library {

namespace {

// One kind's fields with those that all have: `id`, `kind`, `says` and `look`.
Json definition_of(const Kind& kind, const Json& own, const Json& left_out) {
    auto required = Json::array({"id", "kind", "says"});
    const auto more = own.value("required", Json::array());
    required.insert(required.end(), more.begin(), more.end());
    auto properties =
        Json{{"id", {{"$ref", "#/definitions/id"}}},
             {"kind", {{"description", "Which kind of check this is."}, {"const", std::string(kind.name)}}},
             {"says", {{"type", "string"}, {"description", "The claim in one plain line."}, {"minLength", 1}}},
             {"look", {{"type", "string"}, {"description", "How to look further."}, {"minLength", 1}}}};
    const auto fields = own.value("properties", Json::object());
    for (const auto& [name, field] : fields.items()) {
        if (std::ranges::find(left_out, Json(name)) == left_out.end()) {
            properties[name] = field;
        }
    }
    auto definition = Json{{"type", "object"},
                           {"description", own.at("description")},
                           {"additionalProperties", false},
                           {"required", std::move(required)},
                           {"properties", std::move(properties)}};
    if (const auto rules = own.find("allOf"); rules != own.end()) {
        definition["allOf"] = *rules;
    }
    return definition;
}

// Adds the definitions that `part` leads to, at any depth, and that are not there yet.
void put_definitions(Json& definitions, const Json& part) {
    if (const auto ref = part.is_object() ? part.find("$ref") : part.end(); ref != part.end()) {
        const auto name = ref->get<std::string>().substr(std::string_view("#/definitions/").size());
        if (!definitions.contains(name)) {
            const auto& shared = own_schema("project").at("definitions").at(name);
            definitions[name] = shared;
            put_definitions(definitions, shared);
        }
    } else if (part.is_structured()) {
        for (const auto& each : part) {
            put_definitions(definitions, each);
        }
    }
}

Status put_kinds(Json& definitions, bool goals) {
    auto schema = kind_schemas().begin();
    auto names = Json::array();
    auto choices = Json::array();
    for (const auto& entry : all_kinds()) {
        const auto& parsed = *schema++;
        if (!parsed.ok()) {
            return fail(Error{ErrorKind::internal, parsed.faults.front().message, parsed.faults.front().place, {}});
        }
        const auto& own = parsed.value;
        const auto left_out = own.find("not_in_goals");
        if (goals && left_out == own.end()) {
            continue;
        }
        const std::string name(entry.kind->name);
        names.push_back(name);
        const Json is_kind{{"required", Json::array({"kind"})}, {"properties", {{"kind", {{"const", name}}}}}};
        choices.push_back({{"if", is_kind}, {"then", {{"$ref", "#/definitions/check-" + name}}}});
        auto definition = definition_of(*entry.kind, own, goals ? *left_out : Json::array());
        put_definitions(definitions, definition);
        definitions["check-" + name] = std::move(definition);
    }
    definitions["check"] = Json{{"type", "object"},
                                {"description", "One machine-decided claim."},
                                {"required", Json::array({"kind"})},
                                {"properties", {{"kind", {{"enum", std::move(names)}}}}},
                                {"allOf", std::move(choices)}};
    return {};
}

std::string path_of_schema(std::string_view name) { return "curricula/schemas/" + std::string(name) + ".schema.json"; }

// The schema with the kinds in it; none where it has no checks, or is not sound, which whoever compiles it says.
Result<std::optional<Json>> with_kinds(std::string_view name, std::string_view text) {
    if (name != "project" && name != "curriculum") {
        return std::optional<Json>();
    }
    auto parsed = json::parse(text, path_of_schema(name));
    auto& schema = parsed.value;
    if (!parsed.ok() || !schema.is_object() || !schema.contains("definitions") || !schema["definitions"].is_object()) {
        return std::optional<Json>();
    }
    MLPATH_CHECK(put_kinds(schema["definitions"], name == "curriculum"));
    return std::optional(std::move(schema));
}

}  // namespace

const std::vector<json::Parsed>& kind_schemas() {
    static const auto read = [] {
        std::vector<json::Parsed> made;
        for (const auto& entry : all_kinds()) {
            made.push_back(json::parse(entry.schema, std::string(entry.kind->name) + "/schema.json"));
        }
        return made;
    }();
    return read;
}

Result<std::string> schema_text(const Content& content, std::string_view name) {
    MLPATH_TRY(auto text, content.read(path_of_schema(name)));
    MLPATH_TRY(const auto filled, with_kinds(name, text));
    return filled ? filled->dump(2) + '\n' : std::move(text);
}

Result<json::Schema> compiled_schema(const Content& content, std::string_view name) {
    MLPATH_TRY(const auto text, content.read(path_of_schema(name)));
    MLPATH_TRY(const auto filled, with_kinds(name, text));
    return filled ? json::Schema::from_value(*filled) : json::Schema::compile(text);
}

}  // namespace mlpath::library
