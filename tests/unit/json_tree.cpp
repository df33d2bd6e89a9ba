// The tree is held against the parser, and the verdict on it against the validator.
#include <doctest/doctest.h>

#include <random>
#include <string>
#include <vector>

#include "json/rules.hpp"
#include "json/schema.hpp"
#include "json/tree.hpp"

using namespace mlpath;

namespace {

std::string tree_of(const std::string& text, const json::Limits& limits = {}) {
    json::Tree tree;
    return tree.read(text, limits) ? json_of(tree.root()).dump() : "no tree";
}

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

constexpr const char* tree_schema = R"({
"type": "object", "required": ["id", "list"], "additionalProperties": false,
"properties": {
  "id": { "type": "string", "pattern": "^[a-z]+$", "maxLength": 5, "minLength": 2 },
  "list": { "type": "array", "minItems": 1, "maxItems": 20, "uniqueItems": true, "items": { "$ref": "#/definitions/any" } },
  "count": { "type": "integer", "minimum": 1, "maximum": 9 }, "share": { "type": "number", "minimum": 0.5 },
  "kind": { "enum": ["a", "b", 1, null] }, "flag": { "type": "boolean" }, "none": { "type": "null" },
  "more": { "type": "object", "additionalProperties": { "type": ["integer", "string"] } } },
"allOf": [ { "if": { "required": ["kind"], "properties": { "kind": { "const": "a" } } },
             "then": { "required": ["count"] }, "else": { "properties": { "list": { "maxItems": 3 } } } } ],
"definitions": { "any": { "type": ["string", "number", "array"] } }
})";

constexpr const char* value_text = R"({"id": "abc", "list": ["x", 1, 1.5, [2]], "count": 2, "share": 0.75,
"kind": "a", "flag": true, "none": null, "more": {"p": 1, "q": "r\u00e9\n"}})";

}  // namespace

TEST_CASE("a tree holds what the parser reads") {
    const std::vector<std::string> texts{
        "{}",
        "[]",
        " [ 1 , -2, 3.5, -0, 0, 1e3, 2E-2, 18446744073709551615, -9223372036854775808 ] ",
        R"("é \u00e9 \ud83d\ude00 \" \\ \/ \b\f\n\r\t \u0000 \u007f")",
        "\xEF\xBB\xBF{\"a\": {\"b\": [true, false, null, {\"c\": []}]}}",
        R"({"1":1,"2":2,"3":3,"4":4,"5":5,"6":6,"7":7,"8":8,"9":9,"a":1,"b":2,"c":3,"d":4,"e":5,"f":6,"g":7,"h":8})",
        R"(["", {"": ""}])",
        value_text,
    };
    for (const auto& text : texts) {
        CAPTURE(text);
        const auto parsed = json::parse(text, "x.json");
        REQUIRE(parsed.ok());
        CHECK(tree_of(text) == parsed.document.value.dump());
    }
}

TEST_CASE("a text with a fault has no tree") {
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
        CHECK_FALSE(json::parse(text, "x.json").ok());
        CHECK(tree_of(text) == "no tree");
    }
    CHECK(tree_of("[[1]]", {.depth = 2}) == "[[1]]");
    CHECK(tree_of("[[1]]", {.depth = 1}) == "no tree");
    CHECK(tree_of("[1]", {.bytes = 3}) == "[1]");
    CHECK(tree_of("[1]", {.bytes = 2}) == "no tree");
}

TEST_CASE("a value of a tree is read as one of Json") {
    json::Tree tree;
    REQUIRE(tree.read(R"({"a": "x", "b": [1, 2.5, -3], "c": ["p", "q"], "d": {"e": true}})"));
    const auto root = tree.root();
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

TEST_CASE("a tree fits exactly where the validator finds nothing") {
    const auto schema = json::Schema::compile(tree_schema);
    REQUIRE(schema.has_value());
    std::mt19937 random(7);
    std::size_t fitting = 0;
    std::size_t unfit = 0;
    for (int round = 0; round < 20000; ++round) {
        const auto text = round == 0 ? std::string(value_text) : damaged(value_text, random);
        CAPTURE(text);
        const auto parsed = json::parse(text, "x.json");
        json::Tree tree;
        if (!tree.read(text)) {
            continue;
        }
        REQUIRE(parsed.ok());
        REQUIRE(json_of(tree.root()).dump() == parsed.document.value.dump());
        const bool sound = schema->validate(parsed.document).empty();
        REQUIRE(schema->accepts(tree.root()) == sound);
        ++(sound ? fitting : unfit);
    }
    CHECK(fitting > 1000);
    CHECK(unfit > 1000);
}

TEST_CASE("each rule is kept or broken by a tree as by a document") {
    const auto schema = json::Schema::compile(tree_schema);
    REQUIRE(schema.has_value());
    const std::vector<std::pair<std::string, bool>> cases{
        {R"({"id": "abc", "list": [1]})", true},
        {R"({"id": "abc", "list": [1, 1.0]})", false},
        {R"({"id": "abc", "list": ["a", "a"]})", false},
        {R"({"id": "abc", "list": []})", false},
        {R"({"id": "abc", "list": [1, 2, 3, 4]})", false},
        {R"({"id": "abc", "list": [1, 2, 3, 4], "kind": "a", "count": 1})", true},
        {R"({"id": "abc", "list": [1], "kind": "a"})", false},
        {R"({"id": "abc", "list": [1], "kind": 1.0})", true},
        {R"({"id": "abc", "list": [1], "kind": "c"})", false},
        {R"({"id": "abc", "list": [1], "count": 2.0})", true},
        {R"({"id": "abc", "list": [1], "count": 2.5})", false},
        {R"({"id": "abc", "list": [1], "count": 10})", false},
        {R"({"id": "abc", "list": [1], "share": 0.4})", false},
        {R"({"id": "a", "list": [1]})", false},
        {R"({"id": "abcdef", "list": [1]})", false},
        {R"({"id": "aB", "list": [1]})", false},
        {R"({"id": "abc"})", false},
        {R"({"id": "abc", "list": [1], "other": 1})", false},
        {R"({"id": "abc", "list": [1], "more": {"x": 1, "y": "z"}})", true},
        {R"({"id": "abc", "list": [1], "more": {"x": 1.5}})", false},
        {R"({"id": "abc", "list": [true]})", false},
        {R"({"id": "abc", "list": [1], "flag": 1, "none": null})", false},
        {R"([])", false},
    };
    for (const auto& [text, sound] : cases) {
        CAPTURE(text);
        json::Tree tree;
        REQUIRE(tree.read(text));
        CHECK(schema->accepts(tree.root()) == sound);
        CHECK(schema->validate(json::parse(text, "x.json").document).empty() == sound);
    }
}

TEST_CASE("a document that holds only its text finds its lines when they are asked for") {
    json::Document document;
    document.file = "x.json";
    CHECK(document.line_of("/a") == 0);
    document.text = "{\n\"a\": [\n1,\n2]}";
    CHECK(document.line_of("/a/1") == 4);
    CHECK(document.place_of("/a").line == 2);
}
