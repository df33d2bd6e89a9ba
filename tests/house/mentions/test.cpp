#include "unit/kind_support.hpp"

using namespace mlpath;
using namespace mlpath::checks;
using namespace mlpath::test;

TEST_CASE("mentions: the word is there or not") {
    World world(honest);
    const auto* check = R"({"kind":"mentions","path":"notes.md","word":"hello"})";
    judge_files(world, "notes.md",
                {{"there", "hello", check, ""}, {"not there", "Hello", check, "does not mention hello"}});
    CHECK(details_of(check_of(check)) == std::vector<std::string>{"`notes.md` mentions the word hello"});
}
