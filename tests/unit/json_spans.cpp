#include <doctest/doctest.h>

#include <algorithm>

#include "json/spans.hpp"

using namespace mlpath;

namespace {

// What stands at the pointer, as it is written.
std::string written(std::string_view text, std::string_view pointer) {
    const auto spans = json::spans(text);
    const auto span = std::ranges::find(spans, pointer, &json::Span::pointer);
    return span == spans.end() ? "not there" : std::string(text.substr(span->begin, span->end - span->begin));
}

}  // namespace

TEST_CASE("every value is found where it stands") {
    constexpr std::string_view text =
        "{ \"id\" : \"a\\\"]}\",\n  \"n\":-1.5e3 , \"list\": [ 1,{\"x\":true}, [ ] ],\"a/b\":null,"
        "\"\\u006b\": \"\", \"last\": {}\n}\n";
    struct Row {
        std::string_view pointer;
        std::string_view stands;
    };
    for (const auto& row : std::initializer_list<Row>{{"/id", "\"a\\\"]}\""},
                                                      {"/n", "-1.5e3"},
                                                      {"/list", "[ 1,{\"x\":true}, [ ] ]"},
                                                      {"/list/0", "1"},
                                                      {"/list/1", "{\"x\":true}"},
                                                      {"/list/1/x", "true"},
                                                      {"/list/2", "[ ]"},
                                                      {"/a~1b", "null"},
                                                      {"/k", "\"\""},
                                                      {"/last", "{}"},
                                                      {"/list/3", "not there"}}) {
        CAPTURE(row.pointer);
        CHECK(written(text, row.pointer) == row.stands);
    }
    const auto spans = json::spans(text);
    CHECK(spans.size() == 11);
    CHECK(spans.front().end == text.size() - 1);  // without the last newline
    CHECK(text.substr(spans[2].member, 4) == "\"n\":");
}

TEST_CASE("what is no JSON ends all the same, inside the text") {
    for (const std::string_view text :
         {"",  " ", "{",  "[",  "{\"",   "{\"a\"", "{\"a\":", "[1,",      "\"",    "\"\\",
          "]", "}", "{]", "[}", "{1:2}", "[,,]",   "[[[[",    "nonsense", "[1 2]", "{\"a\" \"b\" \"c\"}"}) {
        CAPTURE(text);
        for (const auto& span : json::spans(text)) {
            CHECK(span.member <= span.begin);
            CHECK(span.begin <= span.end);
            CHECK(span.end <= text.size());
        }
    }
    CHECK(json::spans(std::string(100'000, '[')).size() < 100);
}
