// Passing open descriptors through a socket, beside a text.
#pragma once

#include <cstddef>
#include <string_view>
#include <vector>

#include "base/descriptor.hpp"

namespace mlpath::confine {

constexpr std::size_t most_passed = 8;

// With what is passed from a world to mlpath, before the program runs in it.
constexpr char scratch_word = 'f';     // the scratch folder
constexpr char connection_word = 's';  // sockets of its network

// The text, which is not empty, and copies of up to `most_passed` descriptors, as one message. False: errno says why.
[[nodiscard]] bool pass(int socket, std::string_view text, const std::vector<int>& descriptors);

// What was passed with a text of one byte.
struct Passed {
    char word = 0;
    std::vector<Descriptor> descriptors{};
};
// The next of those, without waiting for it. No word: there is none.
[[nodiscard]] Passed take_passed(int socket);

}  // namespace mlpath::confine
