// Validation against our JSON Schemas (draft-07): one fault a mistake, the deepest one, in words for people, with a
// "did you mean" for unknown keys and values. Ours, because a general validator answers whether, not what to mend, and
// valijson matches patterns by std::regex, which overflows the stack on a long text; tests hold the two together.
#pragma once

#include <memory>
#include <string_view>

#include "json/document.hpp"

namespace mlpath::json {

class Schema {
public:
    // `text` is one of our own schemas; a defect in it is an internal error.
    [[nodiscard]] static Result<Schema> compile(std::string_view text);
    // The same of a schema that was parsed.
    [[nodiscard]] static Result<Schema> from_value(const Json& schema);
    Schema(Schema&&) noexcept;
    Schema& operator=(Schema&&) noexcept;
    ~Schema();
    // Bounds the work on a hostile file; nobody mends more at once. One fault more says that there are others.
    static constexpr std::size_t most_faults = 1000;
    // Several threads may ask at once, each of a document of its own.
    [[nodiscard]] Faults validate(const Document& document) const;

private:
    struct State;
    explicit Schema(std::unique_ptr<State> state);
    std::unique_ptr<State> m_state;
};

}  // namespace mlpath::json
