// Reads chosen columns of a table of any size, compactly: labels as codes, numbers as doubles, keys as text. The file
// is never in memory as a whole, nor as cells.
#pragma once

#include <cstddef>
#include <filesystem>
#include <functional>
#include <stop_token>
#include <string>
#include <string_view>
#include <vector>

#include "base/error.hpp"
#include "metrics/labels.hpp"

namespace mlpath::metrics {

enum class Header {
    detect,   // the first line is a row if all of its cells are numbers, or, in a table of one column, if it occurs
              // again
    present,  // the first line names the columns
    absent,   // columns are named c0, c1, …
};

// What is read of a column; several at once are possible.
struct Wanted {
    std::size_t column = 0;  // counts from 0
    bool labels = false;
    bool numbers = false;
    bool texts = false;
    std::string what{};  // for errors: "the truth"
};

// Cells as text, one behind the other.
class Texts {
public:
    void push_back(std::string_view text) {
        m_bytes += text;
        m_ends.push_back(m_bytes.size());
    }
    void append(const Texts& other);
    [[nodiscard]] std::size_t size() const { return m_ends.size(); }
    [[nodiscard]] std::string_view operator[](std::size_t i) const {
        const std::size_t start = i == 0 ? 0 : m_ends[i - 1];
        return std::string_view(m_bytes).substr(start, m_ends[i] - start);
    }

private:
    std::string m_bytes;
    std::vector<std::size_t> m_ends;
};

struct ColumnData {
    Codes codes{};
    std::vector<double> numbers{};  // finite
    Texts texts{};                  // without blanks around
};

struct Columns {
    std::size_t rows = 0;
    std::vector<ColumnData> data{};     // as the wanted ones, in their order
    std::vector<std::string> labels{};  // what the codes of all columns index, sorted (label_less)
    // The header of a table that is one column of labels, where it could be a row: only the other file can tell.
    std::string doubtful_header{};
};

// Makes the doubtful header the first row.
void take_header_as_row(Columns& columns);

// Given the names of the columns, says which are wanted.
using Choose = std::function<Result<std::vector<Wanted>>(const std::vector<std::string>& names)>;

struct ReadOptions {
    Header header = Header::detect;
    unsigned threads = 0;  // 0: as many as the machine has, at most 8
    std::stop_token stop{};
};

// Fails with malformed, naming file and line: what `table` refuses, a cell that is missing or no number, a ragged row.
[[nodiscard]] Result<Columns> read_columns(const std::filesystem::path& path, const Choose& choose,
                                           const ReadOptions& options = {});

}  // namespace mlpath::metrics
