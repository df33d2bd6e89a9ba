// How many words a text has, in languages with blanks between words and in those without.
#pragma once

#include <string_view>

#include "markdown/document.hpp"

namespace mlpath::markdown {

// Between blanks, what holds a letter or a digit is a word. In scripts that write no blanks the default rules of
// Unicode's text segmentation (UAX #29) hold as far as they go: a Chinese character is a word, so is one of hiragana,
// and a run of katakana is one. For Thai, Lao, Khmer and Burmese these rules ask for a dictionary; we count a word for
// every four letters, without the signs above and below them (article 1 of the Declaration of Human Rights: 12 so
// counted in its first sentence, 13 in Thai by a reader, 12 in English).
[[nodiscard]] std::size_t words_in(std::string_view text);

// Of all that a reader reads; code in a block by itself is none of it.
[[nodiscard]] std::size_t words_in(const Document& document);

}  // namespace mlpath::markdown
