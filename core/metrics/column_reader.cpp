#include "metrics/column_reader.hpp"

#if defined(__GLIBC__)
#include <malloc.h>
#endif

#include <algorithm>
#include <map>
#include <mutex>
#include <thread>
#include <utility>

#include "base/text.hpp"
#include "metrics/header.hpp"
#include "metrics/row_parser.hpp"
#include "table/blocks.hpp"
#include "table/encoding.hpp"
#include "table/table.hpp"

namespace mlpath::metrics {

namespace {

struct Beginning {
    std::vector<std::string> names;
    std::size_t bytes = 0;    // of the header
    std::size_t lines = 0;    // of the header
    std::string maybe_a_row;  // the header of a table of one column of words, if it may yet turn out to be a row
    std::string maybe_named;  // the same, of numbers
};

// Some of the rows that follow the first, as far as they are sound: what is wrong with others is said when they are
// read.
std::vector<std::vector<std::string>> rows_below(std::string_view rows, std::size_t columns,
                                                 const table::Dialect& dialect) {
    constexpr std::size_t enough = 200;
    std::vector<std::vector<std::string>> below;
    for (std::size_t at = 0; at < rows.size() && below.size() < enough;) {
        const auto end = std::min(table::end_of_row(rows, at, dialect.separator), rows.size());
        if (auto row = table::parse_table(rows.substr(at, end - at), dialect);
            row && row->rows.size() == 1 && row->columns.size() == columns) {
            below.push_back(std::move(row->rows.front()));
        }
        at = end;
    }
    return below;
}

std::string joined(const std::vector<std::string>& cells) {
    constexpr std::size_t most_shown = 60;
    const auto text = printable(join(cells, ","));
    return text.size() > most_shown ? text.substr(0, most_shown) + "…" : text;
}

// Of several columns no other file can tell.
Error names_or_row(const std::vector<std::string>& first, const std::vector<std::vector<std::string>>& below,
                   const std::string& file_name) {
    std::vector<std::string> unnamed;
    for (std::size_t i = 0; i < first.size(); ++i) {
        unnamed.push_back("c" + std::to_string(i));
    }
    auto error = table::bad_table(file_name, 1,
                                  "the first line, `" + joined(first) +
                                      "`, could be column names, as pandas writes them where none were given, or a row",
                                  "names: --header, and the columns are " + joined(first) +
                                      (below.empty() ? std::string() : " and the first row " + joined(below.front())) +
                                      "; a row: --no-header, and the columns are " + joined(unnamed));
    error.kind = ErrorKind::usage;
    return error;
}

// Looks at the first rows: what the columns are, and whether the first line names them.
Result<Beginning> look_at(std::string_view rows, char separator, const ReadOptions& options,
                          const std::string& file_name) {
    const auto first_end = std::min(table::end_of_row(rows, 0, separator), rows.size());
    table::Dialect dialect;
    dialect.separator = separator;
    dialect.header = false;
    MLPATH_TRY(const auto first, table::parse_table(rows.substr(0, first_end), dialect, file_name));
    Beginning beginning;
    auto reading = options.header == Header::absent ? FirstLine::row : FirstLine::names;
    if (options.header == Header::detect) {
        const auto below = rows_below(rows.substr(first_end), first.columns.size(), dialect);
        reading = read_first_line(first.rows.front(), below, options.named);
        if (reading == FirstLine::doubtful && first.columns.size() > 1) {
            return fail(names_or_row(first.rows.front(), below, file_name));
        }
    }
    if (reading == FirstLine::row) {
        beginning.names = first.columns;
        return beginning;
    }
    const auto second_end = std::min(table::end_of_row(rows, first_end, separator), rows.size());
    dialect.header = true;
    MLPATH_TRY(auto named, table::parse_table(rows.substr(0, second_end), dialect, file_name));
    beginning.names = std::move(named.columns);
    beginning.bytes = first_end;
    beginning.lines = static_cast<std::size_t>(std::ranges::count(rows.substr(0, first_end), '\n'));
    if (options.header == Header::detect && beginning.names.size() == 1) {
        (reading == FirstLine::doubtful ? beginning.maybe_named : beginning.maybe_a_row) = beginning.names.front();
    }
    return beginning;
}

// All blocks as they come in, in whatever order, and the first fault of the file.
struct Collected {
    std::mutex mutex;
    std::map<std::size_t, std::pair<std::size_t, Parsed>> blocks;  // by index: the thread, and what it parsed
    std::map<std::size_t, ParseFault> faults;                      // by index of the block
    std::optional<Error> error;                                    // of reading itself
    [[nodiscard]] bool broken() const { return error.has_value() || !faults.empty(); }
};

void work(table::BlockReader& reader, RowParser& parser, std::size_t thread, table::Block& block, bool filled,
          std::string_view rows, Collected& collected, const std::stop_token& stop) {
    while (true) {
        if (!filled) {
            // A block that was taken is always parsed, so that all blocks before a fault are known.
            if (const std::scoped_lock lock(collected.mutex); collected.broken()) {
                return;
            }
            auto more = reader.next(block, stop);
            if (!more) {
                const std::scoped_lock lock(collected.mutex);
                collected.error = std::move(more).error();
                return;
            }
            if (!*more) {
                return;
            }
            rows = block.rows;
        }
        filled = false;
        Parsed parsed;
        auto fault = parser.parse(rows, parsed);
        const std::scoped_lock lock(collected.mutex);
        if (fault) {
            collected.faults.emplace(block.index, std::move(*fault));
            return;
        }
        collected.blocks.emplace(block.index, std::pair(thread, std::move(parsed)));
    }
}

// The line of the file on which a block begins. All blocks before one that was parsed have been parsed.
std::size_t first_line(const Collected& collected, std::size_t index, std::size_t header_lines) {
    std::size_t line = header_lines + 1;
    for (const auto& [other, entry] : collected.blocks) {
        if (other < index) {
            line += entry.second.lines;
        }
    }
    return line;
}

Status check_faults(const Collected& collected, std::size_t header_lines, const std::string& file_name) {
    if (!collected.faults.empty()) {
        const auto& [index, fault] = *collected.faults.begin();
        return fail(table::bad_table(file_name, first_line(collected, index, header_lines) + fault.line, fault.message,
                                     fault.hint));
    }
    if (collected.error) {
        return fail(*collected.error);
    }
    return {};
}

// In a table of one column a blank line is a missing cell, unless only blank lines follow.
Status check_blanks(const Collected& collected, std::size_t header_lines, const std::string& file_name,
                    const std::string& what) {
    std::optional<std::size_t> blank;
    for (const auto& [index, entry] : collected.blocks) {
        const auto& parsed = entry.second;
        const auto start = first_line(collected, index, header_lines);
        if (!blank && parsed.first_blank) {
            blank = start + *parsed.first_blank;
        }
        if (blank && parsed.last_row && start + *parsed.last_row > *blank) {
            return fail(table::bad_table(file_name, *blank, what + " is missing", "every row needs one"));
        }
    }
    return {};
}

// In a file with decimal commas, a point may be one of thousands: 1.234 is then no number near 1.
Status check_decimals(const std::vector<RowParser>& parsers, const std::string& file_name) {
    const bool commas = std::ranges::any_of(parsers, [](const auto& parser) { return parser.decimals().commas; });
    const bool points = std::ranges::any_of(parsers, [](const auto& parser) { return parser.decimals().points; });
    if (commas && points) {
        return fail(
            table::bad_table(file_name, 0, "some numbers have a decimal comma and others a point",
                             "is 1.234 more than a thousand? Write all numbers with a decimal point and without "
                             "thousands separators"));
    }
    return {};
}

// Each thread's codes as codes of one sorted table.
std::vector<std::vector<Code>> unite(const std::vector<RowParser>& parsers, std::vector<std::string>& labels) {
    for (const auto& parser : parsers) {
        labels.insert(labels.end(), parser.classes().labels().begin(), parser.classes().labels().end());
    }
    std::ranges::sort(labels, label_less);
    labels.erase(std::unique(labels.begin(), labels.end()), labels.end());
    std::map<std::string_view, Code> places;
    for (std::size_t i = 0; i < labels.size(); ++i) {
        places.emplace(labels[i], static_cast<Code>(i));
    }
    std::vector<std::vector<Code>> translations;
    for (const auto& parser : parsers) {
        auto& translation = translations.emplace_back();
        for (const auto& label : parser.classes().labels()) {
            translation.push_back(places.at(label));
        }
    }
    return translations;
}

// The label as the first of a column.
void put_label_first(Columns& columns, ColumnData& data, const std::string& label) {
    const auto place = std::ranges::lower_bound(columns.labels, label, label_less);
    const auto code = static_cast<Code>(place - columns.labels.begin());
    const bool is_new = place == columns.labels.end() || *place != label;
    std::vector<Code> translation;
    for (Code old = 0; old < columns.labels.size(); ++old) {
        translation.push_back(old + (is_new && old >= code ? 1 : 0));
    }
    if (is_new) {
        columns.labels.insert(place, label);
    }
    Codes codes;
    codes.reserve(data.codes.size() + 1);
    codes.push_back(code);
    codes.take(data.codes, translation);
    data.codes = std::move(codes);
}

// Moves the blocks into whole columns, in their order, freeing each as it goes.
Columns gather(Collected& collected, const std::vector<RowParser>& parsers, std::size_t wanted) {
    Columns columns;
    columns.data.resize(wanted);
    const auto translations = unite(parsers, columns.labels);
    for (const auto& [index, entry] : collected.blocks) {
        columns.rows += entry.second.rows;
    }
    for (std::size_t i = 0; i < wanted; ++i) {
        const auto& first = collected.blocks.begin()->second.second.data[i];
        if (!first.codes.empty()) {
            columns.data[i].codes.reserve(columns.rows);
        }
        if (!first.numbers.empty()) {
            columns.data[i].numbers.reserve(columns.rows);
        }
    }
    for (auto& [index, entry] : collected.blocks) {
        auto& [thread, parsed] = entry;
        for (std::size_t i = 0; i < wanted; ++i) {
            auto& from = parsed.data[i];
            auto& to = columns.data[i];
            to.codes.take(from.codes, translations[thread]);
            to.numbers.insert(to.numbers.end(), from.numbers.begin(), from.numbers.end());
            to.texts.append(from.texts);
            from = {};
        }
    }
    collected.blocks.clear();
#if defined(__GLIBC__)
    malloc_trim(0);  // the arenas of the threads would keep what the blocks took, which is as much as the columns
#endif
    return columns;
}

}  // namespace

void take_header_as_row(Columns& columns) {
    const auto cell = columns.doubtful_number.empty() ? columns.doubtful_header : columns.doubtful_number;
    columns.doubtful_header.clear();
    columns.doubtful_number.clear();
    ++columns.rows;
    for (std::size_t i = 0; i < columns.data.size(); ++i) {
        auto& data = columns.data[i];
        if (columns.wanted[i].numbers) {
            data.numbers.insert(data.numbers.begin(), table::parse_cell(cell).number);
        }
        if (columns.wanted[i].texts) {
            Texts texts;
            texts.push_back(trim(cell));
            texts.append(data.texts);
            data.texts = std::move(texts);
        }
        if (columns.wanted[i].labels) {
            put_label_first(columns, data, canonical_label(cell));
        }
    }
}

void Texts::append(const Texts& other) {
    const auto start = m_bytes.size();
    m_bytes += other.m_bytes;
    for (const auto end : other.m_ends) {
        m_ends.push_back(start + end);
    }
}

struct ColumnReader::State {
    std::string file_name;
    ReadOptions options;
    table::BlockReader reader;
    table::Block block{};
    Beginning beginning{};
};

ColumnReader::ColumnReader(std::unique_ptr<State> state) : m_state(std::move(state)) {}
ColumnReader::ColumnReader(ColumnReader&&) noexcept = default;
ColumnReader& ColumnReader::operator=(ColumnReader&&) noexcept = default;
ColumnReader::~ColumnReader() = default;

const std::vector<std::string>& ColumnReader::names() const { return m_state->beginning.names; }
const std::string& ColumnReader::file_name() const { return m_state->file_name; }

Result<ColumnReader> ColumnReader::open(const std::filesystem::path& path, ReadOptions options) {
    MLPATH_TRY(auto reader, table::BlockReader::open(path, options.separator));
    auto state = std::make_unique<State>(State{table::shown_name(path), std::move(options), std::move(reader)});
    MLPATH_TRY(const bool any, state->reader.next(state->block, state->options.stop));
    if (!any) {
        return fail(table::bad_table(state->file_name, 0, "the file is empty"));
    }
    MLPATH_TRY(state->beginning,
               look_at(state->block.rows, state->reader.separator(), state->options, state->file_name));
    return ColumnReader(std::move(state));
}

Result<Columns> ColumnReader::read(std::vector<Wanted> wanted) {
    constexpr unsigned most_threads = 8;
    auto& [file_name, options, reader, block, beginning] = *m_state;
    const auto threads =
        std::clamp(options.threads != 0 ? options.threads : std::thread::hardware_concurrency(), 1U, most_threads);
    std::vector<RowParser> parsers;
    parsers.reserve(threads);
    for (unsigned i = 0; i < threads; ++i) {
        parsers.emplace_back(wanted, beginning.names.size(), reader.separator());
    }
    Collected collected;
    {
        std::vector<std::jthread> helpers;
        for (std::size_t i = 1; i < threads; ++i) {
            helpers.emplace_back([&parsers, &collected, state = m_state.get(), i] {
                table::Block own;
                work(state->reader, parsers[i], i, own, false, {}, collected, state->options.stop);
            });
        }
        work(reader, parsers[0], 0, block, true, block.rows.substr(beginning.bytes), collected, options.stop);
    }
    const auto lines_before = reader.skipped_lines() + beginning.lines;
    MLPATH_CHECK(check_faults(collected, lines_before, file_name));
    MLPATH_CHECK(check_decimals(parsers, file_name));
    if (beginning.names.size() == 1) {
        MLPATH_CHECK(check_blanks(collected, lines_before, file_name, wanted.empty() ? "a cell" : wanted.front().what));
    }
    auto columns = gather(collected, parsers, wanted.size());
    columns.wanted = std::move(wanted);
    columns.doubtful_number = beginning.maybe_named;
    const auto& all = columns.wanted;
    if (all.size() == 1 && all.front().labels && !all.front().numbers && !all.front().texts) {
        columns.doubtful_header = beginning.maybe_a_row;
        if (std::ranges::binary_search(columns.labels, canonical_label(beginning.maybe_a_row), label_less) &&
            !beginning.maybe_a_row.empty()) {
            take_header_as_row(columns);
        }
    }
    for (const auto& label : columns.labels) {
        if (!is_utf8(label)) {
            return fail(table::bad_table(file_name, 0, "the label `" + printable(label) + "` is not valid UTF-8",
                                         "it was perhaps written as Latin-1 or Windows-1252: save it as UTF-8"));
        }
    }
    return columns;
}

Result<Columns> read_columns(const std::filesystem::path& path, const Choose& choose, const ReadOptions& options) {
    MLPATH_TRY(auto reader, ColumnReader::open(path, options));
    MLPATH_TRY(auto wanted, choose(reader.names()));
    return reader.read(std::move(wanted));
}

}  // namespace mlpath::metrics
