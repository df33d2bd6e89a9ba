#include <doctest/doctest.h>

#include "progress/line.hpp"
#include "progress/timestamp.hpp"
#include "unit/progress_support.hpp"

using namespace mlpath;
using namespace mlpath::progress;
using namespace mlpath::test;

namespace {

Line read(const std::string& text) {
    static std::deque<std::string> storage;
    static std::deque<std::string> lines;
    return read_line(lines.emplace_back(text), storage);
}

const std::string id = "0123456789abcdef0123456789abcdef";
const std::string head = R"({"format":1,"id":")" + id + R"(","at":"2026-11-20T06:27:11.123456Z",)";

}  // namespace

TEST_CASE("every event survives being written and read") {
    auto events = dated({started("iris"), checked("iris", "load", true, 3), checked("iris", "load", false),
                         hinted("iris", "split-rows", 2), said("numpy"), unsaid("numpy")});
    events.push_back({.id = id, .at = minute(9), .type = EventType::solution_shown, .project = "iris"});
    events.push_back({.id = id, .at = minute(9), .type = EventType::solution_applied, .project = "iris"});
    events.push_back({.id = id, .at = minute(9), .type = EventType::said, .goal = "portfolio"});
    events.push_back({.id = id, .at = minute(9), .type = EventType::goal_checked, .goal = "repo", .passed = true});
    events.push_back({.id = id, .at = minute(9), .type = EventType::answered, .quiz = "numpy", .question = "axis"});
    events.push_back({.id = id, .at = minute(9), .type = EventType::quizzed, .quiz = "numpy", .passed = true});
    events.push_back({.id = id,
                      .at = minute(9),
                      .type = EventType::planned,
                      .curriculum = "levels",
                      .start = "2026-02-28",
                      .minutes = 600});
    events.push_back({.id = id, .at = minute(9), .order = minute(90), .type = EventType::said, .topic = "numpy"});
    for (const int zone : {60, -210, 14 * 60, 345}) {
        events.push_back({.id = id,
                          .at = minute(9),
                          .zone = std::chrono::minutes(zone),
                          .type = EventType::answered,
                          .quiz = "numpy",
                          .question = "axis"});
    }
    for (const auto& event : events) {
        auto text = to_line(event);
        REQUIRE(text.ends_with("}\n"));
        text.pop_back();
        CAPTURE(text);
        const auto line = read(text);
        REQUIRE(line.kind == LineKind::event);
        const auto back = to_event(line.record);
        CHECK(back.id == event.id);
        CHECK(back.at == event.at);
        CHECK(back.order == std::max(event.at, event.order));
        CHECK(back.zone == event.zone);
        CHECK(back.type == event.type);
        CHECK(back.project == event.project);
        CHECK(back.milestone == event.milestone);
        CHECK(back.topic == event.topic);
        CHECK(back.goal == event.goal);
        CHECK(back.quiz == event.quiz);
        CHECK(back.question == event.question);
        CHECK(back.curriculum == event.curriculum);
        CHECK(back.start == event.start);
        CHECK(back.minutes == event.minutes);
        CHECK(back.version == event.version);
        CHECK(back.passed == event.passed);
        CHECK(back.step == event.step);
    }
}

TEST_CASE("the line is the promised one") {
    CHECK(
        to_line({.id = id,
                 .at = minute(0),
                 .type = EventType::checked,
                 .project = "iris",
                 .milestone = "load",
                 .version = 1,
                 .passed = true}) ==
        R"({"format":1,"id":")" + id +
            R"(","at":"2026-11-20T00:00:00.000000Z","type":"checked","project":"iris","milestone":"load","version":1,"verdict":"pass"})"
            "\n");
}

TEST_CASE("what is an event and what is not") {
    struct Case {
        std::string text;
        LineKind kind;
        std::string problem;
    };
    const std::vector<Case> cases{
        {head + R"("type":"said","topic":"numpy"})", LineKind::event, ""},
        {"  { \"type\" : \"said\" ,\t\"topic\":\"numpy\",\"at\":\"2026-11-20T06:27:11Z\", \"id\":\"" + id +
             "\", \"format\": 1 } ",
         LineKind::event, ""},
        {head + R"("type":"said","topic":"nu\u006dpy"})", LineKind::event, ""},
        {head + R"("type":"said","topic":"numpy","new":{"of":["a",1.5,true]}})", LineKind::event, ""},
        {head + R"("type":"said","topic":"numpy","new":"what"})", LineKind::event, ""},
        {head + R"("type":"dreamt","topic":"numpy"})", LineKind::later, "type"},
        {R"({"format":2,"whatever":[]})", LineKind::later, "format"},
        {R"({"format":1.5})", LineKind::foreign, "format"},
        {R"({})", LineKind::foreign, "format"},
        {R"([1])", LineKind::foreign, "object"},
        {"hello", LineKind::foreign, "JSON"},
        {std::string(5, '\0'), LineKind::foreign, "JSON"},
        {head + R"("type":"said","topic":"numpy"} x)", LineKind::foreign, "JSON"},
        {head + R"("type":"said","topic":"numpy",})", LineKind::foreign, "JSON"},
        {head + R"("type":"planned","curriculum":"levels","start":"9999-12-31","minutes":1})", LineKind::foreign,
         "start"},
        {head + R"("type":"planned","curriculum":"levels","start":"2026-12-31","minutes":0})", LineKind::foreign,
         "minutes"},
        {head + R"("type":"said","topic":"../etc"})", LineKind::foreign, "topic"},
        {head + R"("type":"said","topic":"a--b"})", LineKind::foreign, "topic"},
        {head + R"("type":"said","topic":"-a"})", LineKind::foreign, "topic"},
        {head + R"("type":"said","topic":")" + std::string(65, 'a') + R"("})", LineKind::foreign, "topic"},
        {head + R"("type":"said"})", LineKind::foreign, "topic"},
        {head + R"("type":"started"})", LineKind::foreign, "project"},
        {head + R"("type":"checked","project":"iris","verdict":"pass"})", LineKind::foreign, "milestone"},
        {head + R"("type":"checked","project":"iris","milestone":"a","verdict":"maybe"})", LineKind::foreign,
         "verdict"},
        {head + R"("type":"hinted","project":"iris","milestone":"a","step":4})", LineKind::foreign, "step"},
        {head + R"("type":"hinted","project":"iris","milestone":"a","step":99999999999999999999})", LineKind::foreign,
         "step"},
        {R"({"format":1,"id":"short","at":"2026-11-20T06:27:11Z","type":"said","topic":"a"})", LineKind::foreign, "id"},
        {R"({"format":1,"id":")" + id + R"(","at":"yesterday","type":"said","topic":"a"})", LineKind::foreign, "at"},
        {head + R"("order":"2031-01-01T00:00:00Z","type":"said","topic":"numpy"})", LineKind::event, ""},
        {head + R"("order":"1970-01-01T00:00:00Z","type":"said","topic":"numpy"})", LineKind::event, ""},
        {head + R"("order":"later","type":"said","topic":"numpy"})", LineKind::foreign, "order"},
        {head + R"("order":5,"type":"said","topic":"numpy"})", LineKind::event, ""},
        {head + R"("zone":"+19:00","type":"said","topic":"numpy"})", LineKind::foreign, "zone"},
        {head + R"("zone":"+1:00","type":"said","topic":"numpy"})", LineKind::foreign, "zone"},
        {head + R"("zone":"Berlin","type":"said","topic":"numpy"})", LineKind::foreign, "zone"},
        {head + R"("zone":"-00:60","type":"said","topic":"numpy"})", LineKind::foreign, "zone"},
        {std::string(100'000, '['), LineKind::foreign, "JSON"},
    };
    for (const auto& [text, kind, problem] : cases) {
        CAPTURE(text.substr(0, 200));
        const auto line = read(text);
        CAPTURE(line.problem);
        CHECK(line.kind == kind);
        CHECK(line.problem.find(problem) != std::string::npos);
        CHECK(line.problem.empty() == (kind == LineKind::event));
        if (kind == LineKind::event) {
            CHECK(line.record.topic == "numpy");
        }
    }
}

TEST_CASE("a key that comes twice counts the last time, however the line is read") {
    struct Case {
        std::string more;
        std::string problem;
    };
    const std::vector<Case> cases{
        {R"("type":"said","topic":"iris","topic":"numpy")", ""},
        {R"("type":"said","topic":"numpy","version":1,"version":2)", ""},
        {R"("type":"said","topic":"numpy","topic":7)", "topic"},
        {R"("type":"said","topic":"numpy","format":"x")", "format"},
        {R"("type":"started","project":"iris","type":"said","topic":"numpy")", ""},
    };
    for (const auto& [more, problem] : cases) {
        CAPTURE(more);
        const auto quick = read(head + more + "}");
        const auto slow = read(head + more + "}\n");  // which only the JSON library takes for a blank
        CHECK(quick.kind == slow.kind);
        CHECK(quick.problem == slow.problem);
        CHECK(quick.problem.find(problem) != std::string::npos);
        CHECK(quick.problem.empty() == problem.empty());
        CHECK(quick.record.version == slow.record.version);
        CHECK(quick.record.topic == slow.record.topic);
    }
}

TEST_CASE("times are read as they are written") {
    struct Case {
        const char* text;
        bool sound;
        std::int64_t microseconds;
    };
    for (const auto& [text, sound, microseconds] : std::vector<Case>{
             {"1970-01-01T00:00:00Z", true, 0},
             {"1970-01-01T00:00:00.5Z", true, 500'000},
             {"1970-01-01T00:00:00.123456789Z", true, 123'456},
             {"2000-02-29T23:59:59.000001Z", true, 951'868'799'000'001},
             {"1970-01-01T00:00:00.Z", false, 0},
             {"1970-01-01T00:00:00.1234567890Z", false, 0},
             {"1970-01-01T00:00:00.12x4Z", false, 0},
             {"1970-01-01T00:00:00.123456x89Z", false, 0},
             {"1970-01-01 00:00:00Z", false, 0},
             {"1970-01-01T00:00:00", false, 0},
             {"1970-13-01T00:00:00Z", false, 0},
             {"1970-02-30T00:00:00Z", false, 0},
             {"1970-01-01T24:00:00Z", false, 0},
             {"197x-01-01T00:00:00Z", false, 0},
             {"", false, 0},
         }) {
        CAPTURE(text);
        std::int64_t got = 0;
        CHECK(read_timestamp(text, got) == sound);
        if (sound) {
            CHECK(got == microseconds);
        }
    }
    for (int i = 0; i < 5000; ++i) {
        const auto at = minute(i * 377) + std::chrono::microseconds(i * 7919);
        std::int64_t got = 0;
        REQUIRE(read_timestamp(format_time(at), got));
        REQUIRE(got == at.time_since_epoch().count());
    }
}
