#include <doctest/doctest.h>

#include <cmath>

#include "checks/finding_json.hpp"
#include "checks/measurements.hpp"

using namespace mlpath;
using namespace mlpath::checks;

TEST_CASE("measurements are written and read again") {
    const std::vector<Measurement> all{{"improvement", Series{{0.1, -2, 1e300}}},
                                       {"precision", Curve{"recall", "precision", {{0, 1}, {1, 0.5}}}},
                                       {"confusion", Matrix{{"no", "two words"}, {{2, 1}, {0, 2}}}},
                                       {"figure", Picture{"iVBORw0KGgoAAA==", "rooms against price"}},
                                       {"nothing", Series{}}};
    CHECK(measurements_from(json_of(all)) == all);
    const Finding finding{.message = "m", .facts = {{"mean", 1}}, .measurements = all};
    const auto kept = json_of(finding);
    REQUIRE(kept);
    CHECK(finding_from(*kept)->measurements == all);
}

TEST_CASE("what is none is not told, and not believed") {
    for (const auto& bad :
         std::vector<Measurement>{{"", Series{}},
                                  {"a", Series{{NAN}}},
                                  {"a", Curve{"x", "y", {{0, INFINITY}}}},
                                  {"a", Curve{"\xff", "y", {}}},
                                  {"a", Matrix{{"\xff"}, {{1}}}},
                                  {"a", Picture{"", "x"}},
                                  {"a", Picture{"R0lGODdhAAAA", "x"}},
                                  {"a", Picture{"iVBORw0KGgo\"><script>//", "x"}},
                                  {"a", Picture{"iVBORw0KGgoAAAA=====", "x"}},
                                  {"a", Picture{"iVBORw0KGgoA" + std::string(most_picture, 'A'), "x"}},
                                  {"a", Picture{"iVBORw0KGgoA", "\xff"}},
                                  {std::string(201, 'a'), Series{}}}) {
        CHECK_FALSE(json_of(bad));
        CHECK_FALSE(json_of(Finding{.measurements = {bad}}));
    }
    for (const auto* text :
         {"7", "{}", R"({"name":"a"})", R"({"name":"a","kind":"series"})", R"({"name":"a","kind":"pie","values":[]})",
          R"({"name":"a","kind":"series","values":["1"]})", R"({"name":"a","kind":"series","values":[1e999]})",
          R"({"name":7,"kind":"series","values":[]})", R"({"name":"a","kind":"curve","points":[[1]]})",
          R"({"name":"a","kind":"curve","points":[1]})", R"({"name":"a","kind":"matrix","labels":["x"],"cells":[]})",
          R"({"name":"a","kind":"matrix","labels":["x"],"cells":[[1,2]]})",
          R"({"name":"a","kind":"matrix","labels":[1],"cells":[[1]]})"}) {
        CAPTURE(text);
        CHECK_FALSE(measurement_from(Json::parse(text, nullptr, false)));
    }
}

TEST_CASE("no more than is useful is taken, and each name once") {
    auto many = Json::array();
    for (std::size_t i = 0; i < 2 * most_measurements; ++i) {
        many.push_back({{"name", std::to_string(i / 2)}, {"kind", "series"}, {"values", Json::array()}});
    }
    many.push_back({{"name", "large"}, {"kind", "series"}, {"values", std::vector<double>(most_numbers + 1)}});
    CHECK(measurements_from(many).size() == most_measurements);
    CHECK(measurements_from(Json::array({many.back()})).empty());
    CHECK(measurements_from(Json()).empty());
}
