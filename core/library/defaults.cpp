#include "library/defaults.hpp"

#include "library/schemas.hpp"

namespace mlpath::library {

namespace {

// What a `$ref` leads to, or the schema itself.
const Json& meant_by(const Json& schema, const Json& definitions) {
    constexpr std::string_view prefix = "#/definitions/";
    const auto ref = schema.find("$ref");
    return ref == schema.end() ? schema : definitions.at(ref->get<std::string>().substr(prefix.size()));
}

}  // namespace

Defaults::Defaults(const Json& described, const Json& definitions) {
    const auto& schema = meant_by(described, definitions);
    const auto properties = schema.value("properties", Json::object());
    for (const auto& [name, property] : properties.items()) {
        add_property(name, property, definitions);
    }
    for (const char* key : {"items", "additionalProperties"}) {
        if (const auto each = schema.find(key); each != schema.end() && each->is_object()) {
            Defaults found(*each, definitions);
            m_each = found.empty() ? nullptr : std::make_shared<const Defaults>(std::move(found));
        }
    }
}

void Defaults::add_property(const std::string& name, const Json& described, const Json& definitions) {
    const auto& schema = meant_by(described, definitions);
    if (const auto found = schema.find("default"); found != schema.end()) {
        m_values[name] = *found;
    } else if (Defaults within(schema, definitions); !within.empty()) {
        m_within[name] = std::move(within);
    }
}

void Defaults::put(Json& value) const {
    if (value.is_object()) {
        for (const auto& [name, left_out] : m_values) {
            if (!value.contains(name)) {
                value[name] = left_out;
            }
        }
        for (const auto& [name, within] : m_within) {
            if (const auto found = value.find(name); found != value.end()) {
                within.put(*found);
            }
        }
    }
    if (m_each && value.is_structured()) {
        for (auto& entry : value) {
            m_each->put(entry);
        }
    }
}

const Json& default_at(std::string_view schema, const char* object, const char* property) {
    return own_schema(schema).at(Json::json_pointer(object)).at("properties").at(property).at("default");
}

}  // namespace mlpath::library
