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

Result<Schema> Schema::compile(std::string_view text) {
    const auto parsed = parse(text, "a schema of mlpath");
    if (!parsed.ok()) {
        auto error = to_error(parsed.faults);
        error.kind = ErrorKind::internal;
        return fail(std::move(error));
    }
    return from_value(parsed.value);
}

Result<Schema> Schema::from_value(const Json& schema) {
    MLPATH_TRY(auto rules, compile_rules(schema));
    return Schema(std::make_unique<State>(State{std::move(rules)}));
}

Faults Schema::validate(const Document& document) const {
    return evaluate(*m_state->rules->root, document, most_faults);
}

}  // namespace mlpath::json
