// A JSON Schema (draft-07), compiled: the keywords that our schemas use. A keyword that is not here is refused when the
// schema is compiled, so that a misspelled one cannot pass unseen.
#pragma once

#include <cstddef>
#include <cstdint>
#include <deque>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/pattern.hpp"
#include "json/document.hpp"

namespace mlpath::json {

enum Type : unsigned {
    type_null = 1,
    type_boolean = 2,
    type_number = 4,
    type_integer = 8,
    type_string = 16,
    type_array = 32,
    type_object = 64,
};

struct Rule;

struct Condition {
    const Rule* when = nullptr;
    const Rule* then = nullptr;       // null: anything goes
    const Rule* otherwise = nullptr;  // null: anything goes
    std::string then_because{};       // "where `kind` is `file`": why a key is needed
    std::string otherwise_because{};
};

struct Rule {
    std::string description{};
    unsigned types = 0;          // a set of Type; 0: any
    std::vector<Json> values{};  // enum or const; empty: any
    std::optional<double> minimum{};
    std::optional<double> maximum{};
    std::optional<std::size_t> min_length{};
    std::optional<std::size_t> max_length{};
    std::optional<std::size_t> min_items{};
    std::optional<std::size_t> max_items{};
    bool unique_items = false;
    const Pattern* pattern = nullptr;
    std::string pattern_text{};
    std::vector<std::pair<std::string, const Rule*>> properties{};  // few, and most differ in length
    std::vector<std::string> required{};
    bool closed = false;               // additionalProperties: false
    const Rule* additional = nullptr;  // additionalProperties: a schema
    const Rule* items = nullptr;
    std::vector<const Rule*> all_of{};
    std::vector<Condition> conditions{};
};

// Owns the rules of one schema; they point at each other, and may do so in a ring.
struct RuleSet {
    std::deque<Rule> rules{};
    std::map<std::string, Pattern, std::less<>> patterns{};
    const Rule* root = nullptr;
};

[[nodiscard]] Result<std::unique_ptr<RuleSet>> compile_rules(const Json& schema);

// The faults of the document, each once, at most `most` of them.
[[nodiscard]] Faults evaluate(const Rule& rule, const Document& document, std::size_t most);

}  // namespace mlpath::json
