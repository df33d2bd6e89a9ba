#include <doctest/doctest.h>

#include "base/pattern.hpp"

using mlpath::Pattern;

TEST_CASE("a pattern finds text, line by line") {
    struct Case {
        const char* expression;
        const char* text;
        bool found;
    };
    for (const auto& [expression, text, found] :
         {Case{"^two$", "one\ntwo\nthree", true}, Case{"^wo$", "one\ntwo", false},
          Case{"(?i)ACCURACY", "accuracy: 0.9", true}, Case{"a.b", "a\nb", false}}) {
        CAPTURE(expression);
        const auto pattern = Pattern::compile(expression);
        REQUIRE(pattern.has_value());
        CHECK(pattern->found_in(text) == found);
    }
}

TEST_CASE("a long line neither overflows nor stalls") {
    const auto pattern = Pattern::compile("(a*)*b");
    REQUIRE(pattern.has_value());
    CHECK_FALSE(pattern->found_in(std::string(1'000'000, 'a')));
}

TEST_CASE("groups of all matches come in order, empty ones too") {
    const auto numbers = Pattern::compile("AUC: *([0-9.]+)");
    REQUIRE(numbers.has_value());
    CHECK(numbers->all_in("AUC: 0.85\nx\nAUC:0.9") == std::vector<std::string>{"0.85", "0.9"});
    const auto nothing = Pattern::compile("x*");
    REQUIRE(nothing.has_value());
    CHECK(nothing->all_in("ab").size() == 3);
}

TEST_CASE("what is no expression is said to be none") {
    const auto pattern = Pattern::compile("(open");
    REQUIRE_FALSE(pattern.has_value());
    CHECK(pattern.error().kind == mlpath::ErrorKind::malformed);
    CHECK(Pattern::compile(mlpath::pattern_quote("(open"))->found_in("an (open one"));
}
