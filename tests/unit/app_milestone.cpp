// Which milestone a word means.
#include <doctest/doctest.h>

#include "app/project/milestone.hpp"

using namespace mlpath;

TEST_CASE("a milestone is named by its id, its number, or how its id or title begins") {
    library::Project project{.id = "p"};
    project.milestones = {{.id = "words", .title = "Take the text apart"},
                          {.id = "sentences", .title = "Find the sentences"},
                          {.id = "statistics", .title = "Put figures on it"},
                          {.id = "again", .title = "Words again"}};
    const std::string list = "its milestones are `words`, `sentences`, `statistics` and `again`, or 1 to 4";
    struct Case {
        std::string word;
        std::size_t index;
        std::string message{};
        std::string hint{};
    };
    for (const auto& expected : std::vector<Case>{
             {"words", 0},
             {"2", 1},
             {"4", 3},
             {"sen", 1},
             {"Take", 0},
             {"take the", 0},
             {"put-figures", 2},
             {"Find the sentences", 1},
             {"5", 9, "`p` has no milestone `5`", list},
             {"0", 9, "`p` has no milestone `0`", list},
             {"-1", 9, "`p` has no milestone `-1`", list},
             {"2x", 9, "`p` has no milestone `2x`", list},
             {"99999999999999999999999", 9, "`p` has no milestone `99999999999999999999999`", list},
             {" ", 9, "`p` has no milestone ` `", list},
             {"\x1b[2J", 9, "`p` has no milestone `\\x1b[2J`", list},
             {"sentense", 9, "`p` has no milestone `sentense`", "did you mean `sentences`? I" + list.substr(1)},
             {"s", 9, "`s` may be each of `sentences` and `statistics`", "name one of them"},
         }) {
        CAPTURE(expected.word);
        const auto found = app::find_milestone(project, expected.word);
        REQUIRE(found.has_value() == expected.message.empty());
        if (found) {
            CHECK(*found == expected.index);
        } else {
            CHECK(found.error().kind == ErrorKind::usage);
            CHECK(found.error().message == expected.message);
            CHECK(found.error().hint == expected.hint);
        }
    }
    CHECK(app::show_command("p", 1) == "mlpath show p 2");
    const auto planned = app::find_milestone({.id = "later"}, "1");
    REQUIRE_FALSE(planned);
    CHECK(planned.error().message == "`later` is planned, and has no milestones yet");
}
