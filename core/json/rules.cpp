#include "json/rules.hpp"

#include <array>

namespace mlpath::json {

namespace {

// Thrown within this file only, by what is no schema of ours.
struct Defect {
    std::string message;
};

unsigned type_named(const std::string& name) {
    constexpr std::array<std::pair<std::string_view, unsigned>, 7> names{{{"null", type_null},
                                                                          {"boolean", type_boolean},
                                                                          {"number", type_number},
                                                                          {"integer", type_integer},
                                                                          {"string", type_string},
                                                                          {"array", type_array},
                                                                          {"object", type_object}}};
    for (const auto& [known, type] : names) {
        if (name == known) {
            return type;
        }
    }
    throw Defect{"no type `" + name + "`"};
}

unsigned types_of(const Json& value) {
    if (value.is_string()) {
        return type_named(value.get<std::string>());
    }
    unsigned types = 0;
    for (const auto& name : value) {
        types |= type_named(name.get<std::string>());
    }
    return types;
}

class Compiler {
public:
    Compiler(const Json& schema, RuleSet& rules) : m_schema(schema), m_rules(rules) {}

    const Rule* compile(const Json& schema) {
        if (schema.is_object() && schema.contains("$ref")) {
            constexpr std::string_view prefix = "#/definitions/";
            const auto target = schema.at("$ref").get<std::string>();
            if (!target.starts_with(prefix)) {
                throw Defect{"a $ref leads out of the definitions: " + target};
            }
            return definition(target.substr(prefix.size()));
        }
        auto& rule = m_rules.rules.emplace_back();
        fill(rule, schema);
        return &rule;
    }

private:
    const Rule* definition(const std::string& name) {
        if (const auto known = m_definitions.find(name); known != m_definitions.end()) {
            return known->second;
        }
        const auto place = Json::json_pointer("/definitions/" + name);
        if (!m_schema.contains(place)) {
            throw Defect{"no definition `" + name + "`"};
        }
        // Known before it is read, because a definition may contain itself.
        auto& rule = m_rules.rules.emplace_back();
        m_definitions.emplace(name, &rule);
        fill(rule, m_schema.at(place));
        return &rule;
    }

    void fill(Rule& rule, const Json& schema) {
        for (const auto& [keyword, value] : schema.items()) {
            if (!read_limits(rule, keyword, value) && !read_structure(rule, keyword, value)) {
                throw Defect{"the keyword `" + keyword + "` is not read"};
            }
        }
        if (schema.contains("if")) {
            rule.conditions.push_back(condition(schema));
        }
    }

    bool read_limits(Rule& rule, const std::string& keyword, const Json& value) {
        if (keyword == "type") {
            rule.types = types_of(value);
        } else if (keyword == "enum") {
            rule.values.assign(value.begin(), value.end());
        } else if (keyword == "const") {
            rule.values = {value};
        } else if (keyword == "minimum") {
            rule.minimum = value.get<double>();
        } else if (keyword == "maximum") {
            rule.maximum = value.get<double>();
        } else if (keyword == "minLength") {
            rule.min_length = value.get<std::size_t>();
        } else if (keyword == "maxLength") {
            rule.max_length = value.get<std::size_t>();
        } else if (keyword == "minItems") {
            rule.min_items = value.get<std::size_t>();
        } else if (keyword == "maxItems") {
            rule.max_items = value.get<std::size_t>();
        } else if (keyword == "uniqueItems") {
            rule.unique_items = value.get<bool>();
        } else if (keyword == "pattern") {
            rule.pattern_text = value.get<std::string>();
            rule.pattern = pattern(rule.pattern_text);
        } else {
            return false;
        }
        return true;
    }

    bool read_structure(Rule& rule, const std::string& keyword, const Json& value) {
        if (keyword == "description") {
            rule.description = value.get<std::string>();
        } else if (keyword == "properties") {
            for (const auto& [name, property] : value.items()) {
                rule.properties.emplace_back(name, compile(property));
            }
        } else if (keyword == "required") {
            rule.required = value.get<std::vector<std::string>>();
        } else if (keyword == "additionalProperties") {
            rule.closed = value.is_boolean() && !value.get<bool>();
            rule.additional = value.is_object() ? compile(value) : nullptr;
        } else if (keyword == "items") {
            rule.items = compile(value);
        } else if (keyword == "allOf") {
            for (const auto& part : value) {
                rule.all_of.push_back(compile(part));
            }
        } else {
            constexpr std::array<std::string_view, 8> others{"$schema", "$id", "title", "definitions",
                                                             "default", "if",  "then",  "else"};
            return std::ranges::find(others, keyword) != others.end();
        }
        return true;
    }

    Condition condition(const Json& schema) {
        Condition made;
        const auto& when = schema.at("if");
        made.when = compile(when);
        made.then = schema.contains("then") ? compile(schema.at("then")) : nullptr;
        made.otherwise = schema.contains("else") ? compile(schema.at("else")) : nullptr;
        if (when.contains("properties")) {
            for (const auto& [name, property] : when.at("properties").items()) {
                if (property.contains("const") && property.at("const").is_string()) {
                    made.then_because = "where `" + name + "` is `" + property.at("const").get<std::string>() + "`";
                }
            }
        } else if (when.contains("required") && when.at("required").size() == 1) {
            const auto name = when.at("required").at(0).get<std::string>();
            made.then_because = "beside `" + name + "`";
            made.otherwise_because = "where there is no `" + name + "`";
        }
        return made;
    }

    const Pattern* pattern(const std::string& text) {
        const auto known = m_rules.patterns.find(text);
        if (known != m_rules.patterns.end()) {
            return &known->second;
        }
        // Pattern lets ^ and $ match at line ends; in a schema they are the ends of the text.
        auto compiled = Pattern::compile("(?-m:" + text + ")");
        if (!compiled) {
            throw Defect{compiled.error().message};
        }
        return &m_rules.patterns.emplace(text, std::move(*compiled)).first->second;
    }

    const Json& m_schema;
    RuleSet& m_rules;
    std::map<std::string, const Rule*> m_definitions{};
};

}  // namespace

Result<std::unique_ptr<RuleSet>> compile_rules(const Json& schema) {
    auto rules = std::make_unique<RuleSet>();
    Compiler compiler(schema, *rules);
    try {
        rules->root = compiler.compile(schema);
    } catch (const Defect& defect) {
        return fail(ErrorKind::internal, "a schema of mlpath is broken: " + defect.message);
    } catch (const Json::exception& error) {
        return fail(ErrorKind::internal, std::string("a schema of mlpath is broken: ") + error.what());
    }
    return rules;
}

}  // namespace mlpath::json
