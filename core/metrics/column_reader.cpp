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
    std::string maybe_a_row;  // the header of a table of one column, if it may yet turn out to be a row
};

// Looks at the first rows: what the columns are, and whether the first line names them.
Result<Beginning> look_at(std::string_view rows, char separator, Header header, const std::string& file_name) {
    const auto first_end = table::end_of_row(rows, 0, separator);
    const auto second_end =
        first_end == std::string_view::npos ? first_end : table::end_of_row(rows, first_end, separator);
    const auto sample = rows.substr(0, second_end);
    table::Dialect dialect;
    dialect.separator = separator;
    dialect.header = false;
    MLPATH_TRY(const auto first, table::parse_table(rows.substr(0, first_end), dialect, file_name));
    Beginning beginning;
    const auto is_number = [](const std::string& cell) {
        return table::parse_cell(cell).kind != table::CellKind::text;
    };
    if (header == Header::absent || (header == Header::detect && std::ranges::all_of(first.rows.front(), is_number))) {
        beginning.names = first.columns;
        return beginning;
    }
    dialect.header = true;
    MLPATH_TRY(auto named, table::parse_table(sample, dialect, file_name));
    beginning.names = std::move(named.columns);
    beginning.bytes = std::min(first_end, rows.size());
    beginning.lines = static_cast<std::size_t>(std::ranges::count(rows.substr(0, first_end), '\n'));
    if (header == Header::detect && beginning.names.size() == 1) {
        beginning.maybe_a_row = beginning.names.front();
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
    const auto header = canonical_label(std::exchange(columns.doubtful_header, {}));
    const auto place = std::ranges::lower_bound(columns.labels, header, label_less);
    const auto code = static_cast<Code>(place - columns.labels.begin());
    const bool is_new = place == columns.labels.end() || *place != header;
    std::vector<Code> translation;
    for (Code old = 0; old < columns.labels.size(); ++old) {
        translation.push_back(old + (is_new && old >= code ? 1 : 0));
    }
    if (is_new) {
        columns.labels.insert(place, header);
    }
    Codes codes;
    codes.reserve(columns.rows + 1);
    codes.push_back(code);
    codes.take(columns.data.front().codes, translation);
    columns.data.front().codes = std::move(codes);
    ++columns.rows;
}

void Texts::append(const Texts& other) {
    const auto start = m_bytes.size();
    m_bytes += other.m_bytes;
    for (const auto end : other.m_ends) {
        m_ends.push_back(start + end);
    }
}

Result<Columns> read_columns(const std::filesystem::path& path, const Choose& choose, const ReadOptions& options) {
    constexpr unsigned most_threads = 8;
    const auto file_name = path.string();
    const char separator = table::separator_of(path);
    MLPATH_TRY(auto reader, table::BlockReader::open(path, separator));
    table::Block block;
    MLPATH_TRY(const bool any, reader.next(block, options.stop));
    if (!any) {
        return fail(table::bad_table(file_name, 0, "the file is empty"));
    }
    MLPATH_TRY(const auto beginning, look_at(block.rows, separator, options.header, file_name));
    MLPATH_TRY(const auto wanted, choose(beginning.names));

    const auto threads =
        std::clamp(options.threads != 0 ? options.threads : std::thread::hardware_concurrency(), 1U, most_threads);
    std::vector<RowParser> parsers;
    parsers.reserve(threads);
    for (unsigned i = 0; i < threads; ++i) {
        parsers.emplace_back(wanted, beginning.names.size(), separator);
    }
    Collected collected;
    {
        std::vector<std::jthread> helpers;
        for (std::size_t i = 1; i < threads; ++i) {
            helpers.emplace_back([&, i] {
                table::Block own;
                work(reader, parsers[i], i, own, false, {}, collected, options.stop);
            });
        }
        work(reader, parsers[0], 0, block, true, block.rows.substr(beginning.bytes), collected, options.stop);
    }
    MLPATH_CHECK(check_faults(collected, beginning.lines, file_name));
    if (beginning.names.size() == 1) {
        MLPATH_CHECK(
            check_blanks(collected, beginning.lines, file_name, wanted.empty() ? "a cell" : wanted.front().what));
    }
    auto columns = gather(collected, parsers, wanted.size());
    if (wanted.size() == 1 && wanted.front().labels && !wanted.front().numbers && !wanted.front().texts) {
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

}  // namespace mlpath::metrics
