// `score` reads columns of tables of any size with a parser of its own: it must see what the plain one sees.
#include "base/text.hpp"
#include "fuzz/support.hpp"
#include "metrics/column_reader.hpp"
#include "table/delimiter.hpp"
#include "table/gzip.hpp"
#include "table/table.hpp"

using namespace mlpath;

namespace {

// The last column, as text.
Result<metrics::Columns> read(const fs::path& path, std::size_t& column) {
    return metrics::read_columns(
        path,
        [&](const std::vector<std::string>& names) -> Result<std::vector<metrics::Wanted>> {
            column = names.size() - 1;
            return std::vector{metrics::Wanted{.column = column, .texts = true, .what = "the truth"}};
        },
        {.header = metrics::Header::present, .threads = 1, .separator = ','});
}

// As people give it, with nothing said: it reads or refuses, and what it reads has rows of one length.
void read_unasked(const fs::path& path) {
    const auto columns =
        metrics::read_columns(path,
                              [](const std::vector<std::string>& names) -> Result<std::vector<metrics::Wanted>> {
                                  std::vector<metrics::Wanted> wanted;
                                  for (std::size_t i = 0; i < names.size(); ++i) {
                                      wanted.push_back({.column = i, .labels = true, .texts = true, .what = "a cell"});
                                  }
                                  return wanted;
                              },
                              {.threads = 1});
    if (!columns) {
        fuzz::insist_on(columns.error());
        return;
    }
    for (const auto& column : columns->data) {
        fuzz::insist(column.texts.size() == columns->rows && column.codes.size() == columns->rows,
                     "every column has all rows");
    }
    auto with_first = *columns;
    if (!with_first.doubtful_header.empty() || !with_first.doubtful_number.empty()) {
        metrics::take_header_as_row(with_first);
        fuzz::insist(with_first.rows == columns->rows + 1 && with_first.data[0].texts.size() == with_first.rows,
                     "a first line that is a row is one row more");
    }
}

}  // namespace

FUZZ(input) {
    const auto path = fuzz::put("truth.csv", input);
    read_unasked(path);
    std::size_t column = 0;
    const auto columns = read(path, column);
    const auto table = table::read_table(path, {}, 1u << 20);
    if (!columns) {
        fuzz::insist_on(columns.error());
        fuzz::insist(columns.error().place.file == path.string(), "an error names the file");
    }
    if (!columns || (table && table->columns.size() < 2)) {
        return;
    }
    // In columns that are not asked for nobody looks at the text; Excel's mark is read by `score` alone.
    const auto found = table::find_separation(input, "truth.csv", ',');
    fuzz::insist(table || !is_utf8(input) || table::is_gzip(input) || (found && found->skipped > 0),
                 "what `score` takes the plain reader takes");
    if (!table) {
        return;
    }
    fuzz::insist(columns->rows == table->rows.size(), "both readers find the same rows");
    for (std::size_t row = 0; row < columns->rows; ++row) {
        fuzz::insist(columns->data[0].texts[row] == trim(table->rows[row][column]), "both readers find the same cells");
    }
}
