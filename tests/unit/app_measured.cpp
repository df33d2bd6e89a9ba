#include <doctest/doctest.h>

#include "app/project/measured.hpp"
#include "base/files.hpp"

using namespace mlpath;
using namespace mlpath::app;

TEST_CASE("what a check counted is there for the interview, and damage is nothing counted") {
    const auto folder = std::move(*TemporaryFolder::make("mlpath-measured-"));
    CHECK(measured(folder.path(), "titanic").empty());
    checks::MilestoneResult milestone{.id = "better"};
    milestone.checks.push_back({.id = "file", .finding = {.facts = {{"mean", 0.8}}}});
    keep_measured(folder.path(), "titanic", {milestone});
    CHECK(measured(folder.path(), "titanic").empty());

    milestone.checks.push_back(
        {.id = "score", .finding = {.measurements = {{"confusion", checks::Matrix{{"0", "1"}, {{0, 69}, {0, 239}}}}}}});
    keep_measured(folder.path(), "titanic", {milestone});
    CHECK(measured(folder.path(), "titanic") == quiz::Confusion{{{"0", "1"}, 69}, {{"1", "1"}, 239}});
    CHECK(measured(folder.path(), "iris").empty());

    const auto file = folder.path() / ".mlpath/local/measured/titanic";
    const auto bytes = *read_file(file);
    for (const auto& damaged : {std::string(), std::string("x"), bytes.substr(0, bytes.size() / 2), bytes + "x"}) {
        REQUIRE(write_file(file, damaged));
        CHECK(measured(folder.path(), "titanic").empty());
    }
}
