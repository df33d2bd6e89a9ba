// What separates the cells of a table: as asked for, as the file's name says, or as its first lines show.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

#include "base/error.hpp"

namespace mlpath::table {

struct Separation {
    char separator = ',';
    std::size_t skipped = 0;  // bytes of Excel's line `sep=;` (and a BOM before it), which is no row
};

// `begin` is the beginning of the file, unpacked. Without `asked`, what the line `sep=;` says counts, else tabs for
// .tsv and .tab, else commas; where the first line holds none of these, another usual separator that the first lines
// hold alike. Fails with malformed where commas and semicolons could both be meant, or `sep=` and `asked` differ.
[[nodiscard]] Result<Separation> find_separation(std::string_view begin, std::string_view file_name,
                                                 std::optional<char> asked = {});

// Excel's mark of the separator, with its line end; empty where the text does not begin with it.
[[nodiscard]] std::string_view separator_mark(std::string_view text);

// One character, or its name: `tab` (also `\t`), `comma`, `semicolon`, `pipe`, `space`. Fails with usage.
[[nodiscard]] Result<char> parse_delimiter(std::string_view word);

// "commas", "semicolons", "`x`".
[[nodiscard]] std::string separator_name(char separator);

}  // namespace mlpath::table
