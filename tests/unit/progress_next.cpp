#include <doctest/doctest.h>

#include "progress/next.hpp"
#include "progress/overview.hpp"
#include "unit/progress_support.hpp"

using namespace mlpath;
using namespace mlpath::progress;
using namespace mlpath::test;

namespace {

library::Stage stage(std::string id, std::vector<library::ProjectRef> projects,
                     std::vector<std::string> requires_stages = {}, std::vector<library::TopicRef> topics = {}) {
    library::Stage made;
    made.title = "Stage " + id;
    made.id = std::move(id);
    made.projects = std::move(projects);
    made.requires_stages = std::move(requires_stages);
    made.topics = std::move(topics);
    return made;
}

library::Index index_of(std::vector<library::Stage> stages, std::vector<library::IndexProject> projects,
                        std::vector<library::IndexTopic> topics = {}) {
    library::Index index;
    index.curricula.add({.id = "levels", .title = "Levels", .stages = std::move(stages)});
    for (auto& made : projects) {
        index.projects.add(std::move(made));
    }
    for (auto& made : topics) {
        index.topics.add(std::move(made));
    }
    return index;
}

// "project iris", "milestone iris/load", "topic numpy", "finished": what is next, in short.
std::string in_short(const NextThing& thing) {
    std::string text(to_string(thing.kind));
    text += thing.project.empty() ? "" : " " + thing.project;
    text += thing.milestone.empty() ? "" : "/" + thing.milestone;
    return text + (thing.topic.empty() && thing.goal.empty() ? "" : " " + thing.topic + thing.goal);
}

struct Case {
    std::string name;
    std::vector<Event> events;
    std::string expected;
    std::string here{};
};

void check_cases(const library::Index& index, const std::vector<Case>& cases) {
    for (const auto& [name, events, expected, here] : cases) {
        CAPTURE(name);
        const auto state = replay(dated(events));
        const Followed followed{index, {"levels"}, here};
        const auto advice = next(followed, state);
        CHECK(in_short(advice.next) == expected);
        CHECK_FALSE(advice.next.why.empty());
        const auto all = frontier(followed, state);
        CHECK((all.empty() ? "finished" : in_short(all.front())) == expected);
    }
}

library::IndexProject with_topics(library::IndexProject made, std::vector<std::string> topics) {
    made.requires_topics = std::move(topics);
    return made;
}

// The shape of the real one: a first stage whose first entries are planned or ask for something.
library::Index levels() {
    auto tuned = project("tuned", {"a"}, {"iris"});
    auto big = project("big", {"a", "b"});
    big.satisfies = {"small", "old"};
    return index_of(
        {stage("zero", {{.project = "notebook"}, {.project = "stats"}, {.project = "text"}}, {},
               {{.topic = "python"}, {.topic = "numpy"}, {.topic = "extra", .optional = true}}),
         stage(
             "one",
             {{.project = "tuned"}, {.project = "iris", .heading = "Flowers"}, {.project = "bonus", .optional = true}},
             {"zero"}, {{.topic = "sklearn"}}),
         stage("two",
               {{.choose = 2,
                 .from = {{.project = "small"}, {.project = "medium"}, {.project = "big"}, {.project = "later"}}}},
               {"one"})},
        {planned("notebook"), with_topics(project("stats", {"mean", "sd"}), {"numpy"}),
         project("text", {"count", "rank"}), with_topics(project("iris", {"load", "fit"}), {"sklearn"}), tuned,
         project("bonus", {"a"}), project("small", {"a"}), project("medium", {"a"}), big, planned("later"),
         project("elsewhere", {"a"})},
        {topic("python"), topic("numpy", {"python"}), topic("sklearn", {"pandas", "numpy"}), topic("pandas", {"numpy"}),
         topic("extra")});
}

std::vector<Event> pass(const library::Index& index, const std::vector<std::string>& projects) {
    std::vector<Event> events;
    for (const auto& id : projects) {
        events.push_back(started(id));
        for (const auto& milestone : index.projects.find(id)->milestones) {
            events.push_back(checked(id, milestone.id, true));
        }
    }
    return events;
}

std::vector<Event> operator+(std::vector<Event> a, const std::vector<Event>& b) {
    a.insert(a.end(), b.begin(), b.end());
    return a;
}

}  // namespace

TEST_CASE("what is next") {
    const auto index = levels();
    const auto zero = pass(index, {"text", "stats"});
    const auto one = zero + pass(index, {"iris", "tuned"});
    check_cases(
        index,
        {{"nothing yet: a win, not the first entry, not a book", {}, "project text"},
         {"words alone are no beginning", {said("python")}, "project text"},
         {"stood in a project that the journal does not know", {}, "milestone stats/mean", "stats"},
         {"stood in what nobody knows", {}, "project text", "mystery"},
         {"begun", {started("text")}, "milestone text/count"},
         {"one done", {started("text"), checked("text", "count", true)}, "milestone text/rank"},
         {"out of order", {started("text"), checked("text", "rank", true)}, "milestone text/count"},
         {"the latest begun goes first", {started("text"), started("stats")}, "milestone stats/mean"},
         {"but where one stands goes before", {started("text"), started("stats")}, "milestone text/count", "text"},
         {"open again before everything",
          pass(index, {"text"}) + std::vector{checked("text", "count", false), started("stats")},
          "open-again text/count"},
         {"a failure of what never passed is not open again",
          {checked("text", "count", false)},
          "milestone text/count"},
         {"the next of the stage, planned ones passed over", pass(index, {"text"}), "project stats"},
         {"prerequisites outrank the order of lists", zero, "project iris"},
         {"then what waited for it", zero + pass(index, {"iris"}), "project tuned"},
         {"a stage waits for the one that it requires", pass(index, {"text", "iris", "tuned"}), "project stats"},
         {"a choice", one, "project small"},
         {"a choice half made", one + pass(index, {"medium"}), "project small"},
         {"a choice made: what is optional", one + pass(index, {"medium", "small"}), "project bonus"},
         {"one that satisfies another makes it done", one + pass(index, {"big"}), "project bonus"},
         {"begun of a choice", one + pass(index, {"medium"}) + std::vector{started("big")}, "milestone big/a"},
         {"begun and satisfied by another asks no more", one + std::vector{started("small")} + pass(index, {"big"}),
          "project bonus"},
         {"in no curriculum but begun", one + pass(index, {"big", "bonus"}) + std::vector{started("elsewhere")},
          "milestone elsewhere/a"},
         {"only learning is left", one + pass(index, {"big", "bonus"}), "topic python"},
         {"and nothing",
          one + pass(index, {"big", "bonus"}) +
              std::vector{said("python"), said("numpy"), said("sklearn"), said("pandas"), said("extra")},
          "finished"},
         {"a project that the library does not know changes nothing",
          {started("gone"), checked("gone", "a", true)},
          "project text"},
         {"a milestone that the template dropped changes nothing",
          {checked("text", "dropped", true), checked("text", "dropped", false)},
          "milestone text/count"}});
}

TEST_CASE("what is said beside it") {
    const auto index = levels();
    const Followed followed{index, {"levels", "gone"}, {}};
    auto first = next(followed, {});
    CHECK(first.next.title == "The text");
    CHECK(first.next.stage_title == "Stage zero");
    CHECK(first.next.milestone_title == "Title of count");
    CHECK(first.next.total == 2);
    REQUIRE(first.learn.size() == 2);  // the stage's own, none that is optional
    CHECK(first.learn[0].topic == "python");
    CHECK(first.learn[1].topic == "numpy");
    REQUIRE(first.notes.size() == 2);
    CHECK(first.notes[0].find("`gone`") != std::string::npos);
    CHECK(first.notes[1] == "planned and not there yet, so passed over: `notebook`");

    const auto zero = replay(dated(pass(index, {"text", "stats"}) + std::vector{said("python")}));
    const auto iris = next({index, {"levels"}, {}}, zero);
    CHECK(iris.next.title == "The iris");  // not the curriculum's heading: the same words as in `list`
    CHECK(iris.next.why == "`tuned` builds on it");
    std::vector<std::string> learn;
    for (const auto& advice : iris.learn) {
        learn.push_back(advice.topic);
    }
    // Each after what it requires, and none that a project has shown: `stats` requires numpy.
    CHECK(learn == std::vector<std::string>{"pandas", "sklearn"});

    const auto one = replay(dated(pass(index, {"text", "stats", "iris", "tuned"})));
    const auto choice = next({index, {"levels"}, {}}, one).next;
    CHECK(choice.choose == 2);
    CHECK(choice.others == std::vector<std::string>{"medium", "big"});
    CHECK(choice.why.find("choose 2 of 4") != std::string::npos);
}

TEST_CASE("curricula of other shapes") {
    SUBCASE("stages that hold topics and goals alone come in order, after the first win") {
        auto learn = stage("learn", {}, {}, {{.topic = "numpy"}});
        learn.goals = {{.id = "repo", .text = "Have a repository"}};
        const auto index =
            index_of({learn, stage("build", {{.project = "a"}, {.project = "b"}}, {"learn"})},
                     {project("a", {"m"}), project("b", {"m"})}, {topic("python"), topic("numpy", {"python"})});
        check_cases(index, {{"first", {}, "project a"},
                            {"then", pass(index, {"a"}), "topic python"},
                            {"and", pass(index, {"a"}) + std::vector{said("python")}, "topic numpy"},
                            {"goal", pass(index, {"a"}) + std::vector{said("python"), said("numpy")}, "goal repo"}});
        auto all = pass(index, {"a"}) + std::vector{said("python"), said("numpy")};
        all.push_back({.type = EventType::said, .goal = "repo"});
        check_cases(index, {{"projects", all, "project b"}});
    }
    SUBCASE("projects and stages that wait for each other do not hang") {
        const auto index =
            index_of({stage("a", {{.project = "x"}}, {"b"}), stage("b", {{.project = "y"}}, {"a"})},
                     {project("x", {"m"}, {"y"}), project("y", {"m"}, {"x"})}, {topic("s", {"t"}), topic("t", {"s"})});
        check_cases(index, {{"first", {started("z")}, "project y"}});
        auto both = index_of({}, {project("x", {"m"}), project("y", {"m"})});
        library::Index circle;
        auto x = project("x", {"m"});
        x.satisfies = {"y"};
        auto y = project("y", {"m"});
        y.satisfies = {"x"};
        circle.projects.add(x);
        circle.projects.add(y);
        CHECK(is_done(circle, replay(dated({checked("x", "m", true)})), "y"));
    }
    SUBCASE("nested stages take over what is required around them") {
        auto outer = stage("outer", {}, {"first"});
        outer.stages = {stage("inner", {{.project = "b"}})};
        const auto index = index_of({outer, stage("first", {{.project = "a"}, {.project = "c"}})},
                                    {project("a", {"m"}), project("b", {"m"}), project("c", {"m"})});
        check_cases(index,
                    {{"first", pass(index, {"a"}), "project c"}, {"then", pass(index, {"a", "c"}), "project b"}});
    }
    SUBCASE("a requirement that is only planned, or in no curriculum, holds nobody up forever") {
        const auto index = index_of({stage("s", {{.project = "a"}, {.project = "b"}})},
                                    {project("a", {"m"}, {"never"}), planned("never"), project("b", {"m"}, {"outside"}),
                                     project("outside", {"m"}), project("w", {"m"})});
        check_cases(index, {{"planned", {started("gone"), said("x")}, "project a"},
                            {"outside", pass(index, {"a"}), "project outside"}});
    }
    SUBCASE("no curriculum at all") {
        const library::Index index;
        CHECK(next({index, {}, {}}, {}).next.kind == NextKind::finished);
    }
}

TEST_CASE("a project proves the topics that it requires, and nobody offers them again") {
    const auto index = levels();
    const auto state = replay(dated(pass(index, {"text", "stats"})));
    const Followed followed{index, {"levels"}, {}};
    for (const auto& thing : frontier(followed, state)) {
        CHECK(thing.topic != "numpy");
    }
    const auto zero = overview(followed, state).curricula.front().stages.front();
    CHECK(zero.topics == Count{1, 2});
    CHECK(zero.proved_topics == 1);
    CHECK(zero.passed_topics == 0);
    const auto& numpy = zero.topic_list.at(1);
    CHECK(numpy.project == "stats");
    CHECK(numpy.proved == minute(5));
    CHECK_FALSE(numpy.said);
    CHECK(numpy.done);
    // What a project satisfies is credited to the project that was built; what is open again proves nothing.
    auto again = pass(index, {"text", "stats"});
    again.push_back(checked("stats", "sd", false));
    CHECK_FALSE(overview(followed, replay(dated(again))).curricula.front().stages.front().topic_list.at(1).done);
}

TEST_CASE("the goals of a stage come behind its projects, and hold up what requires it") {
    auto first = stage("first", {{.project = "a"}});
    first.goals = {{.id = "repo", .text = "Have a repository"}};
    const auto index =
        index_of({first, stage("second", {{.project = "b"}}, {"first"})}, {project("a", {"m"}), project("b", {"m"})});
    auto reached = pass(index, {"a"});
    reached.push_back({.type = EventType::said, .goal = "repo"});
    check_cases(index, {{"the goal", pass(index, {"a"}), "goal repo"}, {"then on", reached, "project b"}});
    CHECK_FALSE(overview({index, {"levels"}}, replay(dated(pass(index, {"a"})))).curricula.front().stages[0].done);
    CHECK(overview({index, {"levels"}}, replay(dated(reached))).curricula.front().stages[0].done);
}

TEST_CASE("progress is counted") {
    const auto index = levels();
    auto events = pass(index, {"text", "big"}) + std::vector{started("stats"),
                                                             checked("stats", "mean", true),
                                                             checked("stats", "mean", false),
                                                             said("numpy"),
                                                             said("extra"),
                                                             started("elsewhere")};
    const auto state = replay(dated(events));
    const auto view = overview({index, {"levels"}, {}}, state);
    REQUIRE(view.curricula.size() == 1);
    const auto& levels_view = view.curricula.front();
    REQUIRE(levels_view.stages.size() == 3);
    const auto& zero = levels_view.stages[0];
    CHECK(zero.projects == Count{1, 2});
    CHECK(zero.milestones == Count{2, 4});
    CHECK(zero.topics == Count{1, 2});
    CHECK(zero.planned == 1);
    CHECK(zero.current);
    CHECK(zero.project_list[0].standing == ProjectStanding::planned);
    CHECK(zero.project_list[1].standing == ProjectStanding::started);
    CHECK(zero.project_list[2].standing == ProjectStanding::done);
    CHECK(zero.topic_list[1].said.has_value());
    const auto& two = levels_view.stages[2];
    CHECK(two.projects == Count{2, 2});  // two of four are to be chosen; big is done and satisfies small
    CHECK(two.project_list[0].standing == ProjectStanding::satisfied);
    CHECK(two.planned == 1);
    CHECK(levels_view.stages[1].projects == Count{0, 2});  // what is optional does not count
    CHECK(levels_view.projects == Count{3, 6});
    REQUIRE(view.open_again.size() == 1);
    CHECK(view.open_again[0].project == "stats");
    CHECK(view.open_again[0].milestone == "mean");
    CHECK(view.open_again[0].title == "Title of mean");
    CHECK(in_short(view.next) == "open-again stats/mean");
    REQUIRE(view.others.size() == 1);
    CHECK(view.others[0].id == "elsewhere");
}

namespace {

// Two of five are core, of the next stage all; the core of the first asks for the short topic alone.
library::Index with_core() {
    auto zero = stage("zero",
                      {{.project = "later"},
                       {.project = "games"},
                       {.project = "text"},
                       {.project = "csv"},
                       {.project = "notes"},
                       {.project = "extra", .optional = true}},
                      {}, {{.topic = "python"}, {.topic = "numpy"}});
    zero.core = {"later", "text", "csv"};
    return index_of({zero, stage("one", {{.project = "iris"}}, {"zero"})},
                    {planned("later"), project("games", {"a"}), with_topics(project("text", {"a", "b"}), {"pages"}),
                     with_topics(project("csv", {"a"}), {"numpy"}), planned("notes"), project("extra", {"a"}),
                     with_topics(project("iris", {"a"}), {"numpy"})},
                    {topic("pages"), topic("python", {"pages"}), topic("numpy", {"pages"})});
}

}  // namespace

TEST_CASE("the core comes first, and the rest is named beside it") {
    const auto index = with_core();
    const auto core = pass(index, {"text", "csv"});
    check_cases(index, {{"the first win is of the core", {}, "project text"},
                        {"the core in its order", pass(index, {"text"}), "project csv"},
                        {"the core of a stage opens the next", core, "project iris"},
                        {"then what is more practice", core + pass(index, {"iris"}), "project games"},
                        {"then what is optional", core + pass(index, {"iris", "games"}), "project extra"},
                        {"what was begun goes on", {started("games")}, "milestone games/a"},
                        {"what was done beside the core is fine", pass(index, {"games"}), "project text"}});
    const auto at = [&](const std::vector<Event>& events) {
        return next({index, {"levels"}, {}}, replay(dated(events)));
    };
    const auto first = at({});
    CHECK(first.next.core);
    CHECK(first.more.projects == std::vector<std::string>{"games"});
    CHECK(first.more.planned == 1);
    CHECK(first.notes.back() == "planned and not there yet, so passed over: `later`");
    REQUIRE(first.learn.size() == 3);
    CHECK(first.learn[0].topic == "pages");
    CHECK(first.learn[0].asked);
    CHECK_FALSE(first.learn[1].asked);
    const auto after = at(core + pass(index, {"iris"}));
    CHECK_FALSE(after.next.core);
    CHECK(after.next.why == "more practice in Stage zero");
    CHECK(after.more.projects.empty());
    CHECK_FALSE(at({started("games")}).next.core);
    CHECK(at({started("extra")}).next.optional);
    // Who has learned what builds on the first pages is not sent back to them.
    const auto knows = at({said("python")});
    REQUIRE(knows.learn.size() == 1);
    CHECK(knows.learn[0].topic == "numpy");
}

TEST_CASE("where none of the core can be built yet, its topics are next, and the rest waits") {
    auto zero =
        stage("zero", {{.project = "later"}, {.project = "games"}, {.project = "sooner"}}, {}, {{.topic = "python"}});
    zero.core = {"later", "sooner"};
    const auto index = index_of({zero, stage("one", {{.project = "iris"}}, {"zero"})},
                                {planned("later"), project("games", {"a"}), planned("sooner"), project("iris", {"a"})},
                                {topic("python")});
    check_cases(index, {{"a first win", {}, "project iris"},
                        {"the topic", {started("gone"), started("iris"), checked("iris", "a", true)}, "topic python"},
                        {"the rest", pass(index, {"iris"}) + std::vector{said("python")}, "project games"}});
}

TEST_CASE("the core is counted first") {
    const auto index = with_core();
    const auto view = overview({index, {"levels"}, {}}, replay(dated(pass(index, {"text", "games"}))));
    const auto& zero = view.curricula.front().stages.front();
    CHECK(zero.has_more);
    CHECK(zero.core == Count{1, 2});
    CHECK(zero.projects == Count{2, 3});
    CHECK_FALSE(zero.done);
    std::vector<std::string> order;
    for (const auto& project : zero.project_list) {
        order.push_back(project.id + (project.optional ? "?" : project.core ? "!" : ""));
    }
    CHECK(order == std::vector<std::string>{"later!", "text!", "csv!", "games", "notes", "extra?"});
    const auto& one = view.curricula.front().stages.at(1);
    CHECK_FALSE(one.has_more);
    CHECK(one.core == one.projects);
    CHECK(view.curricula.front().has_more);
    CHECK(view.curricula.front().core == Count{1, 3});
}
