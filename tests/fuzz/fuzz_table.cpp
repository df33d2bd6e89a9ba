// A table as text: the learner's data, answers and bundled files.
#include "fuzz/support.hpp"
#include "table/table.hpp"

using namespace mlpath;

namespace {

void insist_on_table(const table::Table& table, std::string_view text) {
    std::size_t cells = 0;
    for (const auto& row : table.rows) {
        fuzz::insist(row.size() == table.columns.size(), "every row has a cell for each column");
        cells += row.size();
        for (const auto& cell : row) {
            const auto read = table::parse_cell(cell);
            fuzz::insist(read.number == read.number, "a number is no NaN");
        }
    }
    fuzz::insist(cells <= text.size() + table.columns.size(), "the size is bounded");
    if (text.find('\0') != std::string_view::npos) {
        return;  // what is written may have so many of them that it is taken for UTF-16
    }
    const auto again = table::parse_table(table::write_table(table));
    fuzz::insist(again && again->columns == table.columns && again->rows == table.rows,
                 "what is written is read as it was");
}

}  // namespace

FUZZ(input) {
    for (const auto& dialect : {table::Dialect{}, table::Dialect{.separator = '\t'},
                                table::Dialect{.separator = ';', .quotes = false, .header = false}}) {
        const auto table = table::parse_table(input, dialect, "data.csv");
        if (table) {
            insist_on_table(*table, input);
        } else {
            fuzz::insist_on(table.error());
            fuzz::insist(table.error().place.file == "data.csv", "an error names the file");
        }
    }
}
