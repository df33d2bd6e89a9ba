// What is the same for every reader of tables: the refusal of bytes that are no UTF-8 text, and how it is said.
#pragma once

#include <cstddef>
#include <filesystem>
#include <string>
#include <string_view>

#include "base/error.hpp"

namespace mlpath::table {

// The text without its BOM. Fails with malformed, naming what the bytes are instead: empty, UTF-16, UTF-32, an archive
// or spreadsheet, invalid UTF-8 (with the line), bare carriage returns as line ends.
[[nodiscard]] Result<std::string_view> plain_utf8(std::string_view text, std::string_view file_name);
// The same look at the beginning of a file that is read in pieces; `begin` may stop in the middle of a character.
[[nodiscard]] Result<std::string_view> plain_beginning(std::string_view begin, std::string_view file_name);

// Kind malformed: "FILE, line N: WHAT". Line 0 is unknown.
[[nodiscard]] Error bad_table(std::string_view file_name, std::size_t line, std::string_view what,
                              std::string hint = {});

// What is said of a zero byte.
[[nodiscard]] Error zero_byte(std::string_view file_name, std::size_t line);

// Tabs for .tsv and .tab (also before .gz), else commas.
[[nodiscard]] char separator_of(const std::filesystem::path& path);

}  // namespace mlpath::table
