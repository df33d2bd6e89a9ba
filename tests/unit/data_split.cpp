#include <doctest/doctest.h>

#include <algorithm>
#include <map>
#include <set>

#include "base/hash.hpp"
#include "data/probe.hpp"
#include "data/provider.hpp"
#include "data/split.hpp"

using namespace mlpath;

namespace {

// `count` rows: id, x (a number), kind (a or b, one b in four), site (a group of five), when (a year).
table::Table sample(std::size_t count) {
    table::Table table{.columns = {"id", "x", "kind", "site", "when"}};
    for (std::size_t i = 0; i < count; ++i) {
        table.rows.push_back({"p" + std::to_string(i), std::to_string(i) + ".50", i % 4 == 0 ? "b" : "a",
                              "s" + std::to_string(i / 5), std::to_string(1900 + i / 3)});
    }
    return table;
}

library::SplitSpec spec(library::SplitMethod method) {
    return {
        .method = method, .target = "kind", .group = "site", .time = "when", .test = 0.25, .seed = 7, .drop = {"id"}};
}

std::multiset<std::string> cells_of(const table::Table& table, const std::string& column) {
    std::multiset<std::string> cells;
    for (const auto& row : table.rows) {
        cells.insert(row[table.column(column).value()]);
    }
    return cells;
}

data::Division divided(const table::Table& table, const library::SplitSpec& how, std::uint64_t seed = 7) {
    const auto rows = data::prepare_rows(table, how);
    REQUIRE(rows.has_value());
    const auto parts = data::hold_out(*rows, how, seed);
    REQUIRE(parts.has_value());
    return data::divide(*rows, *parts, seed);
}

}  // namespace

TEST_CASE("a split depends on what the rows say, not on how the file is written") {
    const auto how = spec(library::SplitMethod::stratified);
    const auto table = sample(40);
    const auto first = divided(table, how);
    auto other = table;
    std::ranges::reverse(other.rows);
    for (auto& row : other.rows) {
        row[1] = std::to_string(std::stod(row[1]));  // "3.50" becomes "3.500000"
    }
    const auto second = divided(other, how);
    auto numeric = [](const data::Division& division) {
        std::vector<std::pair<std::string, double>> rows;
        for (const auto& row : division.test.rows) {
            rows.emplace_back(row[0], std::stod(row[1]));
        }
        return rows;
    };
    CHECK(numeric(first) == numeric(second));
    CHECK(first.truth == second.truth);
    CHECK(numeric(first) != numeric(divided(table, how, 8)));
}

// Whoever divides a table again, next year or on another machine, has to get the same rows: what learners measured, and
// what `verify` finds, hangs on it. Where this fails, a change divides otherwise; the cache of splits (made_by) and
// everybody's figures would have to change with it.
TEST_CASE("which rows fall where is fixed for good") {
    struct Case {
        library::SplitMethod method;
        std::uint64_t division;
        std::uint64_t folds;
    };
    const std::vector<Case> cases{
        {library::SplitMethod::random, 17014108198807565916U, 2001613411680141881U},
        {library::SplitMethod::stratified, 14452709297399091180U, 10108165939812985019U},
        {library::SplitMethod::grouped, 4602132506749276495U, 14919210085310280371U},
        {library::SplitMethod::chronological, 16556910011409548512U, 8668467002446339146U},
    };
    auto table = sample(60);
    for (std::size_t row = 0; row < 60; row += 7) {
        table.rows.push_back(table.rows[row]);  // identical rows, of which each has a place of its own
        table.rows.back()[0] += "again";
    }
    table.rows[3][1] = "NA";
    for (const auto& each : cases) {
        const auto how = spec(each.method);
        std::uint64_t found = 0;
        const auto add = [&found](std::string_view text) { found = hash64(text, found); };
        const auto division = divided(table, how);
        for (const auto* part : {&division.train, &division.test}) {
            for (const auto& row : part->rows) {
                std::ranges::for_each(row, add);
            }
        }
        std::ranges::for_each(division.truth, add);
        CHECK(found == each.division);

        found = 0;
        const auto folds = data::folds(*data::prepare_rows(table, how), how, 7, 4);
        REQUIRE(folds.has_value());
        for (const auto& parts : *folds) {
            for (const auto row : parts.test) {
                add(std::to_string(row));
            }
        }
        CHECK(found == each.folds);
    }
}

TEST_CASE("the learner gets no label and no dropped column, and mlpath keeps the truth") {
    const auto division = divided(sample(40), spec(library::SplitMethod::stratified));
    CHECK(division.train.columns == std::vector<std::string>{"row_id", "x", "kind", "site", "when"});
    CHECK(division.test.columns == std::vector<std::string>{"row_id", "x", "site", "when"});
    CHECK(division.train.rows.size() == 30);
    REQUIRE(division.test.rows.size() == 10);
    for (std::size_t i = 0; i < division.truth.size(); ++i) {
        const auto number = static_cast<int>(std::stod(division.test.rows[i][1]));
        CHECK(division.truth[i] == (number % 4 == 0 ? "b" : "a"));
    }
}

TEST_CASE("a stratified split keeps the share of each class") {
    const auto division = divided(sample(80), spec(library::SplitMethod::stratified));
    CHECK(std::ranges::count(division.truth, "b") == 5);
    CHECK(division.truth.size() == 20);
}

TEST_CASE("row ids are unique over both parts and tell nothing of them") {
    const auto division = divided(sample(200), spec(library::SplitMethod::random));
    std::set<int> train;
    std::set<int> test;
    for (const auto& row : division.train.rows) {
        train.insert(std::stoi(row[0]));
    }
    for (const auto& row : division.test.rows) {
        test.insert(std::stoi(row[0]));
    }
    CHECK(train.size() + test.size() == 200);
    CHECK(*std::ranges::max_element(train) <= 200);
    // If ids ran on from one part to the other, the ranges would not overlap.
    CHECK(*test.begin() < 20);
    CHECK(*test.rbegin() > 180);
}

TEST_CASE("identical rows, ids aside, fall on the same side, and so do groups") {
    table::Table table{.columns = {"id", "x", "kind"}};
    for (int i = 0; i < 60; ++i) {
        table.rows.push_back({std::to_string(i), std::to_string(i / 3), i / 3 % 2 == 0 ? "a" : "b"});
    }
    const library::SplitSpec how{
        .method = library::SplitMethod::stratified, .target = "kind", .test = 0.3, .drop = {"id"}};
    for (std::uint64_t seed = 0; seed < 20; ++seed) {
        const auto division = divided(table, how, seed);
        const auto train = cells_of(division.train, "x");
        for (const auto& value : cells_of(division.test, "x")) {
            CHECK_FALSE(train.contains(value));
        }
    }
    const auto grouped = divided(sample(100), spec(library::SplitMethod::grouped));
    const auto train = cells_of(grouped.train, "site");
    for (const auto& site : cells_of(grouped.test, "site")) {
        CHECK_FALSE(train.contains(site));
    }
}

TEST_CASE("a chronological split tests what came last and does not part equal times") {
    const auto division = divided(sample(60), spec(library::SplitMethod::chronological));
    const auto train = cells_of(division.train, "when");
    const auto test = cells_of(division.test, "when");
    CHECK(*train.rbegin() < *test.begin());
    CHECK(test.size() == 15);
}

TEST_CASE("each row is tested in one fold and trained on in the others") {
    const auto how = spec(library::SplitMethod::stratified);
    const auto rows = data::prepare_rows(sample(43), how);
    REQUIRE(rows.has_value());
    const auto folds = data::folds(*rows, how, 1, 5);
    REQUIRE(folds.has_value());
    std::map<std::size_t, int> tested;
    for (const auto& fold : *folds) {
        CHECK(fold.train.size() + fold.test.size() == 43);
        CHECK(fold.test.size() >= 8);
        for (const auto row : fold.test) {
            ++tested[row];
        }
    }
    CHECK(tested.size() == 43);
    CHECK(std::ranges::all_of(tested, [](const auto& entry) { return entry.second == 1; }));
    const auto again = data::folds(*rows, how, 2, 5);
    CHECK(again->front().test != folds->front().test);
}

TEST_CASE("folds in time train only on what came before") {
    const auto how = spec(library::SplitMethod::chronological);
    const auto rows = data::prepare_rows(sample(60), how);
    REQUIRE(rows.has_value());
    const auto folds = data::folds(*rows, how, 1, 3);
    REQUIRE(folds.has_value());
    for (const auto& fold : *folds) {
        const auto last = std::ranges::max(fold.train, {}, [&](std::size_t row) { return rows->rank[row]; });
        for (const auto row : fold.test) {
            CHECK(rows->rank[row] > rows->rank[last]);
        }
    }
}

TEST_CASE("a split that cannot be is refused with its reason") {
    struct Case {
        const char* name;
        library::SplitSpec how;
        const char* says;
    };
    auto wrong_target = spec(library::SplitMethod::random);
    wrong_target.target = "kindd";
    auto wrong_drop = spec(library::SplitMethod::random);
    wrong_drop.drop = {"kind"};
    auto wrong_time = spec(library::SplitMethod::chronological);
    wrong_time.time = "site";
    for (const auto& [name, how, says] :
         {Case{"target", wrong_target, "no column `kindd`"}, Case{"drop", wrong_drop, "drops its own target"},
          Case{"time", wrong_time, "neither numbers nor dates"}}) {
        CAPTURE(name);
        const auto rows = data::prepare_rows(sample(10), how);
        REQUIRE_FALSE(rows.has_value());
        CHECK(rows.error().message.find(says) != std::string::npos);
    }
    const auto one = data::prepare_rows(sample(1), spec(library::SplitMethod::random));
    REQUIRE(one.has_value());
    CHECK_FALSE(data::hold_out(*one, spec(library::SplitMethod::random), 1).has_value());
}

TEST_CASE("strange rows join without touching the others") {
    const auto before = divided(sample(40), spec(library::SplitMethod::stratified));
    const auto after = data::with_strange_rows(before, 1);
    CHECK(after.test.rows.size() == before.test.rows.size() + 3);
    std::set<std::vector<std::string>> rows(after.test.rows.begin(), after.test.rows.end());
    CHECK(rows.size() == after.test.rows.size());
    for (const auto& row : before.test.rows) {
        CHECK(rows.contains(row));
    }
    const auto x = after.test.column("x").value();
    CHECK(std::ranges::any_of(after.test.rows, [&](const auto& row) { return std::stod(row[x]) > 10'000; }));
    CHECK(after.train.rows == before.train.rows);
}

TEST_CASE("permuted labels keep their counts and nothing else") {
    const auto before = divided(sample(80), spec(library::SplitMethod::stratified));
    const auto after = data::with_permuted_labels(before, 1);
    CHECK(cells_of(after.train, "kind") == cells_of(before.train, "kind"));
    CHECK(after.train.rows != before.train.rows);
    CHECK(cells_of(after.train, "x") == cells_of(before.train, "x"));
    CHECK(data::with_permuted_labels(before, 2).train.rows != after.train.rows);
}

TEST_CASE("renaming keeps the shape of names, their titles, and who is whose namesake") {
    table::Table table{.columns = {"name", "kind"}};
    table.rows = {
        {"Kelly, Mrs. James", "a"}, {"Kelly, Mr. James 12", "a"}, {"Olsen, Mr. Ole", "b"}, {"Berg, Mr. Nils", "b"}};
    const library::SplitSpec how{.method = library::SplitMethod::random, .target = "kind", .test = 0.5};
    const auto before = divided(table, how);
    const auto after = data::with_renamed(before, {"name"}, 3);
    for (const auto& [old_table, new_table] :
         {std::pair{&before.train, &after.train}, std::pair{&before.test, &after.test}}) {
        for (std::size_t row = 0; row < old_table->rows.size(); ++row) {
            const auto& old_name = old_table->rows[row][1];
            const auto& new_name = new_table->rows[row][1];
            CHECK(old_name.size() == new_name.size());
            CHECK(old_name != new_name);
            CHECK(old_name.substr(old_name.find(','), 4) == new_name.substr(new_name.find(','), 4));
            CHECK(old_table->rows[row][0] != new_table->rows[row][0]);
        }
    }
}

TEST_CASE("of a table like it no row is held out that trains already, be it written otherwise or under another id") {
    auto how = spec(library::SplitMethod::stratified);
    how.drop.clear();
    how.ignore = {"id"};
    const auto rows = data::prepare_rows(sample(40), how).value();
    auto other = sample(40);  // each row is alike to one of them: all that trains here is known there
    for (auto& row : other.rows) {
        row[0] += "x";
        row[1] = std::to_string(std::stod(row[1]));
    }
    other.rows.push_back({"new", "999", "a", "s1", "1950"});
    other.rows.push_back({"twin", "3.5", "b", "s0", "1901"});  // but for the label like one that trains or is tested
    const auto others = data::prepare_rows(other, how).value();
    std::size_t left_out = 0;
    for (std::uint64_t seed = 1; seed <= 20; ++seed) {
        const auto parts = data::hold_out(rows, how, seed).value();
        // Of another seed, so that many come to lie on the other side.
        const auto theirs = data::hold_out(others, how, seed + 100).value();
        const auto kept = data::without_known(theirs, others, parts, rows).value();
        left_out += theirs.test.size() - kept.test.size();
        CHECK(kept.train == theirs.train);
        std::set<std::uint64_t> known;
        for (const auto row : parts.train) {
            known.insert(rows.alike[row]);
        }
        for (const auto row : theirs.test) {
            CHECK(std::ranges::count(kept.test, row) == (known.contains(others.alike[row]) ? 0 : 1));
        }
    }
    CHECK(left_out > 50);
    const data::Parts all{.train = {0}, .test = {1, 2, 3}};
    data::Parts every;
    for (std::size_t row = 0; row < rows.size(); ++row) {
        every.train.push_back(row);
    }
    const auto none = data::without_known(all, rows, every, rows);
    REQUIRE_FALSE(none.has_value());
    CHECK(none.error().message.find("0 test rows") != std::string::npos);
}

TEST_CASE("what the judge draws is never a row that the learner trains on, held out or in a fold") {
    // Short messages: of two draws many are alike.
    class Messages final : public data::DataProvider {
        Result<table::Table> table(const library::DataEntry& /*entry*/) override { return some(1); }
        Result<std::vector<data::Piece>> pieces(const library::DataEntry& /*entry*/) override {
            return std::vector<data::Piece>();
        }
        Result<std::optional<table::Table>> drawn(const library::DataEntry& /*entry*/, std::uint64_t seed) override {
            return some(seed + 1);
        }
        static table::Table some(std::uint64_t seed) {
            table::Table table{.columns = {"text", "kind"}};
            for (std::uint64_t i = 0; i < 400; ++i) {
                const auto word = hash64(std::to_string(i), seed) % 900;
                table.rows.push_back({"message " + std::to_string(word), word % 3 == 0 ? "spam" : "ham"});
            }
            return table;
        }
    } provider;
    const library::DataEntry entry{
        .id = "messages",
        .split = library::SplitSpec{.method = library::SplitMethod::stratified, .target = "kind", .test = 0.25}};
    const auto in_both = [](const data::Division& division) {
        const auto known = cells_of(division.train, "text");
        return std::ranges::count_if(cells_of(division.test, "text"),
                                     [&](const std::string& text) { return known.contains(text); });
    };
    for (std::uint64_t seed = 1; seed <= 50; ++seed) {
        const auto held = provider.held_out(entry, seed).value();
        CHECK(in_both(held) == 0);
        CHECK(held.test.rows.size() > 60);  // of 100
        CHECK(held.truth.size() == held.test.rows.size());
        for (std::size_t fold = 0; fold < 4; ++fold) {
            CHECK(in_both(provider.fold(entry, seed, seed + 7, fold, 4).value()) == 0);
        }
    }
}

TEST_CASE("of a table like it only what is held out is taken, under the ids of before") {
    const auto how = spec(library::SplitMethod::stratified);
    auto other = sample(48);
    for (auto& row : other.rows) {
        row[1] += "7";  // other numbers
    }
    const auto given = divided(sample(40), how);
    const auto drawn = divided(other, how);
    const auto mixed = data::held_out_of(given, drawn, how.method);
    CHECK(mixed.train.rows == given.train.rows);
    CHECK(mixed.truth == drawn.truth);
    CHECK(cells_of(mixed.test, "x") == cells_of(drawn.test, "x"));
    REQUIRE(mixed.test.rows.size() > given.test.rows.size());
    std::set<std::string> ids;
    for (std::size_t i = 0; i < mixed.test.rows.size(); ++i) {
        CHECK(ids.insert(mixed.test.rows[i].front()).second);
        if (i < given.test.rows.size()) {
            CHECK(mixed.test.rows[i].front() == given.test.rows[i].front());
        }
    }
    for (const auto& row : given.train.rows) {
        CHECK_FALSE(ids.contains(row.front()));
    }
    // What comes later goes on from what came before it.
    const auto in_time = spec(library::SplitMethod::chronological);
    const auto later = divided(other, in_time);
    const auto whole = data::held_out_of(divided(sample(40), in_time), later, in_time.method);
    CHECK(whole.train.rows == later.train.rows);
    CHECK(whole.test.rows == later.test.rows);
}
