#include <doctest/doctest.h>

#include "library/index.hpp"
#include "unit/library_support.hpp"

using namespace mlpath;
using test::sound_library;

TEST_CASE("an index comes back as it was written") {
    auto loaded = library::load(sound_library());
    REQUIRE(loaded);
    auto more = *loaded->library.curricula.find("road");
    more.id = "more";
    more.stages.front().core = {"sink"};
    loaded->library.curricula.add(more);
    const auto bytes = library::write_index(library::make_index(loaded->library));
    const auto index = library::read_index(bytes);
    REQUIRE(index);
    CHECK(library::write_index(*index) == bytes);
    const auto& road = *index->curricula.find("road");
    CHECK(road.length->ongoing);
    CHECK(road.stages.at(0).core.empty());
    CHECK(index->curricula.find("more")->stages.at(0).core == std::vector<std::string>{"sink"});
    CHECK(road.stages.at(0).length->max == 2);
    CHECK(road.stages.at(1).stages.at(0).topics.at(0).topic == "python");
    CHECK(road.stages.at(1).goals.at(0).checks.at(0).says == "There is one.");
    CHECK(road.stages.at(1).goals.at(0).checks.at(0).fields.is_null());
    const auto& sink = *index->projects.find("sink");
    CHECK(sink.version == 2);
    CHECK(sink.hours->estimate);
    CHECK(sink.datasets == std::vector<std::string>{"ships"});
    CHECK(sink.milestones.at(1).checks == 5);
    CHECK(index->projects.find("swim")->extends == "sink");
    CHECK(index->topics.find("numpy")->resource_title == "Basics");
    CHECK(index->topics.find("numpy")->skills == std::vector<std::string>{"csv"});
    CHECK(index->skills.find("csv")->title == "CSV files");
    CHECK(index->datasets.find("ships")->bytes == 30);
}

TEST_CASE("bytes that are no index are refused, wherever they stop or lie") {
    const auto loaded = library::load(sound_library());
    REQUIRE(loaded);
    const auto bytes = library::write_index(library::make_index(loaded->library));
    for (std::size_t length = 0; length < bytes.size(); ++length) {
        CAPTURE(length);
        CHECK_FALSE(library::read_index(bytes.substr(0, length)));
    }
    CHECK_FALSE(library::read_index(bytes + "x"));
    // Whatever byte is damaged, reading ends.
    for (std::size_t at = 0; at < bytes.size(); ++at) {
        auto damaged = bytes;
        damaged[at] = static_cast<char>(damaged[at] ^ 0xFF);
        const auto index = library::read_index(damaged);
        CHECK((!index || index->curricula.size() <= 1));
    }
}
