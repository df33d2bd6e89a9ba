#include "checks/variation.hpp"

#include <doctest/doctest.h>

using namespace mlpath::checks;

TEST_CASE("a variation is of the values in any order") {
    CHECK(variation_of({}) == Variation{});
    CHECK(variation_of({0.5}) == Variation{1, 0.5, 0.5, 0.5});
    CHECK(variation_of({3, 1, 2}) == Variation{3, 1, 2, 3});
    CHECK(variation_of({4, -1, 2, 3}) == Variation{4, -1, 2.5, 4});
    CHECK(variation_of({7, 7, 0, 7}) == Variation{4, 0, 7, 7});
}
