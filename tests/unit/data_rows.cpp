// Tables that cannot be divided say why; those that can are divided as promised.
#include "data/rows.hpp"

#include <doctest/doctest.h>

#include <set>

#include "data/probe.hpp"
#include "data/split.hpp"

using namespace mlpath;
using namespace mlpath::data;
using library::SplitMethod;

namespace {

table::Table labelled(const std::vector<std::string>& labels) {
    table::Table table{.columns = {"x", "y"}};
    for (std::size_t i = 0; i < labels.size(); ++i) {
        table.rows.push_back({std::to_string(i), labels[i]});
    }
    return table;
}

library::SplitSpec by(SplitMethod method) {
    return {.method = method, .target = "y", .group = "g", .time = "t", .test = 0.25};
}

}  // namespace

TEST_CASE("labels that are none are refused, with their row") {
    for (const auto* label : {"", " ", "nan", "NA", "None", "inf", "-inf", "1e999"}) {
        CAPTURE(label);
        const auto rows = prepare_rows(labelled({"1", "2", label, "3"}), by(SplitMethod::random));
        REQUIRE_FALSE(rows.has_value());
        CHECK(rows.error().kind == ErrorKind::malformed);
        CHECK(rows.error().message.starts_with("row 3 has "));
    }
    CHECK(prepare_rows(labelled({"1", "yes", "infinite"}), by(SplitMethod::random)).has_value());
}

TEST_CASE("one class alone cannot be stratified, and no rows cannot be divided") {
    const auto one = prepare_rows(labelled({"a", "a", "a", "a"}), by(SplitMethod::stratified));
    REQUIRE_FALSE(one.has_value());
    CHECK(one.error().message.find("nothing to stratify by") != std::string::npos);
    CHECK(prepare_rows(labelled({"a", "a", "a", "a"}), by(SplitMethod::random)).has_value());
    for (const auto method : {SplitMethod::random, SplitMethod::stratified}) {
        const auto none = prepare_rows(labelled({}), by(method));
        REQUIRE(none.has_value());
        CHECK_FALSE(hold_out(*none, by(method), 1).has_value());
        CHECK_FALSE(folds(*none, by(method), 1, 5).has_value());
    }
}

TEST_CASE("a quantity is stratified by tenths, so that every test part spans it") {
    std::vector<std::string> labels;
    for (int i = 0; i < 400; ++i) {
        labels.push_back(std::to_string(i * i) + ".5");
    }
    const auto spec = by(SplitMethod::stratified);
    const auto rows = prepare_rows(labelled(labels), spec);
    REQUIRE(rows.has_value());
    CHECK(std::set<std::size_t>(rows->stratum.begin(), rows->stratum.end()).size() == 10);
    const auto parts = hold_out(*rows, spec, 3);
    REQUIRE(parts.has_value());
    CHECK(parts->test.size() == 100);
    std::map<std::size_t, int> tested;
    for (const auto row : parts->test) {
        ++tested[rows->stratum[row]];
    }
    for (const auto& [stratum, count] : tested) {
        CHECK(count == 10);
    }
}

TEST_CASE("a group that is larger than the test part stays in training") {
    table::Table table{.columns = {"x", "g", "y"}};
    for (int i = 0; i < 100; ++i) {
        table.rows.push_back({std::to_string(i), i < 80 ? "big" : "g" + std::to_string(i / 5), i % 2 == 0 ? "a" : "b"});
    }
    const auto spec = by(SplitMethod::grouped);
    const auto rows = prepare_rows(table, spec);
    REQUIRE(rows.has_value());
    for (std::uint64_t seed = 0; seed < 20; ++seed) {
        const auto parts = hold_out(*rows, spec, seed);
        REQUIRE(parts.has_value());
        CHECK(parts->test.size() <= 25);
        CHECK(parts->train.size() >= 80);
    }
    table.rows.resize(80);
    const auto alone = prepare_rows(table, spec);
    REQUIRE(alone.has_value());
    const auto refused = hold_out(*alone, spec, 1);
    REQUIRE_FALSE(refused.has_value());
    CHECK(refused.error().message.find("stay together") != std::string::npos);
}

TEST_CASE("times are numbers or dates in full; others have no order that can be trusted") {
    const auto ordered = [](const std::vector<std::string>& times) {
        table::Table table{.columns = {"t", "y"}};
        for (const auto& time : times) {
            table.rows.push_back({time, std::to_string(table.rows.size())});
        }
        return prepare_rows(table, by(SplitMethod::chronological)).has_value();
    };
    CHECK(ordered({"2026-11-20", "2026-11-21T10:00"}));
    CHECK(ordered({"3", "1e3"}));
    CHECK_FALSE(ordered({"2026-1-5", "2026-01-10"}));  // as texts these two would change places
    CHECK_FALSE(ordered({"20.11.2026", "21.11.2026"}));
    CHECK_FALSE(ordered({"3", "2026-11-20"}));
    CHECK_FALSE(ordered({"2026-11-20", ""}));
}

TEST_CASE("a strange row keeps the kind of every column") {
    table::Table table{.columns = {"whole", "real", "word", "truth", "date", "gap", "nothing", "y"}};
    for (int i = 0; i < 20; ++i) {
        table.rows.push_back({std::to_string(i), std::to_string(i) + ".25", i % 2 == 0 ? "red" : "blue",
                              i % 2 == 0 ? "True" : "False", "2026-11-" + std::to_string(10 + i % 9),
                              i % 4 == 0 ? "" : "7", "", i % 2 == 0 ? "a" : "b"});
    }
    const auto spec = by(SplitMethod::stratified);
    const auto rows = prepare_rows(table, spec);
    REQUIRE(rows.has_value());
    const auto before = divide(*rows, *hold_out(*rows, spec, 1), 1);
    const auto after = with_strange_rows(before, 1);
    std::set<std::vector<std::string>> known(before.test.rows.begin(), before.test.rows.end());
    bool has_gap = false;
    std::size_t strangers = 0;
    for (const auto& row : after.test.rows) {
        if (known.contains(row)) {
            continue;
        }
        ++strangers;
        const auto cell = [&](const char* name) { return row[*after.test.column(name)]; };
        CHECK(cell("whole").find('.') == std::string::npos);
        CHECK(table::parse_cell(cell("whole")).number > 1000);
        CHECK(table::parse_cell(cell("real")).kind == table::CellKind::number);
        CHECK_FALSE((cell("word") == "red" || cell("word") == "blue"));
        CHECK((cell("truth") == "True" || cell("truth") == "False"));
        CHECK(cell("date").starts_with("2026-11-"));
        CHECK(cell("nothing").empty());
        has_gap = has_gap || cell("gap").empty();
    }
    CHECK(strangers == 3);
    CHECK(has_gap);
}
