#include "data/split.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <map>
#include <numeric>
#include <span>
#include <unordered_set>

#include "base/hash.hpp"
#include "base/text.hpp"

namespace mlpath::data {

namespace {

// Each use of the seed has an order of its own, so that one tells nothing about another.
enum class Purpose : std::uint64_t { side = 1, fold = 2, id = 3, order = 4 };

std::uint64_t place(std::uint64_t key, std::uint64_t seed, Purpose purpose) {
    const std::array<std::uint64_t, 2> bytes{key, static_cast<std::uint64_t>(purpose)};
    return hash64({reinterpret_cast<const char*>(bytes.data()), sizeof bytes}, seed);
}

struct Group {
    std::uint64_t place = 0;
    std::size_t stratum = 0;
    std::span<const std::size_t> rows{};  // of Groups::rows
};

struct Groups {
    std::vector<std::size_t> rows{};  // one group after the other
    std::vector<Group> groups{};      // in hash order, each in the stratum of most of its rows
};

std::size_t stratum_of(const Rows& rows, std::span<const std::size_t> group) {
    if (group.size() == 1) {
        return rows.stratum[group.front()];
    }
    std::map<std::size_t, std::size_t> votes;
    for (const auto row : group) {
        ++votes[rows.stratum[row]];
    }
    return std::ranges::max_element(votes, {}, [](const auto& vote) { return vote.second; })->first;
}

Groups groups_of(const Rows& rows, std::uint64_t seed, Purpose purpose) {
    // Counted into their places: the numbers of groups are below the number of rows.
    std::vector<std::size_t> ends(rows.size() + 1);
    for (const auto number : rows.group) {
        ++ends[number + 1];
    }
    std::partial_sum(ends.begin(), ends.end(), ends.begin());
    Groups found{.rows = std::vector<std::size_t>(rows.size())};
    const auto starts = ends;
    for (std::size_t row = 0; row < rows.size(); ++row) {
        found.rows[ends[rows.group[row]]++] = row;
    }
    for (std::size_t number = 0; number < rows.size(); ++number) {
        const std::span<const std::size_t> members(found.rows.data() + starts[number],
                                                   starts[number + 1] - starts[number]);
        if (members.empty()) {
            continue;
        }
        auto first = place(rows.key[members.front()], seed, purpose);
        for (const auto row : members.subspan(1)) {
            first = std::min(first, place(rows.key[row], seed, purpose));
        }
        found.groups.push_back({.place = first, .stratum = stratum_of(rows, members), .rows = members});
    }
    std::ranges::sort(found.groups, {}, &Group::place);
    return found;
}

std::map<std::size_t, std::size_t> stratum_sizes(const Groups& groups) {
    std::map<std::size_t, std::size_t> sizes;
    for (const auto& group : groups.groups) {
        sizes[group.stratum] += group.rows.size();
    }
    return sizes;
}

// How many rows of each stratum are tested: its share, rounded by the largest remainder so that the whole has its share
// too; at least one of every stratum that can spare it.
std::map<std::size_t, std::size_t> test_sizes(const std::map<std::size_t, std::size_t>& sizes, double share) {
    std::map<std::size_t, std::size_t> wanted;
    std::vector<std::pair<double, std::size_t>> remainders;
    std::size_t total = 0;
    std::size_t given = 0;
    for (const auto& [stratum, size] : sizes) {
        const double exact = share * static_cast<double>(size);
        const auto whole = static_cast<std::size_t>(exact);
        wanted[stratum] = whole == 0 && size >= 2 ? 1 : whole;
        given += wanted[stratum];
        total += size;
        if (whole > 0 || size < 2) {
            remainders.emplace_back(static_cast<double>(whole) - exact, stratum);
        }
    }
    std::ranges::sort(remainders);
    const auto all = static_cast<std::size_t>(std::llround(share * static_cast<double>(total)));
    for (std::size_t i = 0; i < remainders.size() && given < all; ++i, ++given) {
        ++wanted[remainders[i].second];
    }
    return wanted;
}

// Row numbers in time order, and the start of the block that begins nearest to `share` of them without parting equal
// times.
std::vector<std::size_t> in_time_order(const Rows& rows) {
    std::vector<std::size_t> order(rows.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::ranges::stable_sort(order, {}, [&](std::size_t row) { return rows.rank[row]; });
    return order;
}

std::size_t cut_at(const Rows& rows, const std::vector<std::size_t>& order, double share) {
    auto cut = static_cast<std::size_t>(std::llround(share * static_cast<double>(order.size())));
    while (cut > 0 && cut < order.size() && rows.rank[order[cut]] == rows.rank[order[cut - 1]]) {
        ++cut;
    }
    return cut;
}

Parts parts_at(const std::vector<std::size_t>& order, std::size_t cut, std::size_t end) {
    using Offset = std::ptrdiff_t;
    return {{order.begin(), order.begin() + static_cast<Offset>(cut)},
            {order.begin() + static_cast<Offset>(cut), order.begin() + static_cast<Offset>(end)}};
}

Status need_both(const Parts& parts) {
    if (parts.train.empty() || parts.test.empty()) {
        return fail(ErrorKind::malformed, "there are too few rows to divide, or too many that have to stay together: " +
                                              count_of(parts.train.size(), "training row") + " and " +
                                              count_of(parts.test.size(), "test row"));
    }
    return {};
}

}  // namespace

Result<Parts> hold_out(const Rows& rows, const library::SplitSpec& spec, std::uint64_t seed) {
    Parts parts;
    if (spec.method == library::SplitMethod::chronological) {
        const auto order = in_time_order(rows);
        parts = parts_at(order, cut_at(rows, order, 1 - spec.test), order.size());
    } else {
        const auto groups = groups_of(rows, seed, Purpose::side);
        const auto wanted = test_sizes(stratum_sizes(groups), spec.test);
        auto still_wanted = wanted;
        for (const auto& group : groups.groups) {
            // A group that is larger than the whole test part would take the training rows away.
            auto& left = still_wanted[group.stratum];
            const bool tests = left > 0 && group.rows.size() <= wanted.at(group.stratum);
            auto& side = tests ? parts.test : parts.train;
            side.insert(side.end(), group.rows.begin(), group.rows.end());
            left -= std::min(left, tests ? group.rows.size() : 0);
        }
    }
    MLPATH_CHECK(need_both(parts));
    return parts;
}

Result<std::vector<Parts>> folds(const Rows& rows, const library::SplitSpec& spec, std::uint64_t seed,
                                 std::size_t count) {
    std::vector<Parts> result;
    if (spec.method == library::SplitMethod::chronological) {
        const auto order = in_time_order(rows);
        const auto blocks = static_cast<double>(count + 1);
        for (std::size_t fold = 0; fold < count; ++fold) {
            result.push_back(parts_at(order, cut_at(rows, order, static_cast<double>(fold + 1) / blocks),
                                      cut_at(rows, order, static_cast<double>(fold + 2) / blocks)));
        }
    } else {
        const auto groups = groups_of(rows, seed, Purpose::fold);
        std::vector<std::size_t> fold_of(rows.size());
        std::map<std::size_t, std::vector<std::size_t>> filled;  // stratum -> rows in each fold
        std::vector<std::size_t> total(count);
        for (const auto& group : groups.groups) {
            auto& sizes = filled.try_emplace(group.stratum, count).first->second;
            std::size_t best = 0;
            for (std::size_t fold = 1; fold < count; ++fold) {
                if (std::pair(sizes[fold], total[fold]) < std::pair(sizes[best], total[best])) {
                    best = fold;
                }
            }
            sizes[best] += group.rows.size();
            total[best] += group.rows.size();
            for (const auto row : group.rows) {
                fold_of[row] = best;
            }
        }
        result.resize(count);
        for (std::size_t row = 0; row < rows.size(); ++row) {
            for (std::size_t fold = 0; fold < count; ++fold) {
                (fold_of[row] == fold ? result[fold].test : result[fold].train).push_back(row);
            }
        }
    }
    for (const auto& parts : result) {
        MLPATH_CHECK(need_both(parts));
    }
    return result;
}

Division divide(const Rows& rows, const Parts& parts, std::uint64_t seed) {
    std::vector<std::pair<std::uint64_t, std::size_t>> by_id;
    by_id.reserve(rows.size());
    for (const auto* side : {&parts.train, &parts.test}) {
        for (const auto row : *side) {
            by_id.emplace_back(place(rows.key[row], seed, Purpose::id), row);
        }
    }
    std::ranges::sort(by_id);
    std::vector<std::size_t> id_of(rows.size());
    for (std::size_t i = 0; i < by_id.size(); ++i) {
        id_of[by_id[i].second] = i + 1;
    }

    const auto ordered = [&](std::vector<std::size_t> side) {
        if (rows.rank.empty()) {
            std::vector<std::uint64_t> places(rows.size());
            for (const auto row : side) {
                places[row] = place(rows.key[row], seed, Purpose::order);
            }
            std::ranges::sort(side, {}, [&](std::size_t row) { return places[row]; });
        }
        return side;
    };
    Division division;
    division.target = rows.table.columns[rows.target];
    division.train.columns = {"row_id"};
    division.test.columns = {"row_id"};
    for (std::size_t column = 0; column < rows.table.columns.size(); ++column) {
        division.train.columns.push_back(rows.table.columns[column]);
        if (column != rows.target) {
            division.test.columns.push_back(rows.table.columns[column]);
        }
    }
    const auto with_id = [&](std::size_t row, table::Table& part) -> std::vector<std::string>& {
        auto& cells = part.rows.emplace_back();
        cells.reserve(rows.table.columns.size() + 1);
        cells.push_back(std::to_string(id_of[row]));
        return cells;
    };
    division.train.rows.reserve(parts.train.size());
    division.test.rows.reserve(parts.test.size());
    for (const auto row : ordered(parts.train)) {
        auto& cells = with_id(row, division.train);
        cells.insert(cells.end(), rows.table.rows[row].begin(), rows.table.rows[row].end());
    }
    for (const auto row : ordered(parts.test)) {
        auto& cells = with_id(row, division.test);
        for (std::size_t column = 0; column < rows.table.columns.size(); ++column) {
            if (column != rows.target) {
                cells.push_back(rows.table.rows[row][column]);
            }
        }
        division.truth.push_back(rows.label(row));
    }
    return division;
}

Result<Parts> without_known(Parts others_parts, const Rows& others, const Parts& parts, const Rows& rows) {
    std::unordered_set<std::uint64_t> known;
    known.reserve(parts.train.size());
    for (const auto row : parts.train) {
        known.insert(rows.alike[row]);
    }
    std::erase_if(others_parts.test, [&](std::size_t row) { return known.contains(others.alike[row]); });
    MLPATH_CHECK(need_both(others_parts));
    return others_parts;
}

Division held_out_of(Division given, Division drawn, library::SplitMethod method) {
    if (method == library::SplitMethod::chronological) {
        return drawn;
    }
    // Where more are held out than before, ids that no row has.
    auto unused = given.train.rows.size() + given.test.rows.size();
    for (std::size_t i = 0; i < drawn.test.rows.size(); ++i) {
        drawn.test.rows[i].front() = i < given.test.rows.size() ? given.test.rows[i].front() : std::to_string(++unused);
    }
    given.test = std::move(drawn.test);
    given.truth = std::move(drawn.truth);
    return given;
}

}  // namespace mlpath::data
