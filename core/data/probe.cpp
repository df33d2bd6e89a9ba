#include "data/probe.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>

#include "base/hash.hpp"
#include "base/text.hpp"

namespace mlpath::data {

namespace {

// The numbers 0 … size-1 in an order that the seed decides (by hash, so that it is the same with every standard
// library).
std::vector<std::size_t> shuffled(std::size_t size, std::uint64_t seed) {
    std::vector<std::pair<std::uint64_t, std::size_t>> places;
    for (std::size_t i = 0; i < size; ++i) {
        places.emplace_back(hash64({reinterpret_cast<const char*>(&i), sizeof i}, seed), i);
    }
    std::ranges::sort(places);
    std::vector<std::size_t> order;
    for (const auto& [place, i] : places) {
        order.push_back(i);
    }
    return order;
}

void shuffle_column(table::Table& table, std::size_t column, std::uint64_t seed) {
    const auto order = shuffled(table.rows.size(), seed);
    std::vector<std::string> cells;
    for (const auto row : order) {
        cells.push_back(table.rows[row][column]);
    }
    for (std::size_t row = 0; row < cells.size(); ++row) {
        table.rows[row][column] = std::move(cells[row]);
    }
}

struct ColumnShape {
    bool numeric = false;
    bool whole = true;
    bool has_missing = false;
    bool empty = true;      // not one value
    bool closed = false;    // a word never seen would change the type: truth values, dates
    std::string example{};  // a word that is there
    double low = 0;
    double high = 0;
};

bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }
bool is_digit(char c) { return c >= '0' && c <= '9'; }

// What pandas reads as a boolean.
bool is_truth_value(std::string_view text) {
    const auto word = to_lower_ascii(trim(text));
    return word == "true" || word == "false";
}

// 2026-11-20, 20/11/2026, 20.11.2026, each with or without a time.
bool is_date(std::string_view text) {
    const auto marks = std::ranges::count_if(text, [](char c) { return c == '-' || c == '/' || c == '.'; });
    return text.size() >= 6 && is_digit(text.front()) && marks >= 2 &&
           std::ranges::count_if(text, is_letter) <= 2;  // the T and Z of a time
}

// Of all rows that the learner has: an odd row must keep the kind of every column, so that an honest reader sees the
// same types.
ColumnShape shape_of(const Division& division, const std::string& name) {
    ColumnShape shape;
    std::size_t numbers = 0;
    std::size_t texts = 0;
    std::size_t closed = 0;
    std::vector<std::string_view> cells;
    for (const auto* table : {&division.train, &division.test}) {
        if (const auto column = table->column(name)) {
            for (const auto& row : table->rows) {
                cells.emplace_back(row[*column]);
            }
        }
    }
    for (const auto text : cells) {
        const auto cell = table::parse_cell(text);
        if (cell.kind == table::CellKind::number) {
            shape.low = numbers == 0 ? cell.number : std::min(shape.low, cell.number);
            shape.high = numbers == 0 ? cell.number : std::max(shape.high, cell.number);
            shape.whole = shape.whole && cell.number == std::floor(cell.number);
            ++numbers;
        } else if (cell.kind == table::CellKind::missing) {
            shape.has_missing = true;
        } else {
            ++texts;
            closed += is_truth_value(text) || is_date(text) ? 1 : 0;
            shape.example = shape.example.empty() ? std::string(text) : shape.example;
        }
    }
    shape.numeric = numbers > 0 && texts == 0;
    shape.empty = numbers + texts == 0;
    shape.closed = texts > 0 && numbers == 0 && closed == texts;
    return shape;
}

std::string strange_cell(const ColumnShape& shape, std::size_t which) {
    if (shape.empty || (which == 2 && shape.has_missing)) {
        return {};
    }
    if (shape.closed) {
        return shape.example;
    }
    if (!shape.numeric) {
        return which == 0 ? "Zzyzx" : "never seen " + std::to_string(which);
    }
    const double span = std::max(shape.high - shape.low, 1.0);
    const double value = which == 1 && shape.low < 0 ? shape.low - 1000 * span
                                                     : shape.high + 1000 * span * static_cast<double>(which + 1);
    return shape.whole && std::abs(value) < 1e15 ? std::to_string(static_cast<long long>(value))
                                                 : std::to_string(value);
}

std::size_t highest_id(const Division& division) { return division.train.rows.size() + division.test.rows.size(); }

// A word or number replaced by another of the same length and case.
std::string renamed_token(std::string_view token, std::uint64_t seed) {
    std::string name;
    auto state = hash64(token, seed);
    for (const char c : token) {
        state = hash64({reinterpret_cast<const char*>(&state), sizeof state}, seed);
        const char first = is_digit(c) ? '0' : (c >= 'a' ? 'a' : 'A');
        name += static_cast<char>(first + static_cast<char>(state % (is_digit(c) ? 10 : 26)));
    }
    return name;
}

std::string renamed_cell(const std::string& cell, std::uint64_t seed) {
    std::string renamed;
    for (std::size_t at = 0; at < cell.size();) {
        const auto kind = is_letter(cell[at]) ? is_letter : is_digit;
        std::size_t end = at;
        while (end < cell.size() && kind(cell[end])) {
            ++end;
        }
        if (end == at) {
            renamed += cell[at++];
            continue;
        }
        const std::string_view token(cell.data() + at, end - at);
        const bool title = is_letter(cell[at]) && end < cell.size() && cell[end] == '.';
        renamed += title ? std::string(token) : renamed_token(token, seed);
        at = end;
    }
    return renamed;
}

}  // namespace

Division with_strange_rows(const Division& division, std::uint64_t seed) {
    constexpr std::size_t strangers = 3;
    Division altered = division;
    auto& rows = altered.test.rows;
    const auto next_id = highest_id(division) + 1 + seed % 1000;
    const std::size_t middle = rows.size() / 2;
    std::vector<ColumnShape> shapes;
    for (const auto& column : division.test.columns) {
        shapes.push_back(shape_of(division, column));
    }
    for (std::size_t which = 0; which < strangers; ++which) {
        std::vector<std::string> cells{std::to_string(next_id + which)};
        for (std::size_t column = 1; column < altered.test.columns.size(); ++column) {
            cells.push_back(strange_cell(shapes[column], which));
        }
        const auto at =
            which == 0 ? rows.begin() : (which == 1 ? rows.begin() + static_cast<std::ptrdiff_t>(middle) : rows.end());
        rows.insert(at, std::move(cells));
    }
    return altered;
}

Division with_permuted_labels(const Division& division, std::uint64_t seed) {
    Division altered = division;
    if (const auto target = altered.train.column(altered.target)) {
        shuffle_column(altered.train, *target, seed);
    }
    return altered;
}

Division with_renamed(const Division& division, const std::vector<std::string>& columns, std::uint64_t seed) {
    Division altered = division;
    const auto count = highest_id(division);
    const auto order = shuffled(count, seed);
    for (auto* table : {&altered.train, &altered.test}) {
        for (auto& row : table->rows) {
            row[0] = std::to_string(order[std::stoul(row[0]) - 1] + count + 1);
        }
        for (const auto& name : columns) {
            if (const auto column = table->column(name)) {
                for (auto& row : table->rows) {
                    row[*column] = renamed_cell(row[*column], seed);
                }
            }
        }
    }
    return altered;
}

Division with_shuffled_columns(const Division& division, const std::vector<std::string>& columns, std::uint64_t seed) {
    Division altered = division;
    for (const auto& name : columns) {
        if (const auto column = altered.test.column(name)) {
            shuffle_column(altered.test, *column, seed);
        }
    }
    return altered;
}

Division with_reordered_test(const Division& division, std::uint64_t seed) {
    Division altered = division;
    const auto order = shuffled(division.test.rows.size(), seed);
    for (std::size_t i = 0; i < order.size(); ++i) {
        altered.test.rows[i] = division.test.rows[order[i]];
        altered.truth[i] = division.truth[order[i]];
    }
    return altered;
}

}  // namespace mlpath::data
