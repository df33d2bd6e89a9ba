// Passing open descriptors through a socket, beside a text.
#pragma once

#include <cstddef>
#include <string_view>
#include <vector>

#include "base/descriptor.hpp"

namespace mlpath::confine {

constexpr std::size_t most_passed = 8;

// The text, which is not empty, and copies of up to `most_passed` descriptors, as one message. False: errno says why.
[[nodiscard]] bool pass(int socket, std::string_view text, const std::vector<int>& descriptors);

// One descriptor that was passed with a text of one byte, without waiting for it. Closed where none came.
[[nodiscard]] Descriptor take_passed(int socket);

}  // namespace mlpath::confine
