#include "data/rows.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <functional>
#include <map>
#include <numeric>
#include <set>
#include <tuple>
#include <unordered_map>

#include "base/hash.hpp"
#include "base/text.hpp"

namespace mlpath::data {

namespace {

constexpr std::size_t most_classes = 20;  // a numeric target with more values than this is a quantity, not a class
constexpr std::size_t target_bands = 10;

void append_canonical(std::string& text, std::string_view cell) {
    const auto parsed = table::parse_cell(cell);
    if (parsed.kind == table::CellKind::missing) {
        return;
    }
    if (parsed.kind == table::CellKind::text) {
        text += trim(cell);
        return;
    }
    std::array<char, 64> buffer{};
    const auto end =
        std::to_chars(buffer.data(), buffer.data() + buffer.size(), parsed.number == 0 ? 0.0 : parsed.number).ptr;
    text.append(buffer.data(), end);
}

std::string canonical_cell(std::string_view cell) {
    std::string text;
    append_canonical(text, cell);
    return text;
}

struct ByHash {
    std::size_t operator()(std::string_view text) const { return hash64(text); }
};

// Equal values as one number: 0, 1, … as they are first met. Views into what was given.
struct Coded {
    std::vector<std::size_t> codes{};
    std::vector<std::string_view> values{};  // by code
};
Coded coded(const std::vector<std::string>& values) {
    std::unordered_map<std::string_view, std::size_t, ByHash> seen;
    seen.reserve(values.size());
    Coded result;
    result.codes.reserve(values.size());
    for (const auto& value : values) {
        const auto [entry, is_new] = seen.emplace(value, result.values.size());
        if (is_new) {
            result.values.push_back(value);
        }
        result.codes.push_back(entry->second);
    }
    return result;
}

// The first bytes as a number that is ordered as texts are: a quick look before the long one.
std::uint64_t beginning_of(std::string_view text) {
    std::uint64_t number = 0;
    for (std::size_t i = 0; i < sizeof number; ++i) {
        number = number << 8U | (i < text.size() ? static_cast<unsigned char>(text[i]) : 0U);
    }
    return number;
}

// The same, in the order of the values.
std::vector<std::size_t> numbered(const std::vector<std::string>& values) {
    auto [codes, distinct] = coded(values);
    if (std::ranges::is_sorted(distinct)) {
        return std::move(codes);
    }
    std::vector<std::tuple<std::uint64_t, std::string_view, std::size_t>> order;
    order.reserve(distinct.size());
    for (std::size_t code = 0; code < distinct.size(); ++code) {
        order.emplace_back(beginning_of(distinct[code]), distinct[code], code);
    }
    std::ranges::sort(order);
    std::vector<std::size_t> number(distinct.size());
    for (std::size_t i = 0; i < order.size(); ++i) {
        number[std::get<2>(order[i])] = i;
    }
    for (auto& code : codes) {
        code = number[code];
    }
    return std::move(codes);
}

// Joins two ways of belonging together (union-find): rows that share either number end up in one group. Numbers are
// below the number of rows.
std::vector<std::size_t> joined(const std::vector<std::size_t>& first, const std::vector<std::size_t>& second) {
    std::vector<std::size_t> parent(first.size());
    std::iota(parent.begin(), parent.end(), std::size_t{0});
    const auto root = [&](std::size_t row) {
        while (parent[row] != row) {
            parent[row] = parent[parent[row]];
            row = parent[row];
        }
        return row;
    };
    for (const auto* numbers : {&first, &second}) {
        std::vector<std::size_t> seen(first.size(), first.size());  // the first row with the number
        for (std::size_t row = 0; row < numbers->size(); ++row) {
            auto& earlier = seen[(*numbers)[row]];
            if (earlier == first.size()) {
                earlier = row;
            } else {
                parent[root(row)] = root(earlier);
            }
        }
    }
    std::vector<std::size_t> groups;
    groups.reserve(parent.size());
    for (std::size_t row = 0; row < parent.size(); ++row) {
        groups.push_back(root(row));
    }
    return groups;
}

Result<std::size_t> need_column(const table::Table& table, const std::string& name, std::string_view role) {
    if (const auto column = table.column(name)) {
        return *column;
    }
    const auto near = nearest(name, table.columns);
    return fail(ErrorKind::malformed, "the table has no column `" + name + "` (the split's " + std::string(role) + ")",
                near ? "did you mean `" + *near + "`?" : "");
}

// Whether the text begins as 2026-11-20 does: only with every digit in its place is the order of texts that of times.
bool begins_with_date(std::string_view time) {
    constexpr std::string_view form = "0000-00-00";
    return time.size() >= form.size() && std::ranges::equal(time.substr(0, form.size()), form, [](char c, char wanted) {
               return wanted == '-' ? c == '-' : (c >= '0' && c <= '9');
           });
}

Result<std::vector<std::size_t>> ranks_of(const std::vector<std::string>& times) {
    std::vector<double> numbers;
    bool dates = true;
    for (const auto& time : times) {
        const auto cell = table::parse_cell(time);
        if (cell.kind == table::CellKind::number) {
            numbers.push_back(cell.number);
        }
        dates = dates && begins_with_date(time);
    }
    if (numbers.size() == times.size()) {
        std::set<double> distinct(numbers.begin(), numbers.end());
        std::vector<std::size_t> ranks;
        for (const double number : numbers) {
            ranks.push_back(static_cast<std::size_t>(std::distance(distinct.begin(), distinct.find(number))));
        }
        return ranks;
    }
    if (!dates) {
        return fail(ErrorKind::malformed,
                    "the split's time column holds neither numbers nor dates of the form 2026-11-20 in every row");
    }
    return numbered(times);
}

Result<std::vector<std::size_t>> strata_of(const Rows& rows) {
    std::vector<std::string> labels;
    labels.reserve(rows.size());
    for (const auto& row : rows.table.rows) {
        labels.push_back(canonical_cell(row[rows.target]));
    }
    const auto [codes, distinct] = coded(labels);
    if (distinct.size() == 1) {
        return fail(ErrorKind::malformed, "every row has the same value `" + std::string(distinct.front()) +
                                              "` in the target column: there is nothing to stratify by");
    }
    std::vector<double> values;  // of the distinct labels
    for (const auto label : distinct) {
        if (const auto cell = table::parse_cell(label); cell.kind == table::CellKind::number) {
            values.push_back(cell.number);
        }
    }
    if (values.size() != distinct.size() || distinct.size() <= most_classes) {
        return numbered(labels);
    }
    std::vector<double> sorted;
    sorted.reserve(codes.size());
    for (const auto code : codes) {
        sorted.push_back(values[code]);
    }
    std::ranges::sort(sorted);
    std::vector<std::size_t> bands;
    for (const double value : values) {
        const auto below = static_cast<std::size_t>(std::ranges::lower_bound(sorted, value) - sorted.begin());
        bands.push_back(below * target_bands / sorted.size());
    }
    std::vector<std::size_t> strata;
    strata.reserve(codes.size());
    for (const auto code : codes) {
        strata.push_back(bands[code]);
    }
    return strata;
}

// A row on its way into order: all that it says, and how much of that comes first for a quick look.
struct Sortable {
    std::uint64_t begin = 0;  // of `text`, as a number that is ordered as the text is
    std::string text{};
    std::vector<std::string> cells{};

    friend bool operator<(const Sortable& a, const Sortable& b) {
        if (a.begin != b.begin) {
            return a.begin < b.begin;
        }
        const int order = a.text.compare(b.text);
        return order != 0 ? order < 0 : a.cells < b.cells;
    }
};

}  // namespace

std::string canonical_row(const std::vector<std::string>& cells, const std::vector<bool>& counts) {
    std::string text;
    for (std::size_t i = 0; i < cells.size(); ++i) {
        if (counts[i]) {
            append_canonical(text, cells[i]);
            text += '\x1f';  // the unit separator: stands in no cell that a person typed
        }
    }
    return text;
}

Result<Rows> prepare_rows(table::Table table, const library::SplitSpec& spec) {
    if (table.column("row_id")) {
        return fail(ErrorKind::malformed, "the table has a column `row_id` already, which the split would add");
    }
    MLPATH_TRY(const std::size_t target, need_column(table, spec.target, "target"));
    std::vector<bool> dropped(table.columns.size(), false);
    std::vector<bool> counts(table.columns.size(), true);
    for (const auto& name : spec.drop) {
        MLPATH_TRY(const std::size_t column, need_column(table, name, "drop"));
        dropped[column] = true;
        counts[column] = false;
    }
    for (const auto& name : spec.ignore) {
        MLPATH_TRY(const std::size_t column, need_column(table, name, "ignore"));
        counts[column] = false;
    }
    if (dropped[target]) {
        return fail(ErrorKind::malformed, "the split drops its own target `" + spec.target + "`");
    }

    // Sorted by all that a row says, so that the file's own order leaves no trace.
    const std::vector<bool> all(table.columns.size(), true);
    std::vector<Sortable> sorted;
    sorted.reserve(table.rows.size());
    for (std::size_t number = 0; number < table.rows.size(); ++number) {
        auto& row = table.rows[number];
        const auto label = table::parse_cell(row[target]);
        if (label.kind == table::CellKind::missing ||
            (label.kind == table::CellKind::number && !std::isfinite(label.number))) {
            return fail(ErrorKind::malformed,
                        "row " + std::to_string(number + 1) + " has " +
                            (trim(row[target]).empty() ? std::string("no value") : "`" + row[target] + "`") +
                            " in the target column `" + spec.target + "`");
        }
        auto text = canonical_row(row, all);
        const auto begin = beginning_of(text);
        sorted.push_back({begin, std::move(text), std::move(row)});
    }
    std::ranges::sort(sorted, std::less<>());

    Rows rows;
    std::vector<std::string> identity;
    std::vector<std::string> groups;
    std::vector<std::string> times;
    const auto group_column =
        spec.method == library::SplitMethod::grouped ? need_column(table, spec.group, "group") : Result<std::size_t>{0};
    const auto time_column = spec.method == library::SplitMethod::chronological ? need_column(table, spec.time, "time")
                                                                                : Result<std::size_t>{0};
    if (!group_column || !time_column) {
        return fail(group_column ? time_column.error() : group_column.error());
    }
    const bool all_count = counts == all;
    identity.reserve(sorted.size());
    rows.table.rows.reserve(sorted.size());
    for (auto& [begin, text, cells] : sorted) {
        identity.push_back(all_count ? std::move(text) : canonical_row(cells, counts));
        if (spec.method == library::SplitMethod::grouped) {
            groups.push_back(canonical_cell(cells[*group_column]));
        }
        if (spec.method == library::SplitMethod::chronological) {
            times.push_back(canonical_cell(cells[*time_column]));
        }
        std::size_t kept = 0;
        for (std::size_t i = 0; i < cells.size(); ++i) {
            if (!dropped[i]) {
                if (kept != i) {
                    cells[kept] = std::move(cells[i]);
                }
                ++kept;
            }
        }
        cells.resize(kept);
        rows.table.rows.push_back(std::move(cells));
    }
    for (std::size_t i = 0; i < table.columns.size(); ++i) {
        if (!dropped[i]) {
            rows.table.columns.push_back(table.columns[i]);
        }
    }
    rows.target = rows.table.column(spec.target).value_or(0);
    rows.group = numbered(identity);
    std::vector<std::uint64_t> copies(rows.size());  // of each identity, so far
    rows.key.reserve(rows.size());
    rows.alike.reserve(rows.size());
    for (std::size_t row = 0; row < rows.size(); ++row) {
        rows.key.push_back(hash64(identity[row], copies[rows.group[row]]++));
        rows.alike.push_back(hash64(identity[row]));
    }
    if (spec.method == library::SplitMethod::grouped) {
        rows.group = joined(rows.group, numbered(groups));
    }
    rows.stratum.assign(rows.size(), 0);
    if (spec.method == library::SplitMethod::stratified && rows.size() > 0) {
        MLPATH_TRY(rows.stratum, strata_of(rows));
    }
    if (spec.method == library::SplitMethod::chronological) {
        MLPATH_TRY(rows.rank, ranks_of(times));
    }
    return rows;
}

}  // namespace mlpath::data
