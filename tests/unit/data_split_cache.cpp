#include <doctest/doctest.h>

#include "data/split_cache.hpp"

using namespace mlpath;

namespace {

data::Division division_of(std::size_t rows) {
    data::Division division{
        .train = {.columns = {"row_id", "x", "y"}}, .test = {.columns = {"row_id", "x"}}, .target = "y"};
    for (std::size_t i = 0; i < rows; ++i) {
        division.train.rows.push_back({std::to_string(i), "a,\"b\"", "ä"});
    }
    division.test.rows.push_back({"9", ""});
    division.truth = {"1"};
    return division;
}

constexpr std::size_t large = 5000;

}  // namespace

TEST_CASE("a split that was kept comes back as it was, and only under its own key") {
    const auto folder = TemporaryFolder::make("mlpath-test-");
    REQUIRE(folder.has_value());
    const data::SplitCache cache(folder->path() / "splits");
    const auto division = division_of(large);
    REQUIRE(cache.keep("k1", division));
    const auto found = cache.find("k1");
    REQUIRE(found.has_value());
    CHECK(found->train.rows == division.train.rows);
    CHECK(found->train.columns == division.train.columns);
    CHECK(found->test.rows == division.test.rows);
    CHECK(found->truth == division.truth);
    CHECK(found->target == "y");
    CHECK_FALSE(cache.find("k2").has_value());
}

TEST_CASE("a damaged split is none, and a small one is not worth keeping") {
    const auto folder = TemporaryFolder::make("mlpath-test-");
    REQUIRE(folder.has_value());
    const data::SplitCache cache(folder->path());
    REQUIRE(cache.keep("k", division_of(large)));
    auto text = read_file(folder->path() / "k.json");
    REQUIRE(text.has_value());
    for (const std::size_t at : {std::size_t{0}, std::size_t{33}, text->size() / 2, text->size() - 1}) {
        auto damaged = *text;
        damaged[at] = damaged[at] == 'x' ? 'y' : 'x';
        REQUIRE(write_file(folder->path() / "k.json", damaged).has_value());
        CHECK_FALSE(cache.find("k").has_value());
    }
    REQUIRE(cache.keep("small", division_of(10)));
    CHECK_FALSE(cache.find("small").has_value());
}

TEST_CASE("the key changes with everything that decides a split") {
    const library::SplitSpec spec{
        .method = library::SplitMethod::stratified, .target = "y", .test = 0.2, .drop = {"id"}};
    const auto key = data::SplitCache::key_of("data", spec, 1);
    CHECK(key == data::SplitCache::key_of("data", spec, 1));
    CHECK(key != data::SplitCache::key_of("other", spec, 1));
    CHECK(key != data::SplitCache::key_of("data", spec, 2));
    auto changed = spec;
    changed.test = 0.25;
    CHECK(key != data::SplitCache::key_of("data", changed, 1));
    changed = spec;
    changed.drop = {};
    changed.ignore = {"id"};
    CHECK(key != data::SplitCache::key_of("data", changed, 1));
}
