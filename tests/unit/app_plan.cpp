#include "app/learn/plan.hpp"

#include <doctest/doctest.h>

#include <cmath>
#include <limits>

#include "app/learn/status.hpp"
#include "app/setup/init.hpp"
#include "unit/app_world.hpp"

using namespace mlpath;
using namespace mlpath::app;
using namespace mlpath::test;

namespace {

// A workspace that follows two curricula.
struct Planner : AppWorld {
    Planner() {
        auto first = topic("numpy");
        first.hours = library::Hours{.min = 10, .max = 10};
        index.topics.add(first);
        index.curricula.add(
            {.id = "levels", .title = "Levels", .stages = {{.id = "one", .topics = {{.topic = "numpy"}}}}});
        index.curricula.add(
            {.id = "other", .title = "Other", .stages = {{.id = "one", .topics = {{.topic = "numpy"}}}}});
        index.curricula.add({.id = "third", .title = "Third"});
        REQUIRE(init(context(), {}));
        REQUIRE(init(context(), {.curriculum = "other"}));
    }
    std::size_t events() const { return progress::Journal(folder.path()).load({})->events; }
    void refused(const PlanRequest& request, ErrorKind kind, std::string_view said) {
        const auto before = events();
        const auto made = app::plan(context(), request);
        REQUIRE_FALSE(made);
        CHECK(made.error().kind == kind);
        CHECK_MESSAGE((made.error().message + " " + made.error().hint).find(said) != std::string::npos,
                      made.error().message);
        CHECK_FALSE(made.error().hint.empty());
        CHECK(events() == before);
    }
};

}  // namespace

TEST_CASE_FIXTURE(Planner, "what cannot be planned is refused, and nothing is recorded") {
    const PlanRequest five{.hours_a_week = 5};
    const auto with = [&](auto&& change) {
        auto request = five;
        change(request);
        return request;
    };
    refused({}, ErrorKind::not_found, "there is no plan yet");
    refused({.curriculum = "other"}, ErrorKind::not_found, "--curriculum other");
    refused({.start = "2026-12-01"}, ErrorKind::usage, "hours a week");
    refused(with([](auto& r) { r.start = "2026-11-19"; }), ErrorKind::usage, "--start 2026-11-20");
    for (const auto* const day : {"2026-02-29", "tomorrow", "2026-1-1", "", "20261201", "2026-12-01T00:00"}) {
        refused(with([&](auto& r) { r.start = day; }), ErrorKind::usage, "is a date such as 2026-11-20");
    }
    for (const double hours : {0.0, -1.0, 168.5, 0.001, std::numeric_limits<double>::infinity(), std::nan("")}) {
        refused({.hours_a_week = hours}, ErrorKind::usage, "from 0.01 to 168");
    }
    refused(with([](auto& r) { r.start = "9999-12-25"; }), ErrorKind::usage, "after the year 9999");
    refused(with([](auto& r) { r.curriculum = "levls"; }), ErrorKind::not_found, "levels");
    refused(with([](auto& r) { r.curriculum = "third"; }), ErrorKind::usage, "mlpath init --curriculum third");
    CHECK(app::plan(context(), with([](auto& r) { r.start = "2028-02-29"; })));
    CHECK(app::plan(context(), {.hours_a_week = 168}));
}

TEST_CASE_FIXTURE(Planner, "a plan is made, shown, and made again") {
    const auto made = app::plan(context(), {.hours_a_week = 5});
    REQUIRE(made);
    CHECK(made->planned == Planned::made);
    REQUIRE(made->plans.size() == 1);
    CHECK(made->plans.front().curriculum == "levels");
    CHECK(format_date(made->plans.front().end) == "2026-12-04");  // ten hours, two weeks
    CHECK(events() == 1);

    clock.set(minute(3 * 24 * 60));
    CHECK(status(context())->plans.front().standing.days == 3);
    CHECK(app::plan(context(), {})->plans.size() == 1);
    CHECK(events() == 1);
    REQUIRE(app::plan(context(), {.curriculum = "other", .start = "2026-12-24", .hours_a_week = 2.5}));
    CHECK(app::plan(context(), {})->plans.size() == 2);
    CHECK(app::plan(context(), {.curriculum = "other"})->plans.size() == 1);

    // Of hours and start, what is not said stays, but no plan begins in the past.
    const auto more = app::plan(context(), {.hours_a_week = 10});
    REQUIRE(more);
    CHECK(more->planned == Planned::again);
    CHECK(more->plans.front().plan.start == clock.today());
    CHECK(more->plans.front().standing.pace == progress::Pace::on_time);
    const auto other = app::plan(context(), {.curriculum = "other", .hours_a_week = 5});
    REQUIRE(other);
    CHECK(format_date(other->plans.front().plan.start) == "2026-12-24");
    const auto later = app::plan(context(), {.curriculum = "other", .start = "2027-01-01"});
    REQUIRE(later);
    CHECK(later->plans.front().plan.minutes == 300);
    // A clock that went back does not make the older plan count.
    clock.set(minute(0));
    REQUIRE(app::plan(context(), {.hours_a_week = 7}));
    CHECK(status(context())->plans.front().plan.minutes == 420);
}
