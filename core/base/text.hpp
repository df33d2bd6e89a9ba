// Small pure functions on text, UTF-8 throughout.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace mlpath {

[[nodiscard]] std::string_view trim(std::string_view text);
[[nodiscard]] std::vector<std::string_view> split(std::string_view text, char separator);
// Lines without their ends; "\r\n" counts as one end; a last line without an end counts.
[[nodiscard]] std::vector<std::string_view> lines(std::string_view text);
// The line that a byte of the text stands in, counted from 1; of a position behind the end the last one.
[[nodiscard]] std::size_t line_at(std::string_view text, std::size_t position);
[[nodiscard]] std::string join(std::span<const std::string> parts, std::string_view separator);
[[nodiscard]] std::string to_lower_ascii(std::string_view text);
[[nodiscard]] std::string replace_all(std::string text, std::string_view from, std::string_view to);
[[nodiscard]] bool is_utf8(std::string_view text);
// An id as our files write it: words of a-z and 0-9, joined by hyphens, at most 64 letters ("own-road").
[[nodiscard]] bool is_id(std::string_view text);

// Makes text from outside fit for a terminal or a report: control characters, escapes and invalid UTF-8 become
// visible escapes (\x1b, \n); nothing that a terminal would act upon remains.
[[nodiscard]] std::string printable(std::string_view text);
// The same, but newlines and tabs stay; no line is then one that the runner of a CI job takes as a command
// ("::error::").
[[nodiscard]] std::string printable_block(std::string_view text);
// One word as a POSIX shell reads it back unchanged: quoted where it must be, and as it is where it need not. For a
// terminal or a report pass the result through `printable`: a word may hold a newline.
[[nodiscard]] std::string shell_word(std::string_view text);
// A command line: such words with spaces between them.
[[nodiscard]] std::string shell_line(std::span<const std::string> words);

// The edit distance of Damerau and Levenshtein (optimal string alignment), in bytes.
[[nodiscard]] std::size_t edit_distance(std::string_view a, std::string_view b);
// The candidate nearest to `word`, if near enough that a person could have meant it ("titanci" -> "titanic").
[[nodiscard]] std::optional<std::string> nearest(std::string_view word, std::span<const std::string> candidates);

// "1 row", "3 rows"; the plural is given where it is not the singular plus s.
[[nodiscard]] std::string count_of(std::size_t count, std::string_view singular, std::string_view plural = {});
// "58.9 kB", "1.2 MB": powers of 1000, as download tools print.
[[nodiscard]] std::string human_bytes(unsigned long long bytes);
// "`a`, `b` and `c`".
[[nodiscard]] std::string list_of(std::span<const std::string> names);

// Whether `path` (with '/' separators, relative) matches the glob: `*` and `?` stop at '/', `**/` spans folders.
[[nodiscard]] bool glob_matches(std::string_view pattern, std::string_view path);

}  // namespace mlpath
