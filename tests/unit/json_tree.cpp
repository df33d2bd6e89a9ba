// The tree of values, where they stand in the source, and what is left of a text with a fault.
#include <doctest/doctest.h>

#include <random>
#include <string>
#include <vector>

#include "json/document.hpp"

using namespace mlpath;

namespace {

// A few bytes of the text are changed, dropped or doubled, or it is cut short.
std::string damaged(std::string text, std::mt19937& random) {
    constexpr std::string_view bytes = "{}[]\",:\\0179-.eEtfnu \n\t\x01\x80\xC3\xA9";
    for (auto times = 1 + random() % 3; times > 0 && !text.empty(); --times) {
        const auto at = random() % text.size();
        switch (random() % 4) {
            case 0: text[at] = bytes[random() % bytes.size()]; break;
            case 1: text.erase(at, 1 + random() % 4); break;
            case 2: text.insert(at, text.substr(at, 1 + random() % 30)); break;
            default:
                if (random() % 8 == 0) {
                    text.resize(at);
                }
        }
    }
    return text;
}

constexpr const char* value_text = R"({"id": "abc", "list": ["x", 1, 1.5, [2]], "count": 2, "share": 0.75,
"kind": "a", "flag": true, "none": null, "more": {"p": 1, "q": "r\u00e9\n"}})";

// What stands at the pointer, as it is written.
std::string written(const json::Document& document, std::string_view text, json::Value value,
                    const std::string& pointer) {
    if (document.tree->pointer_of(value) == pointer) {
        return std::string(text.substr(value.node()->begin, value.node()->end - value.node()->begin));
    }
    for (const auto part : value) {
        if (auto found = written(document, text, part, pointer); found != "not there") {
            return found;
        }
    }
    return "not there";
}

}  // namespace

TEST_CASE("a text gives the values that it has") {
    const std::vector<std::pair<std::string, std::string>> cases{
        {"{}", "{}"},
        {"[]", "[]"},
        {" [ 1 , -2, 3.5, -0, 0, 1e3, 2E-2 ] ", "[1,-2,3.5,0,0,1000.0,0.02]"},
        {"[18446744073709551615, -9223372036854775808]", "[18446744073709551615,-9223372036854775808]"},
        {"[18446744073709551616, -9223372036854775809]", "[1.8446744073709552e+19,-9.223372036854776e+18]"},
        {"[1e-999, -1e-999, 5e-324]", "[0.0,-0.0,5e-324]"},
        {R"("é \u00e9 \ud83d\ude00 \" \\ \/ \b\f\n\r\t \u0000 \u007f")",
         "\"é é 😀 \\\" \\\\ / \\b\\f\\n\\r\\t \\u0000 \x7F\""},
        {"\xEF\xBB\xBF{\"a\": {\"b\": [true, false, null, {\"c\": []}]}}", R"({"a":{"b":[true,false,null,{"c":[]}]}})"},
        {R"(["", {"": ""}])", R"(["",{"":""}])"},
    };
    for (const auto& [text, value] : cases) {
        CAPTURE(text);
        const auto parsed = json::parse(text, "x.json");
        CHECK(parsed.ok());
        CHECK(parsed.value.dump() == value);
    }
}

TEST_CASE("of a text with a fault, what came before it is there") {
    const std::vector<std::pair<std::string, std::string>> cases{
        {"", "null"},
        {"[1, x", "[1]"},
        {"[1, [2, 3", "[1,[2,3]]"},
        {"{\"a\": 1, \"b\"", R"({"a":1})"},
        {"{\"a\": 1, \"b\": x}", R"({"a":1})"},
        {"{\"a\": 1, \"b\": {\"c\": 2, \"d", R"({"a":1,"b":{"c":2}})"},
        {"{\"a\": 1, \"a\": {\"b\": [2", R"({"a":1})"},
        {"[1] 2", "[1]"},
        {std::string("[1]\0", 4), "null"},
    };
    for (const auto& [text, value] : cases) {
        CAPTURE(text);
        const auto parsed = json::parse(text, "x.json");
        CHECK_FALSE(parsed.complete);
        CHECK(parsed.value.dump() == value);
    }
}

TEST_CASE("a text with a fault is refused") {
    const std::vector<std::string> texts{
        "",
        " ",
        "{",
        "[1,]",
        "{\"a\":1,}",
        "{\"a\" 1}",
        "{a:1}",
        "[1 2]",
        "[1]]",
        "01",
        "-",
        "1.",
        "1e",
        "1e999",
        "+1",
        "nul",
        "truex",
        "\"a",
        "\"\\x\"",
        "\"\\u12g4\"",
        "\"\\ud800\"",
        "\"\\udc00\"",
        "\"\\ud800\\u0041\"",
        "\"a\nb\"",
        "\"\x80\"",
        "\"\xED\xA0\x80\"",
        "\"\xC0\xAF\"",
        "\"\\n\xFF\"",
        R"({"a":1,"a":2})",
        R"({"a":1,"\u0061":2})",
        R"({"1":1,"2":2,"3":3,"4":4,"5":5,"6":6,"7":7,"8":8,"9":9,"a":1,"b":2,"c":3,"d":4,"e":5,"f":6,"g":7,"g":8})",
        R"({"1":1,"2":2,"3":3,"4":4,"5":5,"6":6,"7":7,"8":8,"9":9,"a":1,"b":2,"c":3,"d":4,"e":5,"f":6,"g":7,"h":8,"h":9})",
        std::string("[1]\0", 4),
        std::string("[\"\0\"]", 5),
    };
    for (const auto& text : texts) {
        CAPTURE(text);
        CHECK(json::parse(text, "x.json").faults.size() == 1);
    }
    CHECK(json::parse("[[1]]", "x.json", {.depth = 2}).ok());
    CHECK_FALSE(json::parse("[[1]]", "x.json", {.depth = 1}).ok());
    CHECK(json::parse("[1]", "x.json", {.bytes = 3}).ok());
    CHECK_FALSE(json::parse("[1]", "x.json", {.bytes = 2}).ok());
}

TEST_CASE("a value of a tree is read as one of Json") {
    const auto read = json::read(R"({"a": "x", "b": [1, 2.5, -3], "c": ["p", "q"], "d": {"e": true}})", "x.json");
    REQUIRE(read.ok());
    const auto root = read.document.root();
    CHECK(root.size() == 4);
    CHECK(root.at("a").get<std::string>() == "x");
    CHECK(root.at("b").size() == 3);
    double sum = 0;
    for (const auto entry : root.at("b")) {
        sum += entry.get<double>();
    }
    CHECK(sum == 0.5);
    CHECK(root.at("c").get<std::vector<std::string>>() == std::vector<std::string>{"p", "q"});
    CHECK(root.at("d").at("e").get<bool>());
    CHECK_FALSE(root.contains("e"));
    CHECK(root.value("z", 1.5) == 1.5);
    CHECK(root.at("a").find("a") == root.at("a").end());
    CHECK_THROWS_AS((void)root.at("z"), json::WrongType);
    CHECK_THROWS_AS((void)root.at("a").get<bool>(), json::WrongType);
    CHECK_THROWS_AS((void)root.at("b").get<std::vector<std::string>>(), json::WrongType);
}

TEST_CASE("every value is found where it stands") {
    constexpr std::string_view text =
        "{ \"id\" : \"a\\\"]}\",\n  \"n\":-1.5e3 , \"list\": [ 1,{\"x\":true}, [ ] ],\"a/b\":null,"
        "\"\\u006b\": \"\", \"last\": {}\n}\n";
    const auto read = json::read(std::string(text), "x.json");
    REQUIRE(read.ok());
    struct Row {
        std::string pointer;
        std::string_view stands;
    };
    for (const auto& row : std::initializer_list<Row>{{"", text.substr(0, text.size() - 1)},
                                                      {"/id", "\"a\\\"]}\""},
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
        CHECK(written(read.document, text, read.document.root(), row.pointer) == row.stands);
    }
    const auto second = ++read.document.root().begin();
    CHECK(text.substr(second.begins(), 4) == "\"n\":");
}

TEST_CASE("a document of which nothing was read has no values and no lines") {
    const json::Document document{.file = "x.json"};
    CHECK(document.root().is_null());
    CHECK(document.line_of("/a") == 0);
}

TEST_CASE("what is taken is what nlohmann takes, and read as it reads it") {
    std::mt19937 random(7);
    std::size_t taken = 0;
    std::size_t refused = 0;
    for (int round = 0; round < 5000; ++round) {
        const auto text = round == 0 ? std::string(value_text) : damaged(value_text, random);
        CAPTURE(text);
        const auto parsed = json::parse(text, "x.json");
        REQUIRE(parsed.complete == Json::accept(text));
        if (parsed.ok()) {
            REQUIRE(parsed.value.dump() == Json::parse(text).dump());
        }
        ++(parsed.ok() ? taken : refused);
    }
    CHECK(taken > 500);
    CHECK(refused > 500);
}
