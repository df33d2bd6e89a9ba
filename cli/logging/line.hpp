// How an event looks in a log: one line, whatever its fields hold.
#pragma once

#include <span>
#include <string>
#include <string_view>

#include "base/log.hpp"

namespace mlpath::cli {

// `event: name=value name="a value of several words"`. Values are made printable, so that none begins a line of its
// own, and have no secrets of addresses in them.
[[nodiscard]] std::string log_line(std::string_view event, std::span<const LogField> fields);

// Without what an address may hold that is nobody's business: the user and password of "https://user:word@host/", and
// what stands behind its question mark, where tokens are. In doubt more is left out.
[[nodiscard]] std::string without_secrets(std::string_view text);

}  // namespace mlpath::cli
