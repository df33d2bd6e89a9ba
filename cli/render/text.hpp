// Text as a terminal shows it: how many columns it takes, where it may be broken, and what stands for a character that
// the terminal cannot show.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace mlpath::cli {

// Columns of UTF-8 text without escapes: combining marks take none, East Asian wide characters and emoji two.
[[nodiscard]] std::size_t display_width(std::string_view text);

// Lines of at most `width` columns, broken at blanks; a word that is longer stays whole (a path is copied as one).
// Newlines in the text stay breaks. Text without words gives one empty line.
[[nodiscard]] std::vector<std::string> wrap(std::string_view text, std::size_t width);

// At most `width` columns; where text was cut, the last is "…" ("..." takes three in ASCII).
[[nodiscard]] std::string shorten(std::string_view text, std::size_t width, bool unicode);

// The nearest in ASCII: dashes, quotes, ellipses and mathematical signs as people type them, "?" for the rest.
[[nodiscard]] std::string to_ascii(std::string_view text);

// The line in rows of at most `width` columns, broken wherever a row is full. Colors (escapes that end in `m`) take
// none and stay as they are.
[[nodiscard]] std::vector<std::string> fold(std::string_view line, std::size_t width);

[[nodiscard]] std::string padded(std::string_view text, std::size_t width);

}  // namespace mlpath::cli
