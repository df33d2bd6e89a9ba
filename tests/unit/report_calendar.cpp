#include "report/calendar.hpp"

#include <doctest/doctest.h>

#include "base/text.hpp"

using namespace mlpath;
using namespace mlpath::report;

namespace {

progress::Schedule two_stages() {
    progress::Schedule made{.curriculum = "road",
                            .title = "Road",
                            .plan = {.start = *parse_date("2028-02-28"), .id = {0xa, 0xb}, .revision = 3}};
    const auto first = *parse_date("2028-02-28");
    const auto second = *parse_date("2028-03-01");
    made.stages.push_back(
        {.id = "a", .title = "A: now, then; \\ 1", .titles = {"One\ntwo"}, .own = progress::Span{first, second}});
    made.stages.push_back({.id = "none", .title = "Nothing left"});
    made.stages.push_back({.id = "b", .title = "B", .own = progress::Span{second, *parse_date("2028-03-02")}});
    return made;
}

}  // namespace

TEST_CASE("a calendar has an event for each stage with days") {
    const std::vector plans{two_stages()};
    const auto stamp = *parse_time("2026-11-20T06:27:11.123456Z");
    CHECK(calendar(plans, stamp) ==
          "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//mlpath//mlpath plan//EN\r\nCALSCALE:GREGORIAN\r\n"
          "X-WR-CALNAME:mlpath\r\n"
          "BEGIN:VEVENT\r\nUID:a.road.000000000000000a000000000000000b@mlpath\r\nSEQUENCE:3\r\nDTSTAMP:"
          "20261120T062711Z\r\n"
          "LAST-MODIFIED:20261120T062711Z\r\nDTSTART;VALUE=DATE:20280228\r\n"
          "DTEND;VALUE=DATE:20280301\r\nSUMMARY:A: now\\, then\\; \\\\ 1\r\n"
          "DESCRIPTION:- One\\ntwo\\n`mlpath next` says what comes next.\r\nTRANSP:TRANSPARENT\r\nEND:VEVENT\r\n"
          "BEGIN:VEVENT\r\nUID:b.road.000000000000000a000000000000000b@mlpath\r\nSEQUENCE:3\r\n"
          "DTSTAMP:20261120T062711Z\r\nLAST-MODIFIED:20261120T062711Z\r\nDTSTART;VALUE=DATE:20280301\r\n"
          "DTEND;VALUE=DATE:20280302\r\nSUMMARY:B\r\nDESCRIPTION:`mlpath next` says what comes next.\r\n"
          "TRANSP:TRANSPARENT\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n");
    CHECK(is_our_calendar(calendar(plans, stamp)));
    CHECK_FALSE(is_our_calendar(replace_all(calendar(plans, stamp), "//mlpath//", "//other//")));
    auto done = plans.front();
    done.stages.resize(1);
    done.stages.front().own.reset();
    CHECK(calendar(std::vector{done}, stamp).empty());
    CHECK_FALSE(is_our_calendar("PRODID:-//mlpath//mlpath plan//EN\r\n"));
}

TEST_CASE("long lines are folded between letters") {
    for (const std::string_view letter : {"x", "é", "あ", "🧭"}) {
        for (std::size_t before = 0; before < 5; ++before) {
            std::string line = "SUMMARY:" + std::string(before, '.');
            for (int i = 0; i < 100; ++i) {
                line += letter;
            }
            const auto text = folded(line);
            CAPTURE(text);
            REQUIRE(text.ends_with("\r\n"));
            const auto parts = lines(text);
            REQUIRE(parts.size() > 1);
            for (std::size_t i = 0; i < parts.size(); ++i) {
                CHECK(parts[i].size() <= 75);
                CHECK(is_utf8(parts[i]));
                CHECK(parts[i].starts_with(' ') == (i > 0));
                CHECK((i + 1 == parts.size() || parts[i].size() > 75 - letter.size()));
            }
            CHECK(replace_all(text, "\r\n ", "") == line + "\r\n");
        }
    }
    CHECK(folded(std::string(75, 'x')) == std::string(75, 'x') + "\r\n");
    CHECK(folded("") == "\r\n");
}

TEST_CASE("text from outside holds nothing that a calendar would act upon") {
    CHECK(calendar_text("a\r\nEND:VEVENT") == "a\\\\x0d\\nEND:VEVENT");
    CHECK(calendar_text("\x1b[31m\t\xff") == "\\\\x1b[31m \\\\xff");
}
