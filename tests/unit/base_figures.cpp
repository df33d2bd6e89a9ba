#include "base/figures.hpp"

#include <doctest/doctest.h>

#include <cmath>

using namespace mlpath;

TEST_CASE("numbers as people read them") {
    struct Case {
        double value;
        std::string shown;
    };
    for (const auto& [value, shown] : {Case{0.7871249161154252, "0.787"},
                                       {0.1 + 0.2, "0.3"},
                                       {1.0 / 3, "0.333"},
                                       {-2.0 / 3, "-0.667"},
                                       {0.99951, "1"},
                                       {0.05, "0.05"},
                                       {0.00012345, "0.000123"},
                                       {4.2e-7, "4.2e-07"},
                                       {0, "0"},
                                       {-0.0, "0"},
                                       {3, "3"},
                                       {1900000, "1900000"},
                                       {12.3456, "12.3"},
                                       {123.456, "123.5"},
                                       {1234567.891, "1234567.9"},
                                       {1e300, "1e+300"},
                                       {std::nan(""), "nan"},
                                       {-HUGE_VAL, "-inf"}}) {
        CAPTURE(value);
        CHECK(figure(value) == shown);
    }
    CHECK(figure(0.7871249161154252, 6) == "0.787125");
}

TEST_CASE("two numbers are told apart, however near they are") {
    using Pair = std::pair<std::string, std::string>;
    CHECK(figures_apart(0.7871249, 0.81) == Pair("0.787", "0.81"));
    CHECK(figures_apart(0.7871249, 0.7872) == Pair("0.787125", "0.7872"));
    CHECK(figures_apart(0.1 + 0.2, 0.3) == Pair("0.30000000000000004", "0.3"));
    CHECK(figures_apart(5, 5) == Pair("5", "5"));
}
