#include "metrics/row_parser.hpp"

#include <fast_float/fast_float.h>

#include <algorithm>
#include <cmath>

#include "base/text.hpp"
#include "table/encoding.hpp"
#include "table/table.hpp"

namespace mlpath::metrics {

RowParser::RowParser(std::span<const Wanted> wanted, std::size_t columns, char separator)
    : m_wanted(wanted), m_actions(columns), m_separator(separator), m_decimal_commas(separator == ';') {
    for (std::size_t i = 0; i < wanted.size(); ++i) {
        auto& action = m_actions[wanted[i].column];
        action.target = i;
        action.use =
            (wanted[i].labels ? labels : 0U) | (wanted[i].numbers ? numbers : 0U) | (wanted[i].texts ? texts : 0U);
    }
}

void RowParser::note(std::string message, std::string hint) {
    m_fault = ParseFault{m_line, std::move(message), std::move(hint)};
}

std::string_view RowParser::with_point(std::string_view cell) {
    const auto comma = cell.find(',');
    if (comma == std::string_view::npos) {
        m_decimals.points = m_decimals.points || (cell.find('.') != std::string_view::npos &&
                                                  table::parse_cell(cell).kind == table::CellKind::number);
        return cell;
    }
    m_pointed = cell;
    m_pointed[comma] = '.';
    // A point beside the comma is one of thousands: "1.234,5".
    if (cell.find('.') != std::string_view::npos || table::parse_cell(m_pointed).kind != table::CellKind::number) {
        return cell;
    }
    m_decimals.commas = true;
    return m_pointed;
}

namespace {

// Why a cell that looks like a number is none.
std::string why_no_number(std::string_view cell) {
    const auto digit = [&](std::size_t at) { return at < cell.size() && cell[at] >= '0' && cell[at] <= '9'; };
    cell = trim(cell);
    if (cell.ends_with('%') && digit(0)) {
        return "write shares as numbers: 0.25 for 25%";
    }
    if (!std::ranges::all_of(cell, [](char c) { return std::string_view("0123456789,.' _eE+-").find(c) < 16; })) {
        return {};
    }
    const auto mark = cell.find_first_of(",' _");
    if (mark == std::string_view::npos || mark == 0 || !digit(mark - 1) || !digit(mark + 1)) {
        return {};
    }
    if (cell[mark] == ',' && cell.find_first_of(",.", mark + 1) == std::string_view::npos) {
        const bool three = digit(mark + 1) && digit(mark + 2) && digit(mark + 3) && mark + 4 == cell.size();
        return three
                   ? "write numbers without thousands separators and with a decimal point"
                   : "write numbers with a decimal point; decimal commas are read where semicolons separate the cells";
    }
    return cell[mark] == ' '
               ? "write numbers without thousands separators; if blanks separate columns: --delimiter space"
               : "write numbers without thousands separators";
}

}  // namespace

bool RowParser::take(const Action& action, std::string_view cell, Parsed& parsed) {
    auto& data = parsed.data[action.target];
    if (m_decimal_commas && (action.use & (labels | numbers)) != 0) {
        cell = with_point(cell);
    }
    if ((action.use & labels) != 0) {
        const Code code = m_classes.code(cell);
        if (code == no_class) {
            note(m_wanted[action.target].what + " is missing", "every row needs one");
            return false;
        }
        data.codes.push_back(code);
    }
    if ((action.use & numbers) != 0) {
        const auto read = table::parse_cell(cell);
        const auto& what = m_wanted[action.target].what;
        if (read.kind == table::CellKind::text) {
            note(what + " `" + printable(cell.substr(0, 100)) + "` is not a number", why_no_number(cell));
            return false;
        }
        if (read.kind == table::CellKind::missing || !std::isfinite(read.number)) {
            note(what + (read.kind == table::CellKind::missing ? " is missing" : " is infinite"),
                 "every row needs one");
            return false;
        }
        data.numbers.push_back(read.number);
    }
    if ((action.use & texts) != 0) {
        data.texts.push_back(trim(cell));
    }
    return true;
}

// The usual case of a column that is only numbers: parsed where it stands. Returns the end of the cell, or null where
// the cell must be looked at with care.
const char* RowParser::take_number(const Action& action, const char* at, const char* end, Parsed& parsed) {
    if (m_decimal_commas) {
        return nullptr;
    }
    double number = 0;
    auto [stop, error] = fast_float::from_chars(at, end, number);
    if (error == std::errc() && stop != end && *stop == '\r' && stop + 1 != end && stop[1] == '\n') {
        ++stop;
    }
    if (error != std::errc() || stop == end || (*stop != m_separator && *stop != '\n') || !std::isfinite(number)) {
        return nullptr;
    }
    parsed.data[action.target].numbers.push_back(number);
    return stop;
}

// Behind the quoted cell that begins at `at`; null after a fault.
const char* RowParser::read_quoted(const char* at, const char* end, std::string_view& cell) {
    m_unquoted.clear();
    for (++at;;) {
        const char* quote = std::find(at, end, '"');
        m_unquoted.append(at, quote);
        if (quote == end) {
            note("a quote is opened and never closed", "close it, or double a quote that belongs to the text: \"\"");
            return nullptr;
        }
        at = quote + 1;
        if (at == end || *at != '"') {
            break;
        }
        m_unquoted += '"';
        ++at;
    }
    if (end - at >= 2 && at[0] == '\r' && at[1] == '\n') {
        ++at;
    }
    if (at == end || (*at != m_separator && *at != '\n')) {
        note("text follows a closing quote", "double a quote that belongs to the text: \"\"");
        return nullptr;
    }
    cell = m_unquoted;
    return at;
}

std::optional<ParseFault> RowParser::parse(std::string_view rows, Parsed& parsed) {
    parsed.data.resize(m_wanted.size());
    const std::size_t columns = m_actions.size();
    const char separator = m_separator;
    const char* at = rows.data();
    const char* const end = at + rows.size();
    for (std::size_t i = 0; i < m_wanted.size(); ++i) {
        parsed.data[i].codes.reserve(m_wanted[i].labels ? m_expected_rows : 0);
        parsed.data[i].numbers.reserve(m_wanted[i].numbers ? m_expected_rows : 0);
    }
    m_fault.reset();
    m_line = 0;
    if (const auto zero = rows.find('\0'); zero != std::string_view::npos) {
        const auto fault = table::zero_byte({}, 0);
        m_line = static_cast<std::size_t>(std::ranges::count(rows.substr(0, zero), '\n'));
        note(fault.message, fault.hint);
        return m_fault;
    }
    while (at < end) {
        if (*at == '\n' || (*at == '\r' && at[1] == '\n')) {
            at += *at == '\n' ? 1 : 2;
            if (!parsed.first_blank) {
                parsed.first_blank = m_line;
            }
            ++m_line;
            continue;
        }
        std::size_t lines_in_cells = 0;
        for (std::size_t column = 0; column < columns; ++column) {
            const Action action = m_actions[column];
            const char* stop = action.use == numbers ? take_number(action, at, end, parsed) : nullptr;
            if (stop == nullptr) {
                std::string_view cell;
                if (*at == '"') {
                    stop = read_quoted(at, end, cell);
                    if (stop == nullptr) {
                        return m_fault;
                    }
                    lines_in_cells += static_cast<std::size_t>(std::count(at, stop, '\n'));
                } else {
                    stop = at;
                    while (*stop != separator && *stop != '\n') {
                        ++stop;
                    }
                    const bool carriage = *stop == '\n' && stop != at && stop[-1] == '\r';
                    cell = {at, static_cast<std::size_t>(stop - at) - (carriage ? 1 : 0)};
                }
                if (action.use != skipped && !take(action, cell, parsed)) {
                    return m_fault;
                }
            }
            if ((*stop == '\n') != (column + 1 == columns)) {
                const char* row_end = std::find(stop, end, '\n');
                const auto found = column + 1 + static_cast<std::size_t>(std::count(stop, row_end, separator));
                note(count_of(found, "cell") + " where the first row has " + std::to_string(columns),
                     found > columns ? "a cell that holds the separator must be in double quotes"
                                     : "leave a missing cell empty");
                return m_fault;
            }
            at = stop + 1;
        }
        parsed.last_row = m_line;
        m_line += 1 + lines_in_cells;
        ++parsed.rows;
    }
    parsed.lines = m_line;
    m_expected_rows = parsed.rows + parsed.rows / 64;  // blocks are alike; growing would copy and waste
    return std::nullopt;
}

}  // namespace mlpath::metrics
