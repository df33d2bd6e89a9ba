// Errors, for people on stderr and for machines as the one object on stdout.
#pragma once

#include <string>

#include "base/error.hpp"
#include "json/json.hpp"
#include "render/page.hpp"

namespace mlpath::cli {

[[nodiscard]] std::string_view kind_name(ErrorKind kind);
// error: message
//   at file:line: pointer
// hint: what to do
void write_error(Page& page, const Error& error);
// {"format":1,"error":{"kind":"usage","message":"…","hint":"…","exit":2}}, with "place" where one is known.
[[nodiscard]] Json error_json(const Error& error);

}  // namespace mlpath::cli
