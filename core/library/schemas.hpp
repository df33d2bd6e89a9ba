// The JSON Schemas of a library's files, with the kinds of checks in them.
#pragma once

#include <string>
#include <string_view>

#include "base/error.hpp"
#include "library/content.hpp"

namespace mlpath::library {

// The text of curricula/schemas/NAME.schema.json. In those of projects and curricula stands `definitions/check`, which
// is filled in here from the kinds: for a curriculum's goals with those whose schema has `not_in_goals`, without the
// fields that this names. not_found and malformed as the content and the schema itself have it.
[[nodiscard]] Result<std::string> schema_text(const Content& content, std::string_view name);

// The same of a text that was read: `name` is "project", "curriculum" or that of another schema, which stays as it is.
[[nodiscard]] Result<std::string> with_kinds(std::string_view name, std::string text);

}  // namespace mlpath::library
