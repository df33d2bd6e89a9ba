// Reads chosen columns of a table of any size, compactly: labels as codes, numbers as doubles, keys as text. The file
// is never in memory as a whole, nor as cells.
#pragma once

#include <cstddef>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <stop_token>
#include <string>
#include <string_view>
#include <vector>

#include "base/error.hpp"
#include "metrics/labels.hpp"

namespace mlpath::metrics {

enum class Header {
    detect,   // read_first_line decides; in a table of one column of labels, a first line that occurs again is a row
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
    std::vector<Wanted> wanted{};       // those
    std::vector<std::string> labels{};  // what the codes of all columns index, sorted (label_less)
    // The first line of a table of one column, which is left out as its name, where it could be a row: only the other
    // file can tell. Of words, a row is what is a label of the other file; of numbers, the numbers of rows decide.
    std::string doubtful_header{};
    std::string doubtful_number{};
};

// Makes the doubtful header or number the first row.
void take_header_as_row(Columns& columns);

struct ReadOptions {
    Header header = Header::detect;
    unsigned threads = 0;  // 0: as many as the machine has, at most 8
    std::stop_token stop{};
    std::optional<char> separator{};   // none: as the name and the first lines tell
    std::vector<std::string> named{};  // the columns that were asked for by name
};

// A table whose beginning was looked at, so that it can be said which columns are wanted.
class ColumnReader {
public:
    // `-` is standard input. Fails with malformed or io, and with usage where the first line of several columns could
    // be their names or a row.
    [[nodiscard]] static Result<ColumnReader> open(const std::filesystem::path& path, ReadOptions options = {});
    ColumnReader(ColumnReader&&) noexcept;
    ColumnReader& operator=(ColumnReader&&) noexcept;
    ~ColumnReader();

    [[nodiscard]] const std::vector<std::string>& names() const;
    [[nodiscard]] const std::string& file_name() const;  // as it is shown
    // Whether the first line was taken as the names of the columns.

    // Once. Fails with malformed, naming file and line: what `table` refuses, a cell that is missing or no number, a
    // ragged row.
    [[nodiscard]] Result<Columns> read(std::vector<Wanted> wanted);

private:
    struct State;
    explicit ColumnReader(std::unique_ptr<State> state);
    std::unique_ptr<State> m_state;
};

// Given the names of the columns, says which are wanted.
using Choose = std::function<Result<std::vector<Wanted>>(const std::vector<std::string>& names)>;

// Both steps at once.
[[nodiscard]] Result<Columns> read_columns(const std::filesystem::path& path, const Choose& choose,
                                           const ReadOptions& options = {});

}  // namespace mlpath::metrics
