#include "table/table.hpp"

#include <fast_float/fast_float.h>

#include <algorithm>
#include <array>
#include <set>

#include "base/files.hpp"
#include "base/text.hpp"
#include "table/delimiter.hpp"
#include "table/encoding.hpp"
#include "table/gzip.hpp"

namespace mlpath::table {

namespace {

// Splits text into records by RFC 4180. Lines count from 1; a quoted cell may hold several.
class Records {
public:
    Records(std::string_view text, const Dialect& dialect, std::string_view file_name)
        : m_text(text), m_dialect(dialect), m_file_name(file_name) {}

    [[nodiscard]] bool at_end() const { return m_at >= m_text.size(); }
    [[nodiscard]] std::size_t line() const { return m_record_line; }  // where the last record began
    [[nodiscard]] bool blank() const { return m_blank; }              // the last record was a line of nothing

    // Reads the next record into `cells`. Not to be called at the end.
    [[nodiscard]] Status read(std::vector<std::string>& cells) {
        cells.clear();
        m_record_line = m_line;
        m_blank = ends_line(m_at);
        while (true) {
            cells.emplace_back();
            const bool quoted = m_dialect.quotes && !at_end() && m_text[m_at] == '"';
            if (quoted) {
                MLPATH_CHECK(read_quoted(cells.back()));
            } else {
                read_plain(cells.back());
            }
            if (at_end()) {
                return {};
            }
            const char c = m_text[m_at++];
            if (c == '\n') {
                ++m_line;
                return {};
            }
            if (c == '\r') {  // the readers stop at '\r' only before '\n', or at the end
                ++m_at;
                ++m_line;
                return {};
            }
        }
    }

private:
    // A '\r' that is the last of the file ends its line too: the '\n' that belongs to it was cut off.
    [[nodiscard]] bool ends_line(std::size_t at) const {
        return m_text[at] == '\n' || (m_text[at] == '\r' && (at + 1 == m_text.size() || m_text[at + 1] == '\n'));
    }

    void read_plain(std::string& cell) {
        const auto start = m_at;
        while (!at_end() && m_text[m_at] != m_dialect.separator && !ends_line(m_at)) {
            ++m_at;
        }
        cell = m_text.substr(start, m_at - start);
    }

    Status read_quoted(std::string& cell) {
        const auto start_line = m_line;
        ++m_at;
        while (true) {
            const auto end = m_text.find('"', m_at);
            const auto piece = m_text.substr(m_at, end - m_at);
            m_line += static_cast<std::size_t>(std::ranges::count(piece, '\n'));
            cell += piece;
            if (end == std::string_view::npos) {
                return mlpath::fail(bad_table(m_file_name, start_line, "a quote is opened and never closed",
                                              "close it, or double a quote that belongs to the text: \"\""));
            }
            m_at = end + 1;
            if (!at_end() && m_text[m_at] == '"') {
                cell += '"';
                ++m_at;
                continue;
            }
            if (at_end() || m_text[m_at] == m_dialect.separator || ends_line(m_at)) {
                return {};
            }
            return mlpath::fail(bad_table(m_file_name, m_line, "text follows a closing quote",
                                          "double a quote that belongs to the text: \"\""));
        }
    }

    std::string_view m_text;
    const Dialect& m_dialect;
    std::string_view m_file_name;
    std::size_t m_at = 0;
    std::size_t m_line = 1;
    std::size_t m_record_line = 1;
    bool m_blank = false;
};

// A header of one column that holds another usual separator was written in another dialect.
Status refuse_other_separator(std::string_view text, char separator, std::string_view file_name) {
    const auto rows = lines(text.substr(0, std::min<std::size_t>(text.size(), 64 * 1024)));
    const auto header = rows.front();
    if (header.find(separator) != std::string_view::npos || header.starts_with('"')) {
        return {};
    }
    for (const char other : {';', '\t', ','}) {
        if (header.find(other) == std::string_view::npos) {
            continue;
        }
        std::string message =
            "the columns are separated by " + separator_name(other) + ", not by " + separator_name(separator);
        if (other == ';') {
            const auto has_decimal_comma = [](std::string_view row) {
                for (std::size_t i = 1; i + 1 < row.size(); ++i) {
                    const auto digit = [&](std::size_t at) { return row[at] >= '0' && row[at] <= '9'; };
                    if (row[i] == ',' && digit(i - 1) && digit(i + 1)) {
                        return true;
                    }
                }
                return false;
            };
            if (std::any_of(rows.begin() + 1, rows.end(), has_decimal_comma)) {
                message += ", and numbers have a decimal comma";
            }
            message += ", as a European Excel writes";
        }
        return mlpath::fail(bad_table(file_name, 1, message,
                                      "write the file with " + separator_name(separator) +
                                          (separator == ',' ? " and decimal points (pandas: to_csv)" : "")));
    }
    return {};
}

Status refuse_duplicates(const std::vector<std::string>& columns, std::string_view file_name) {
    std::set<std::string_view> seen;
    for (const auto& column : columns) {
        if (!seen.insert(column).second) {
            return mlpath::fail(bad_table(file_name, 1, "two columns are named `" + printable(column) + "`",
                                          "give every column a name of its own"));
        }
    }
    return {};
}

}  // namespace

std::optional<std::size_t> Table::column(std::string_view name) const {
    const auto found = std::ranges::find(columns, name);
    if (found == columns.end()) {
        return std::nullopt;
    }
    return static_cast<std::size_t>(found - columns.begin());
}

Result<Table> parse_table(std::string_view text, const Dialect& dialect, std::string_view file_name) {
    MLPATH_TRY(text, plain_utf8(text, file_name));
    Table table;
    if (const auto mark = separator_mark(text); !mark.empty()) {
        return mlpath::fail(bad_table(
            file_name, 1,
            "the first line is Excel's mark of the separator, `" + printable(trim(mark)) + "`, not column names",
            "take the line out, or write the file from your program (pandas: to_csv)"));
    }
    if (dialect.header) {
        MLPATH_CHECK(refuse_other_separator(text, dialect.separator, file_name));
    }
    Records records(text, dialect, file_name);
    std::vector<std::string> cells;
    if (dialect.header) {
        MLPATH_CHECK(records.read(table.columns));
        MLPATH_CHECK(refuse_duplicates(table.columns, file_name));
    }
    // In a table of one column a blank line is a missing cell, or every row behind it would belong to another; at the
    // end of the file, and in wider tables, it is nothing.
    std::size_t blank_lines = 0;
    while (!records.at_end()) {
        MLPATH_CHECK(records.read(cells));
        if (table.columns.empty() && !records.blank()) {
            for (std::size_t i = 0; i < cells.size(); ++i) {
                table.columns.push_back("c" + std::to_string(i));
            }
        }
        if (records.blank()) {
            ++blank_lines;
            continue;
        }
        if (table.columns.size() == 1) {
            table.rows.resize(table.rows.size() + blank_lines, {std::string()});
        }
        blank_lines = 0;
        if (cells.size() != table.columns.size()) {
            const bool more = cells.size() > table.columns.size();
            return mlpath::fail(bad_table(
                file_name, records.line(),
                count_of(cells.size(), "cell") + " where the " + (dialect.header ? "header" : "first row") + " has " +
                    std::to_string(table.columns.size()),
                more ? std::string("a cell that holds ") + (dialect.separator == ',' ? "a comma" : "the separator") +
                           " must be in double quotes"
                     : std::string("a row must have as many cells as there are columns; leave a missing one empty")));
        }
        table.rows.push_back(std::move(cells));
    }
    return table;
}

Result<Table> read_table(const std::filesystem::path& path, std::optional<Dialect> dialect, std::size_t max_bytes) {
    MLPATH_TRY(auto bytes, read_file(path, max_bytes));
    if (is_gzip(bytes)) {
        MLPATH_TRY(bytes, gunzip(bytes, max_bytes, path.string()));
    } else if (path.extension() == ".gz") {
        return mlpath::fail(bad_table(path.string(), 0, "the name says gzip and the content is not",
                                      "compress it with gzip, or drop `.gz` from its name"));
    }
    if (!dialect) {
        dialect.emplace();
        dialect->separator = separator_of(path);
    }
    return parse_table(bytes, *dialect, path.string());
}

std::string write_table(const Table& table) {
    std::string text;
    // A first cell that begins as no table may, and a header that could be one of another dialect.
    const auto misleads = [](const std::vector<std::string>& header) {
        const auto beginning = plain_beginning(header.front(), {});
        return !header.front().empty() &&
               (!beginning || to_lower_ascii(header.front()).starts_with("sep=") ||
                beginning->size() != header.front().size() ||
                (header.size() == 1 && header.front().find_first_of(";\t") != std::string::npos));
    };
    const auto write_row = [&](const std::vector<std::string>& cells) {
        const bool first = text.empty();
        for (std::size_t i = 0; i < cells.size(); ++i) {
            if (i > 0) {
                text += ',';
            }
            // An empty cell alone on its line would read as no row at all.
            const bool lone_empty = cells.size() == 1 && cells[i].empty();
            if (lone_empty || (first && i == 0 && misleads(cells)) ||
                cells[i].find_first_of(",\"\r\n") != std::string::npos) {
                text += '"' + replace_all(cells[i], "\"", "\"\"") + '"';
            } else {
                text += cells[i];
            }
        }
        text += '\n';
    };
    write_row(table.columns);
    std::ranges::for_each(table.rows, write_row);
    return text;
}

Cell parse_cell(std::string_view text) {
    // What pandas reads as missing (and its newer versions: None).
    constexpr std::array<std::string_view, 9> missing{"", "nan", "na", "n/a", "null", "none", "<na>", "-nan", "#n/a"};
    constexpr std::size_t longest_missing = 4;
    text = trim(text);
    if (text.size() <= longest_missing && std::ranges::find(missing, to_lower_ascii(text)) != missing.end()) {
        return {CellKind::missing, 0};
    }
    if (text.starts_with('+') && text.size() > 1 && text[1] != '-' && text[1] != '+') {
        text.remove_prefix(1);
    }
    double number = 0;
    const auto [end, error] = fast_float::from_chars(text.data(), text.data() + text.size(), number);
    if (end != text.data() + text.size() || error == std::errc::invalid_argument || number != number) {
        return {CellKind::text, 0};
    }
    return {CellKind::number, number};
}

}  // namespace mlpath::table
