// Parses the rows of one block into columns: the inner loop of column_reader.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "metrics/column_reader.hpp"

namespace mlpath::metrics {

// What one block holds. Lines count from 0 within it.
struct Parsed {
    std::size_t rows = 0;
    std::size_t lines = 0;
    std::vector<ColumnData> data{};
    std::optional<std::size_t> first_blank{};  // line of the first blank line
    std::optional<std::size_t> last_row{};     // line of the last row that is not blank
};

struct ParseFault {
    std::size_t line = 0;
    std::string message{};
    std::string hint{};
};

// One for each thread: it keeps the table of the labels that it has met.
class RowParser {
public:
    RowParser(std::span<const Wanted> wanted, std::size_t columns, char separator);
    // `rows` are whole rows, each with its line end.
    [[nodiscard]] std::optional<ParseFault> parse(std::string_view rows, Parsed& parsed);
    [[nodiscard]] const ClassTable& classes() const { return m_classes; }
    // Whether numbers with a decimal comma were read, and numbers with a point; commas only between semicolons.
    struct Decimals {
        bool commas = false;
        bool points = false;
    };
    [[nodiscard]] Decimals decimals() const { return m_decimals; }

private:
    enum Use : unsigned { skipped = 0, labels = 1, numbers = 2, texts = 4 };
    struct Action {
        unsigned use = skipped;
        std::size_t target = 0;  // index into wanted
    };
    // What is done with a cell; false after a fault was noted.
    bool take(const Action& action, std::string_view cell, Parsed& parsed);
    const char* take_number(const Action& action, const char* at, const char* end, Parsed& parsed);
    const char* read_quoted(const char* at, const char* end, std::string_view& cell);
    // With a decimal point where it is a number with a decimal comma, if those are read here; else as it is.
    std::string_view with_point(std::string_view cell);
    void note(std::string message, std::string hint = {});

    std::span<const Wanted> m_wanted;
    std::vector<Action> m_actions;  // by column
    char m_separator;
    ClassTable m_classes;
    std::string m_unquoted;
    std::string m_pointed;
    bool m_decimal_commas = false;  // are read
    Decimals m_decimals;
    std::size_t m_line = 0;
    std::size_t m_expected_rows = 0;  // of a block, going by the one before
    std::optional<ParseFault> m_fault;
};

}  // namespace mlpath::metrics
