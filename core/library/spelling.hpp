// Texts of the library are in American English, as the documentation that learners read: words that are spelled the
// British way are found.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace mlpath::library {

// Whether the text has such a word, and which.
struct BritishWord {
    std::size_t at = 0;         // where it begins in the text
    std::string_view word{};    // as it stands there
    std::string_view american;  // in small letters
};
// In their order. Words are letters: `nearest_neighbour` and `two-colour` have two each.
[[nodiscard]] std::vector<BritishWord> british_words(std::string_view text);

}  // namespace mlpath::library
