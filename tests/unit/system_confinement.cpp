// A confinement as bytes: what the supervisor reads before it builds walls.
#include "confine/confinement.hpp"

#include <doctest/doctest.h>

using namespace mlpath;
using namespace mlpath::confine;

namespace {

Confinement whole() {
    return {.walls = Walls::name_spaces,
            .network = Network::loopback,
            .becomes = Becomes::reader,
            .user = 7,
            .group = 8,
            .folder = "/work",
            .mounts = {{Mount::Kind::scratch, "/work", "", 9}, {Mount::Kind::processes, "/proc", "", 0}},
            .rules = {{"/usr", Rule::Allows::device}},
            .filter = std::string("\6\0\0", 3),
            .limits = {.file_bytes = 1, .memory_bytes = 2, .cpu_seconds = 3, .processes = 4, .open_files = 5}};
}

template <typename Choice>
Choice beyond(Choice last) {
    return static_cast<Choice>(static_cast<std::uint8_t>(last) + 1);
}

}  // namespace

TEST_CASE("a confinement survives being sent") {
    const auto bytes = encode(whole());
    const auto back = decode(bytes);
    REQUIRE(back);
    CHECK(encode(*back) == bytes);
    CHECK(back->mounts.size() == 2);
    CHECK(back->limits.open_files == 5);
    for (std::size_t size = 0; size < bytes.size(); ++size) {
        CHECK_FALSE(decode(bytes.substr(0, size)));
    }
    CHECK_FALSE(decode(bytes + '\0'));
}

TEST_CASE("walls, networks, mounts and rules that nobody knows are none") {
    auto walls = whole();
    walls.walls = beyond(Walls::name_spaces);
    CHECK_FALSE(decode(encode(walls)));
    auto network = whole();
    network.network = beyond(Network::loopback);
    CHECK_FALSE(decode(encode(network)));
    auto mount = whole();
    mount.mounts.back().kind = beyond(Mount::Kind::processes);
    CHECK_FALSE(decode(encode(mount)));
    auto rule = whole();
    rule.rules.back().allows = beyond(Rule::Allows::device);
    CHECK_FALSE(decode(encode(rule)));
}
