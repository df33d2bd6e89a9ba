#include "base/bytes.hpp"

#include <doctest/doctest.h>

#include <limits>
#include <map>
#include <optional>
#include <vector>

namespace mlpath::test {

struct Leaf {
    std::string name{};
    std::vector<Leaf> leaves{};
    friend bool operator==(const Leaf&, const Leaf&) = default;
};
struct Everything {
    bool yes = false;
    std::int32_t small = 0;
    double real = 0;
    std::optional<std::string> maybe{};
    std::map<std::string, Leaf, std::less<>> leaves{};
    TimePoint at{};
    Day day{};
    friend bool operator==(const Everything&, const Everything&) = default;
};

template <typename V, typename Visit>
void each_field(V& v, Visit& visit) {
    const auto all = [&](auto&... field) { (visit(field), ...); };
    if constexpr (std::is_same_v<std::remove_const_t<V>, Leaf>) {
        all(v.name, v.leaves);
    } else {
        all(v.yes, v.small, v.real, v.maybe, v.leaves, v.at, v.day);
    }
}

template <typename T>
std::string bytes_of(const T& value) {
    FieldWriter writer;
    writer(value);
    return writer.take();
}

TEST_CASE("values are read as they were written, and nothing that is cut short is whole") {
    const Everything written{
        .yes = true,
        .small = -7,
        .real = 2.5,
        .maybe = "maybe",
        .leaves = {{"a", {"x", {{"y", {}}}}}, {"b", {}}},
        .at = TimePoint(std::chrono::microseconds(-5)),
        .day = Day(std::chrono::days(20'000)),
    };
    const auto bytes = bytes_of(written);
    for (std::size_t size = 0; size <= bytes.size(); ++size) {
        FieldReader reader(std::string_view(bytes).substr(0, size));
        Everything read;
        reader(read);
        CHECK(reader.whole() == (size == bytes.size()));
        CHECK((read == written) == (size == bytes.size()));
    }
    const auto more = bytes + "x";
    FieldReader longer(more);
    Everything read;
    longer(read);
    CHECK_FALSE(longer.whole());
}

TEST_CASE("what we do not write is refused") {
    const auto is_taken = [](const Everything& value) {
        const auto bytes = bytes_of(value);
        FieldReader reader(bytes);
        Everything read;
        reader(read);
        return reader.whole();
    };
    CHECK(is_taken({}));
    CHECK_FALSE(is_taken({.real = std::numeric_limits<double>::quiet_NaN()}));
    CHECK_FALSE(is_taken({.real = std::numeric_limits<double>::infinity()}));
    CHECK_FALSE(is_taken({.day = Day(std::chrono::days(4'000'000))}));
    CHECK_FALSE(is_taken({.day = Day(std::chrono::days(-4'000'000))}));

    // More entries than there are bytes, and more levels than anybody means.
    FieldReader many("\xff\xff\xff\x7f");
    std::vector<std::string> texts;
    many(texts);
    CHECK_FALSE(many.whole());
    std::string deep;
    for (int i = 0; i < 10'000; ++i) {
        deep += std::string("\0\0\0\0\1\0\0\0", 8);
    }
    FieldReader nested(deep);
    Leaf leaf;
    nested(leaf);
    CHECK_FALSE(nested.whole());
}

}  // namespace mlpath::test
