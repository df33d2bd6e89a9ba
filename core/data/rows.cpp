#include "data/rows.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <map>
#include <numeric>
#include <set>

#include "base/hash.hpp"
#include "base/text.hpp"

namespace mlpath::data {

namespace {

constexpr std::size_t most_classes = 20;  // a numeric target with more values than this is a quantity, not a class
constexpr std::size_t target_bands = 10;

std::string canonical_cell(std::string_view text) {
    const auto cell = table::parse_cell(text);
    if (cell.kind == table::CellKind::missing) {
        return {};
    }
    if (cell.kind == table::CellKind::text) {
        return std::string(trim(text));
    }
    std::array<char, 64> buffer{};
    const auto end =
        std::to_chars(buffer.data(), buffer.data() + buffer.size(), cell.number == 0 ? 0.0 : cell.number).ptr;
    return {buffer.data(), end};
}

// Numbers equal values 0, 1, … in the order of the values.
std::vector<std::size_t> numbered(const std::vector<std::string>& values) {
    std::map<std::string_view, std::size_t> numbers;
    for (const auto& value : values) {
        numbers.emplace(value, 0);
    }
    std::size_t next = 0;
    for (auto& [value, number] : numbers) {
        number = next++;
    }
    std::vector<std::size_t> result;
    result.reserve(values.size());
    for (const auto& value : values) {
        result.push_back(numbers.at(value));
    }
    return result;
}

// Joins two ways of belonging together (union-find): rows that share either number end up in one group.
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
        std::map<std::size_t, std::size_t> seen;
        for (std::size_t row = 0; row < numbers->size(); ++row) {
            const auto [entry, is_new] = seen.emplace((*numbers)[row], row);
            if (!is_new) {
                parent[root(row)] = root(entry->second);
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
    std::vector<double> numbers;
    std::set<std::string> distinct;
    for (const auto& row : rows.table.rows) {
        labels.push_back(canonical_cell(row[rows.target]));
        distinct.insert(labels.back());
        if (const auto cell = table::parse_cell(labels.back()); cell.kind == table::CellKind::number) {
            numbers.push_back(cell.number);
        }
    }
    if (distinct.size() == 1) {
        return fail(ErrorKind::malformed, "every row has the same value `" + *distinct.begin() +
                                              "` in the target column: there is nothing to stratify by");
    }
    if (numbers.size() != labels.size() || distinct.size() <= most_classes) {
        return numbered(labels);
    }
    auto sorted = numbers;
    std::ranges::sort(sorted);
    std::vector<std::size_t> strata;
    for (const double number : numbers) {
        const auto below = static_cast<std::size_t>(std::ranges::lower_bound(sorted, number) - sorted.begin());
        strata.push_back(below * target_bands / sorted.size());
    }
    return strata;
}

}  // namespace

std::string canonical_row(const std::vector<std::string>& cells, const std::vector<bool>& counts) {
    std::string text;
    for (std::size_t i = 0; i < cells.size(); ++i) {
        if (counts[i]) {
            text += canonical_cell(cells[i]);
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
    std::vector<std::pair<std::string, std::vector<std::string>>> sorted;
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
        sorted.emplace_back(std::move(text), std::move(row));
    }
    std::ranges::sort(sorted);

    Rows rows;
    std::vector<std::string> identity;
    std::vector<std::string> groups;
    std::vector<std::string> times;
    std::map<std::string, std::uint64_t> copies;
    const auto group_column =
        spec.method == library::SplitMethod::grouped ? need_column(table, spec.group, "group") : Result<std::size_t>{0};
    const auto time_column = spec.method == library::SplitMethod::chronological ? need_column(table, spec.time, "time")
                                                                                : Result<std::size_t>{0};
    if (!group_column || !time_column) {
        return fail(group_column ? time_column.error() : group_column.error());
    }
    for (auto& [text, cells] : sorted) {
        identity.push_back(canonical_row(cells, counts));
        rows.key.push_back(hash64(identity.back(), copies[identity.back()]++));
        groups.push_back(canonical_cell(cells[*group_column]));
        times.push_back(canonical_cell(cells[*time_column]));
        std::vector<std::string> visible;
        for (std::size_t i = 0; i < cells.size(); ++i) {
            if (!dropped[i]) {
                visible.push_back(std::move(cells[i]));
            }
        }
        rows.table.rows.push_back(std::move(visible));
    }
    for (std::size_t i = 0; i < table.columns.size(); ++i) {
        if (!dropped[i]) {
            rows.table.columns.push_back(table.columns[i]);
        }
    }
    rows.target = rows.table.column(spec.target).value_or(0);
    rows.group = numbered(identity);
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
