// Whether a text or an error says some words.
#pragma once

#include <doctest/doctest.h>

#include <string>
#include <string_view>

#include "base/error.hpp"

namespace mlpath::test {

inline bool contains(std::string_view text, std::string_view words) {
    return text.find(words) != std::string_view::npos;
}

inline bool says(const Error& error, std::string_view words) {
    INFO(error.message << " | " << error.hint);
    return contains(error.message, words) || contains(error.hint, words);
}

}  // namespace mlpath::test
