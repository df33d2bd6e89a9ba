#include "progress/schedule.hpp"

#include <doctest/doctest.h>

#include <random>

#include "unit/progress_support.hpp"

using namespace mlpath;
using namespace mlpath::progress;
using namespace mlpath::test;

namespace {

const Day start = *parse_date("2026-11-20");  // the day of minute(0)

library::IndexTopic hours_topic(std::string id, double hours) {
    auto made = topic(std::move(id));
    made.hours = library::Hours{.min = hours / 2, .max = hours * 1.5};  // the middle is what is asked for
    return made;
}
library::IndexProject hours_project(std::string id, double hours, std::vector<std::string> milestones = {"a", "b"}) {
    auto made = project(std::move(id), std::move(milestones));
    made.hours = library::Hours{.min = hours, .max = hours};
    return made;
}
library::Length length(library::LengthUnit unit, double min, double max) { return {false, unit, min, max}; }
constexpr auto weeks = library::LengthUnit::weeks;

library::Stage planned_stage(std::string id, std::vector<library::TopicRef> topics,
                             std::vector<library::ProjectRef> projects = {},
                             std::optional<library::Length> takes = {}) {
    library::Stage made{.id = id, .label = "Stage " + id, .title = "About " + id, .length = takes};
    made.topics = std::move(topics);
    made.projects = std::move(projects);
    return made;
}

struct MadeIndex {
    library::Index index{};
    std::vector<Event> events{};
    Plan plan{.start = start, .minutes = 7 * 60};  // an hour a day

    explicit MadeIndex(std::vector<library::Stage> stages) {
        index.curricula.add({.id = "road", .title = "Road", .stages = std::move(stages)});
        for (const auto* const id : {"t1", "t2", "t3", "t4"}) {
            index.topics.add(hours_topic(id, 4));
        }
        index.topics.add(topic("timeless"));
        for (const auto* const id : {"p1", "p2", "p3"}) {
            index.projects.add(hours_project(id, 6));
        }
        auto asking = hours_project("p4", 10);
        asking.requires_topics = {"t4"};
        index.projects.add(asking);
        auto later = planned("later");
        later.hours = library::Hours{.min = 50, .max = 50};
        index.projects.add(later);
    }
    // The days, from the start on, and what was said.
    [[nodiscard]] Schedule at(int day) const {
        return schedule(index, "road", plan, replay(dated(events)), start + std::chrono::days(day));
    }
    // "a 0-14, b none": the own days of each stage.
    [[nodiscard]] std::string days() const {
        std::string text;
        for (const auto& row : at(0).stages) {
            text += (text.empty() ? "" : ", ") + row.id + " ";
            text += row.own ? std::to_string((row.own->begin - plan.start).count()) + "-" +
                                  std::to_string((row.own->end - plan.start).count())
                            : "none";
        }
        return text;
    }
    [[nodiscard]] std::string standing(int day) const {
        const auto found = at(day).standing;
        return std::string(to_string(found.pace)) + " " + std::to_string(found.days) +
               (found.stage.empty() ? "" : " at " + found.stage) + (found.due.empty() ? "" : " due " + found.due);
    }
};

}  // namespace

TEST_CASE("stages take the hours of what is in them, or their length") {
    auto optional = planned_stage("extra", {{.topic = "t4"}});
    optional.optional = true;
    auto ongoing = planned_stage("always", {{.topic = "t4"}});
    ongoing.length = library::Length{.ongoing = true};
    const library::ProjectRef choice{.choose = 2, .from = {{.project = "p1"}, {.project = "p2"}, {.project = "p4"}}};
    const library::ProjectRef unasked{.project = "p1", .optional = true};

    auto month = planned_stage("month", {{.topic = "t1"}}, {}, length(library::LengthUnit::months, 1, 1));
    month.stages = {planned_stage("w1", {{.topic = "t2"}}, {}, length(weeks, 2, 2)),
                    planned_stage("w2", {{.topic = "t3"}})};
    auto area = planned_stage("area", {});
    area.stages = {planned_stage("x", {{.topic = "t1"}}), planned_stage("y", {{.topic = "t2"}})};
    auto waits = planned_stage("waits", {{.topic = "t1"}});
    waits.requires_stages = {"first"};

    struct Case {
        std::string name;
        std::vector<library::Stage> stages;
        std::string days;
    };
    for (const auto& [name, stages, days] : std::vector<Case>{
             {"hours",
              {planned_stage("a", {{.topic = "t1"}}, {{.project = "p1"}}), planned_stage("b", {{.topic = "t2"}})},
              "a 0-10, b 10-14"},
             {"the middle of a length",
              {planned_stage("a", {{.topic = "t1"}}, {}, length(weeks, 2, 3)), planned_stage("b", {{.topic = "t2"}})},
              "a 0-18, b 18-22"},
             {"a length in hours",
              {planned_stage("a", {{.topic = "t1"}}, {}, length(library::LengthUnit::hours, 2, 4))},
              "a 0-3"},
             {"a length in days",
              {planned_stage("a", {{.topic = "t1"}}, {}, length(library::LengthUnit::days, 5, 5))},
              "a 0-5"},
             {"optional, ongoing, planned: no time",
              {optional, ongoing, planned_stage("a", {{.topic = "t1"}}, {{.project = "later"}, unasked})},
              "extra none, always none, a 0-4"},
             {"a choice counts what is to be chosen, at the mean", {planned_stage("a", {}, {choice})}, "a 0-15"},
             {"what came before takes no hours again",
              {planned_stage("a", {{.topic = "t1"}}), planned_stage("b", {{.topic = "t1"}})},
              "a 0-4, b none"},
             {"but a length counts",
              {planned_stage("a", {{.topic = "t1"}}), planned_stage("b", {{.topic = "t1"}}, {}, length(weeks, 1, 1))},
              "a 0-4, b 4-11"},
             {"what is inside by a length of its own is taken off, the rest is shared",
              {month},
              "month 0-8, w1 8-22, w2 22-30"},
             {"stages inside", {area}, "area none, x 0-4, y 4-8"},
             {"a stage waits for what it requires",
              {waits, planned_stage("first", {{.topic = "t2"}}), planned_stage("last", {{.topic = "t3"}})},
              "first 0-4, waits 4-8, last 8-12"},
             {"at least a day",
              {planned_stage("a", {{.topic = "timeless"}}), planned_stage("b", {{.topic = "t1"}})},
              "a 0-1, b 1-4"},
             {"nothing", {}, ""},
             {"nothing to do", {planned_stage("a", {})}, "a none"},
         }) {
        CAPTURE(name);
        CHECK(MadeIndex(stages).days() == days);
    }
    const MadeIndex nested({month});
    const auto laid = nested.at(0);
    REQUIRE(laid.stage("month")->whole);
    CHECK(laid.stage("month")->whole->end == laid.end);
    CHECK(laid.stage("month")->hours == 4);
    CHECK(MadeIndex({planned_stage("a", {}, {{.project = "later"}})}).at(0).planned == 1);
    CHECK(MadeIndex({planned_stage("a", {{.topic = "t1"}}, {}, length(weeks, 1, 1))}).at(0).asked ==
          doctest::Approx(4));
    CHECK(MadeIndex({planned_stage("a", {{.topic = "t1"}})}).at(0).asked == 0);
}

TEST_CASE("the core takes the time, with the topics that it asks for") {
    // p4 asks for t4. t1 is asked for by nobody.
    auto zero = planned_stage("zero", {{.topic = "t1"}}, {{.project = "p1"}, {.project = "p2"}, {.project = "p4"}});
    zero.core = {"p2", "p4"};
    const auto listed = planned_stage("one", {{.topic = "t4"}});
    MadeIndex apart({zero, listed});
    CHECK(apart.days() == "zero 0-16, one 16-20");  // t4 is counted where it is listed
    MadeIndex made({zero, planned_stage("one", {{.topic = "t2"}})});
    CHECK(made.days() == "zero 0-20, one 20-24");  // and comes with p4 where it is not
    auto learned = made;
    learned.events = {said("t4")};
    CHECK(learned.standing(0) == "ahead 4 at zero");
    const auto plan = made.at(0);
    const auto& first = *plan.stage("zero");
    CHECK(first.core == Count{0, 2});
    CHECK(first.works == Count{0, 4});
    CHECK(first.core_hours == 20);
    CHECK(first.hours == 30);
    CHECK(first.titles == std::vector<std::string>{"The p2", "The p4"});
    const auto pass = [&](const std::string& id) {
        made.events.push_back(checked(id, "a", true));
        made.events.push_back(checked(id, "b", true));
    };
    // More practice puts nobody ahead, and nobody behind.
    pass("p1");
    CHECK(made.standing(0) == "on-time 0 at zero");
    CHECK(made.standing(6) == "behind 6 at zero due The p2");
    pass("p2");
    pass("p4");
    CHECK(made.standing(20) == "on-time 0 at one");
    made.events.push_back(said("t2"));
    CHECK(made.standing(20) == "finished 0");
    // All of the core done before the plan was made: nothing is laid.
    made.plan.made = {minute(1000), minute(1000)};
    CHECK(made.days() == "zero none, one none");
    CHECK_FALSE(made.at(0).stage("zero")->repeated);
    CHECK_FALSE(made.at(0).stage("zero")->done_at);
    // Where nothing of the core can be built, the topics are what there is.
    auto announced = planned_stage("zero", {{.topic = "t1"}}, {{.project = "p1"}, {.project = "later"}});
    announced.core = {"later"};
    CHECK(MadeIndex({announced}).days() == "zero 0-4");
    // A length is shared by the core.
    zero.length = length(weeks, 2, 2);
    CHECK(MadeIndex({zero}).days() == "zero 0-14");
}

TEST_CASE("planning again lays what is left and keeps what is done") {
    MadeIndex made({planned_stage("a", {{.topic = "t1"}, {.topic = "t4"}}, {{.project = "p1"}}),
                    planned_stage("b", {}, {{.project = "p4"}})});
    CHECK(made.days() == "a 0-14, b 14-24");
    made.events = {said("t1"), started("p1"), checked("p1", "a", true)};
    CHECK(made.days() == "a 0-14, b 14-24");  // the plan is older than what was done: nothing moves
    CHECK(made.standing(0) == "ahead 7 at a");
    made.plan.made = minute(10);
    CHECK(made.days() == "a 0-7, b 7-17");  // made anew, it has only what was left: t4, and half of p1
    CHECK(made.standing(0) == "on-time 0 at a");
    // Who built p4 has learned what it requires.
    made.events.insert(made.events.end(), {checked("p4", "a", true), checked("p4", "b", true)});
    CHECK(made.days() == "a 0-3, b none");
    CHECK(made.at(0).stage("b")->done_at == minute(4));
    CHECK(made.at(0).stage("a")->works == Count{2, 3});
    made.events.push_back(checked("p1", "b", true));
    CHECK(made.days() == "a none, b none");
    CHECK(made.standing(100) == "finished 0");
    CHECK(made.at(3).end == start);
    // What fails again is left again.
    made.events.push_back(checked("p1", "b", false));
    CHECK(made.days() == "a 0-3, b none");
}

TEST_CASE("ahead and behind, and by what") {
    MadeIndex made({planned_stage("a", {{.topic = "t1"}, {.topic = "t2"}}),
                    planned_stage("b", {{.topic = "t3"}}, {{.project = "p1"}})});
    struct Case {
        std::vector<Event> events;
        int day;
        std::string standing;
    };
    const auto all_of_a = std::vector{said("t1"), said("t2")};
    for (const auto& [events, day, standing] : std::vector<Case>{
             {{}, -3, "not-begun 3 at a"},
             {{said("t1")}, -3, "ahead 4 at a"},
             {{}, 0, "on-time 0 at a"},
             {{}, 1, "behind 1 at a"},
             {{}, 4, "behind 4 at a due Topic t1"},
             {{said("t1")}, 4, "on-time 0 at a"},
             {{said("t1")}, 7, "behind 3 at a"},
             {{said("t2")}, 7, "behind 3 at a due Topic t1"},
             {{said("t1")}, 8, "behind 4 at a due Stage a"},
             {all_of_a, 8, "on-time 0 at b"},
             {all_of_a, 3, "ahead 5 at b"},
             {all_of_a, 12, "behind 4 at b due Topic t3"},
             {{}, 18, "behind 18 at a due Stage b"},
             {all_of_a, 30, "behind 22 at b due Stage b"},
         }) {
        CAPTURE(day);
        CAPTURE(events.size());
        made.events = events;
        // Not the very first thing, which is a first win wherever it stands.
        made.events.insert(made.events.end(), {checked("p2", "a", true), checked("p2", "b", true)});
        CHECK(made.standing(day) == standing);
    }
    made.events = all_of_a;
    CHECK(made.at(3).standing.today_stage == "a");
    CHECK(made.at(8).standing.today_stage == "b");
    CHECK(made.at(4).standing.due_id.empty());
    made.events = {};
    CHECK(made.at(4).standing.due_id == "t1");
}

TEST_CASE("a stage with an open goal is not done, and what goes on is told apart") {
    auto first = planned_stage("a", {{.topic = "t1"}});
    first.goals = {{.id = "goal", .text = "Do it"}};
    auto always = planned_stage("always", {{.topic = "t2"}});
    always.length = library::Length{.ongoing = true};
    MadeIndex made({first, always});
    made.events = {said("t1")};
    CHECK(made.standing(1) == "ahead 2 at a");
    CHECK(made.at(1).stage("a")->works == Count{1, 2});
    CHECK_FALSE(made.at(1).stage("a")->done_at);
    made.plan.made = minute(10);  // planned anew, a day is left for it
    CHECK(made.days() == "a 0-1, always none");
    CHECK(made.standing(3) == "behind 3 at a due Stage a");
    made.events.push_back({.type = EventType::said, .goal = "goal"});
    CHECK(made.standing(3) == "finished 0");
    CHECK(made.at(3).standing.goes_on == "always");
    made.events.push_back(said("t2"));
    CHECK(made.at(3).standing.goes_on.empty());
}

TEST_CASE("whatever is planned, days are in order, meet, and hold the hours") {
    std::mt19937 random(20261120);
    const auto upto = [&](int most) { return static_cast<int>(random() % static_cast<unsigned>(most + 1)); };
    for (int round = 0; round < 300; ++round) {
        CAPTURE(round);
        library::Index index;
        double hours = 0;
        bool lengths = false;
        int topics = 0;
        const auto fill = [&](const auto& self, std::string id, int depth) -> library::Stage {
            auto made = planned_stage(id, {});
            for (int i = upto(4); i > 0; --i) {
                auto entry = hours_topic("t" + std::to_string(topics++), upto(40));
                hours += (entry.hours->min + entry.hours->max) / 2;
                made.topics.push_back({.topic = entry.id});
                index.topics.add(std::move(entry));
            }
            if (round % 2 == 1 && upto(2) == 0) {
                lengths = true;
                made.length = length(static_cast<library::LengthUnit>(upto(3)), upto(3), 3 + upto(3));
            }
            for (int i = depth < 3 ? upto(3) : 0; i > 0; --i) {
                made.stages.push_back(self(self, id + "-" + std::to_string(i), depth + 1));
            }
            return made;
        };
        library::Curriculum road{.id = "road"};
        for (int i = upto(5); i > 0; --i) {
            road.stages.push_back(fill(fill, "s" + std::to_string(i), 0));
        }
        index.curricula.add(road);
        // Around a leap day, the end of a year, and paces from a minute to every hour of a week.
        const Plan plan{.start = *parse_date(round % 3 == 0 ? "2028-02-27" : "2026-12-30"),
                        .minutes = round % 5 == 0 ? 7 * 24 * 60 : 1 + upto(3000)};
        const auto laid = schedule(index, "road", plan, {}, plan.start);
        REQUIRE_FALSE(laid.beyond);
        Day end = plan.start;
        double sum = 0;
        std::size_t rows = 0;
        for (const auto& row : laid.stages) {
            sum += row.hours;
            if (row.own) {
                CHECK(row.own->begin == end);
                CHECK(row.own->end > row.own->begin);
                CHECK(row.whole->begin <= row.own->begin);
                CHECK(row.whole->end >= row.own->end);
                CHECK(parse_date(format_date(row.own->end)) == row.own->end);
                end = row.own->end;
                ++rows;
            } else {
                CHECK(row.works.total == 0);
            }
        }
        CHECK(laid.end == end);
        CHECK(sum == doctest::Approx(hours));
        if (!lengths) {
            // Each stage may take a day where it needs less, and the end is rounded.
            const double exact = hours * 60 / plan.minutes * 7;
            CHECK(static_cast<double>((end - plan.start).count()) >= exact - 1);
            CHECK(static_cast<double>((end - plan.start).count()) <= exact + 1 + static_cast<double>(rows));
        }
        // Half of it said, days later: being ahead or behind is what is worked off against what has gone.
        CHECK((laid.standing.pace == (rows == 0 ? Pace::finished : Pace::on_time)));
        const auto week = schedule(index, "road", plan, {}, plan.start + std::chrono::days(7));
        CHECK((rows == 0 || (week.standing.pace == Pace::behind && week.standing.days == 7)));
    }
}

TEST_CASE("a hundred thousand topics, and days without end") {
    library::Index index;
    std::vector<library::Stage> stages;
    for (int s = 0; s < 1000; ++s) {
        auto made = planned_stage("s" + std::to_string(s), {});
        if (s > 0) {
            made.requires_stages = {"s" + std::to_string(s - 1)};
        }
        for (int t = 0; t < 100; ++t) {
            const auto id = "t" + std::to_string(s * 100 + t);
            index.topics.add(hours_topic(id, 10));
            made.topics.push_back({.topic = id});
        }
        stages.insert(stages.begin(), std::move(made));  // the last one first: order is by what is required
    }
    index.curricula.add({.id = "road", .stages = std::move(stages)});
    const auto laid = schedule(index, "road", {.start = start, .minutes = 7 * 24 * 60}, {}, start);
    CHECK(laid.stages.front().id == "s0");
    CHECK(laid.stages.size() == 1000);
    CHECK((laid.end - start).count() == 41667);  // a million hours, night and day
    CHECK_FALSE(laid.beyond);
    const auto endless = schedule(index, "road", {.start = start, .minutes = 1}, {}, start);
    CHECK(endless.beyond);
    CHECK(endless.end <= *parse_date("9999-12-31"));
    const auto last = schedule(index, "road", {.start = *parse_date("9999-12-31"), .minutes = 60}, {}, start);
    CHECK(last.beyond);
    CHECK(last.end == *parse_date("9999-12-31"));
}
