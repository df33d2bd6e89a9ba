#include "json/schema.hpp"

#include "json/rules.hpp"

namespace mlpath::json {

struct Schema::State {
    std::unique_ptr<RuleSet> rules;
};

Schema::Schema(std::unique_ptr<State> state) : m_state(std::move(state)) {}
Schema::Schema(Schema&&) noexcept = default;
Schema& Schema::operator=(Schema&&) noexcept = default;
Schema::~Schema() = default;

Result<Schema> Schema::compile(std::string_view text, std::string_view definition) {
    const auto parsed = parse(text, "a schema of mlpath");
    if (!parsed.ok()) {
        auto error = to_error(parsed.faults);
        error.kind = ErrorKind::internal;
        return fail(std::move(error));
    }
    return from_value(parsed.document.value, definition);
}

Result<Schema> Schema::from_value(const Json& schema, std::string_view definition) {
    MLPATH_TRY(auto rules, compile_rules(schema, definition));
    return Schema(std::make_unique<State>(State{std::move(rules)}));
}

Faults Schema::validate(const Document& document, const std::string& pointer) const {
    try {
        const auto& value = document.value.at(Json::json_pointer(pointer));
        return evaluate(*m_state->rules->root, document, value, pointer, most_faults);
    } catch (const Json::exception&) {
        return {{Severity::error, document.place_of(pointer), "there is no such value", {}}};
    }
}

bool Schema::accepts(Value value) const { return fits(*m_state->rules->root, value); }

}  // namespace mlpath::json
