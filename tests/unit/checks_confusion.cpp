#include <doctest/doctest.h>

#include "checks/confusion.hpp"

using namespace mlpath;
using namespace mlpath::checks;

TEST_CASE("which class was taken for which, there and back") {
    Confusion confusion;
    count_confusion(confusion, {"0", "0", "1", "1"}, {"0", "1", "1", "1"});
    count_confusion(confusion, {"0"}, {"0"});
    CHECK(confusion == Confusion{{{"0", "0"}, 2}, {{"0", "1"}, 1}, {{"1", "1"}, 2}});
    Finding finding{.facts = {{"mean", 0.8}}};
    put_confusion(finding, confusion);
    REQUIRE(finding.measurements.size() == 1);
    CHECK(finding.measurements[0] == Measurement{"confusion", Matrix{{"0", "1"}, {{2, 1}, {0, 2}}}});
    CHECK(confusion_of(finding) == confusion);
    CHECK(confusion_of({.facts = {{"mean", 0.8}, {"confusion", 1}}}).empty());
    CHECK(confusion_of({.measurements = {{"confusion", Series{{1, 2}}}}}).empty());
}

TEST_CASE("labels that cannot be shown, or too many of them, are not told") {
    for (const auto& [truth, predictions] : std::vector<std::pair<std::vector<std::string>, std::vector<std::string>>>{
             {{"a", "b", "c", "d", "e", "f"}, {"a", "b", "c", "d", "e", "f"}},
             {{"0"}, {"\x1b[31m"}},
             {{"0"}, {""}},
             {{"0"}, {std::string(100, 'x')}}}) {
        Confusion confusion;
        count_confusion(confusion, truth, predictions);
        Finding finding;
        put_confusion(finding, confusion);
        CHECK(finding.measurements.empty());
    }
}
