// A table as text cells: what a CSV or TSV file holds before anything is interpreted.
#pragma once

#include <cstddef>
#include <filesystem>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/error.hpp"

namespace mlpath::table {

struct Table {
    std::vector<std::string> columns{};
    std::vector<std::vector<std::string>> rows{};  // each as long as `columns`
    [[nodiscard]] std::optional<std::size_t> column(std::string_view name) const;
};

struct Dialect {
    char separator = ',';
    bool quotes = true;  // RFC 4180 quoting; false: quotes are ordinary characters (the SMS collection)
    bool header = true;  // false: columns are named c0, c1, …
};

// What people's files do that surprises: read anyway where it is safe, and named in an error where it is not.
// UTF-8 with or without BOM, LF or CRLF, a last line without end. Refused with kind malformed, each with its own
// sentence: UTF-16 (as PowerShell writes), semicolons as separators and decimal commas (as a European Excel writes), a
// ragged row (with its line), an unclosed quote, invalid UTF-8, duplicate column names, an empty file.
[[nodiscard]] Result<Table> parse_table(std::string_view text, const Dialect& dialect = {},
                                        std::string_view file_name = {});
// Reads the file (.gz is unpacked; .tsv means tabs) and parses it. Bounded to `max_bytes` unpacked.
[[nodiscard]] Result<Table> read_table(const std::filesystem::path& path, std::optional<Dialect> dialect = {},
                                       std::size_t max_bytes = 1u << 30);
// RFC 4180 with LF: quotes only where needed.
[[nodiscard]] std::string write_table(const Table& table);

// Numbers as files write them: optional blanks around, "nan", "" and "NA" are not numbers but missing.
enum class CellKind { number, missing, text };
struct Cell {
    CellKind kind = CellKind::text;
    double number = 0;
};
[[nodiscard]] Cell parse_cell(std::string_view text);

}  // namespace mlpath::table
