// `score` reads columns of tables of any size with a parser of its own: it must see what the plain one sees.
#include "base/text.hpp"
#include "fuzz/support.hpp"
#include "metrics/column_reader.hpp"
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
        {.header = metrics::Header::present, .threads = 1});
}

}  // namespace

FUZZ(input) {
    const auto path = fuzz::put("truth.csv", input);
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
    // In columns that are not asked for nobody looks at the text.
    fuzz::insist(table || !is_utf8(input) || table::is_gzip(input), "what `score` takes the plain reader takes");
    if (!table) {
        return;
    }
    fuzz::insist(columns->rows == table->rows.size(), "both readers find the same rows");
    for (std::size_t row = 0; row < columns->rows; ++row) {
        fuzz::insist(columns->data[0].texts[row] == trim(table->rows[row][column]), "both readers find the same cells");
    }
}
