#include "metrics/header.hpp"

#include <algorithm>
#include <charconv>
#include <optional>

#include "base/text.hpp"
#include "table/table.hpp"

namespace mlpath::metrics {

namespace {

constexpr unsigned first_year = 1900;
constexpr unsigned last_year = 2100;

using Cells = std::span<const std::string>;
using Rows = std::span<const std::vector<std::string>>;

bool is_year(unsigned value) { return value >= first_year && value <= last_year; }

// A whole number as a program writes it: no sign, no point, no zero in front.
std::optional<unsigned> whole(std::string_view cell) {
    constexpr std::size_t most_digits = 9;
    cell = trim(cell);
    unsigned value = 0;
    const auto [end, error] = std::from_chars(cell.data(), cell.data() + cell.size(), value);
    if (cell.empty() || cell.size() > most_digits || error != std::errc() || end != cell.data() + cell.size() ||
        (cell.size() > 1 && cell.front() == '0')) {
        return std::nullopt;
    }
    return value;
}

// `c0`, as columns without names are called.
bool is_number_of_column(std::string_view name) {
    return name.size() > 1 && name.front() == 'c' && whole(name.substr(1)).has_value();
}

// What the rows below hold in one column.
struct Kinds {
    std::size_t texts = 0;
    std::size_t decimals = 0;
    std::size_t wholes = 0;
    std::size_t missing = 0;
    [[nodiscard]] bool only_texts() const { return texts > 0 && decimals + wholes == 0; }
    [[nodiscard]] bool only_decimals() const { return decimals > 0 && texts + wholes == 0; }
};

Kinds kinds_of(Rows rows, std::size_t column) {
    Kinds kinds;
    for (const auto& row : rows) {
        switch (table::parse_cell(row[column]).kind) {
            case table::CellKind::text: ++kinds.texts; break;
            case table::CellKind::missing: ++kinds.missing; break;
            case table::CellKind::number:
                ++(row[column].find_first_of(".eE") == std::string::npos ? kinds.wholes : kinds.decimals);
                break;
        }
    }
    return kinds;
}

FirstLine one_column(unsigned name, const Kinds& kinds, Rows below) {
    if (name == 0) {  // what pandas calls the one column of a frame or series that has no name
        return kinds.only_decimals() ? FirstLine::names : FirstLine::doubtful;
    }
    const bool years_below = std::ranges::any_of(below, [](const auto& row) {
        const auto value = whole(row.front());
        return value && is_year(*value);
    });
    return is_year(name) && !years_below && !below.empty() ? FirstLine::doubtful : FirstLine::row;
}

FirstLine several_columns(const std::vector<unsigned>& names, const std::vector<Kinds>& kinds, Rows below) {
    constexpr std::size_t plenty = 4;  // 0,1,2,3 is no row that anybody has
    const bool all_years = std::ranges::all_of(names, is_year);
    const bool years_below = std::ranges::any_of(below, [](const auto& row) {
        return std::ranges::all_of(row, [](const std::string& cell) { return is_year(whole(cell).value_or(0)); });
    });
    if (all_years && !years_below) {
        return FirstLine::names;
    }
    bool consecutive = true;
    for (std::size_t i = 0; i < names.size(); ++i) {
        consecutive = consecutive && names[i] == names.front() + i;
    }
    // The first column goes on counting where the first line began: then it may be an index of rows.
    bool counts_on = !below.empty();
    for (std::size_t i = 0; i < below.size(); ++i) {
        counts_on = counts_on && whole(below[i].front()) == names.front() + i + 1;
    }
    const bool some_decimals = std::ranges::any_of(kinds, &Kinds::only_decimals);
    const bool all_decimals = std::ranges::all_of(kinds, &Kinds::only_decimals);
    if (consecutive && names.front() == 0) {
        return names.size() >= plenty || (some_decimals && !counts_on) ? FirstLine::names : FirstLine::doubtful;
    }
    if (consecutive && names.size() > 2) {
        return counts_on ? FirstLine::row : (all_decimals ? FirstLine::names : FirstLine::doubtful);
    }
    return all_decimals ? FirstLine::doubtful : FirstLine::row;
}

}  // namespace

FirstLine read_first_line(Cells first, Rows below, std::span<const std::string> named) {
    const auto is_named = [&](const std::string& cell) {
        return !trim(cell).empty() && std::ranges::find(named, trim(cell)) != named.end();
    };
    const auto is_number = [](const std::string& cell) {
        return table::parse_cell(cell).kind != table::CellKind::text;
    };
    if (!std::ranges::all_of(first, is_number) || std::ranges::any_of(first, is_named)) {
        return FirstLine::names;
    }
    // The names of a frame that was written with its index begin with none.
    const bool unnamed = first.size() > 1 && trim(first.front()).empty();
    std::vector<unsigned> names;
    for (const auto& cell : first.subspan(unnamed ? 1 : 0)) {
        const auto value = whole(cell);
        if (value && std::ranges::find(names, *value) == names.end()) {
            names.push_back(*value);
        }
    }
    const bool could_be_names = names.size() + (unnamed ? 1 : 0) == first.size();
    if (unnamed && could_be_names && kinds_of(below, 0).missing == 0) {
        return FirstLine::names;
    }
    if (std::ranges::any_of(named, is_number_of_column)) {
        return FirstLine::row;
    }
    if (unnamed || !could_be_names) {
        return unnamed ? FirstLine::doubtful : FirstLine::row;
    }
    std::vector<Kinds> kinds;
    for (std::size_t column = 0; column < first.size(); ++column) {
        kinds.push_back(kinds_of(below, column));
    }
    if (std::ranges::any_of(kinds, &Kinds::only_texts)) {
        return FirstLine::names;
    }
    return names.size() == 1 ? one_column(names.front(), kinds.front(), below) : several_columns(names, kinds, below);
}

}  // namespace mlpath::metrics
