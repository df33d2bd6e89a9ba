// The JSON Schemas of a library's files, with the kinds of checks in them.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/error.hpp"
#include "json/document.hpp"
#include "json/schema.hpp"
#include "library/content.hpp"

namespace mlpath::library {

// The text of curricula/schemas/NAME.schema.json. In those of projects and curricula stands `definitions/check`, which
// is filled in here from the kinds: for a curriculum's goals with those whose schema has `not_in_goals`, without the
// fields that this names, and with the definitions of a project's schema that they need. not_found and malformed as the
// content and the schema itself have it.
[[nodiscard]] Result<std::string> schema_text(const Content& content, std::string_view name);

// The same, to hold files against.
[[nodiscard]] Result<json::Schema> compiled_schema(const Content& content, std::string_view name);

// One of these as it was when this program was built ("project", "datasets"), without the kinds: for what its readers
// and other schemas take from it.
[[nodiscard]] const Json& own_schema(std::string_view name);

// The schema.json of each kind, in the order of `all_kinds()`. Read once: they are a part of the program.
[[nodiscard]] const std::vector<json::Parsed>& kind_schemas();

}  // namespace mlpath::library
