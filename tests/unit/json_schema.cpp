#include <doctest/doctest.h>

#include <string>
#include <vector>

#include "base/text.hpp"
#include "json/schema.hpp"

using namespace mlpath;

namespace {

constexpr std::string_view schema_text = R"({
  "$schema": "http://json-schema.org/draft-07/schema#",
  "type": "object", "additionalProperties": false, "required": ["id", "status"],
  "properties": {
    "id": { "$ref": "#/definitions/id" },
    "status": { "enum": ["ready", "planned"] },
    "format": { "type": "integer", "minimum": 1, "maximum": 1 },
    "count": { "type": "integer", "minimum": 1 },
    "share": { "type": "number", "minimum": 0.01, "maximum": 0.99 },
    "hints": { "type": "array", "minItems": 3, "maxItems": 3, "items": { "type": "string", "minLength": 1 } },
    "skills": { "type": "array", "uniqueItems": true, "items": { "$ref": "#/definitions/id" } },
    "env": { "type": "object", "additionalProperties": { "type": "string" } },
    "flag": { "const": true },
    "tree": { "$ref": "#/definitions/tree" },
    "checks": { "type": "array", "items": { "$ref": "#/definitions/check" } }
  },
  "allOf": [ { "if": { "required": ["status"], "properties": { "status": { "const": "ready" } } },
               "then": { "required": ["hints"] } } ],
  "definitions": {
    "id": { "type": "string", "description": "Lower-case words.", "pattern": "^[a-z0-9]+(-[a-z0-9]+)*$", "maxLength": 8 },
    "tree": { "type": "object", "additionalProperties": false,
              "properties": { "leaf": { "type": ["integer", "null"] }, "below": { "type": "array", "items": { "$ref": "#/definitions/tree" } } } },
    "check": { "type": "object", "required": ["kind"], "properties": { "kind": { "enum": ["file", "command"] } },
      "allOf": [
        { "if": { "required": ["kind"], "properties": { "kind": { "const": "file" } } }, "then": { "$ref": "#/definitions/check-file" } },
        { "if": { "required": ["kind"], "properties": { "kind": { "const": "command" } } }, "then": { "$ref": "#/definitions/check-command" } } ] },
    "check-file": { "type": "object", "additionalProperties": false, "required": ["kind", "path"],
                    "properties": { "kind": {}, "path": { "type": "string" } } },
    "check-command": { "type": "object", "additionalProperties": false, "required": ["kind", "run"],
                       "properties": { "kind": {}, "run": { "type": "array", "minItems": 1 } } }
  }
})";

constexpr const char* rules_text = R"({
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

std::vector<std::string> faults_of(const json::Schema& schema, const std::string& text) {
    const auto read = json::read(text, "f");
    REQUIRE(read.ok());
    std::vector<std::string> lines;
    for (const auto& fault : schema.validate(read.document)) {
        lines.push_back(to_line(fault));
    }
    return lines;
}

}  // namespace

TEST_CASE("each mistake is one fault, where it is, in plain words") {
    const auto schema = json::Schema::compile(schema_text);
    REQUIRE(schema);
    struct Case {
        std::string text;
        std::vector<std::string> faults;
    };
    const std::string planned = R"({"id": "a", "status": "planned", )";
    const std::vector<Case> cases{
        {R"({"id": "a-b", "status": "planned"})", {}},
        {planned +
             R"("count": 1.0, "share": 0.5, "flag": true, "env": {"A": "b"}, "tree": {"below": [{"leaf": null}]}})",
         {}},
        {"[]", {"f:1: expected an object `{…}`, found a list"}},
        {"{}", {"f:1: the key `id` is missing", "f:1: the key `status` is missing"}},
        {planned + R"("count": "one"})", {R"(f:1: /count: expected a whole number at least 1, found "one")"}},
        {planned + R"("count": 0})", {"f:1: /count: expected a whole number at least 1, found 0"}},
        {planned + R"("count": 1.5})", {"f:1: /count: expected a whole number, found 1.5"}},
        {planned + R"("share": 2})", {"f:1: /share: expected a number from 0.01 to 0.99, found 2"}},
        {planned + R"("flag": false})", {"f:1: /flag: expected `true`, found false"}},
        {planned + R"("env": {"A": 1}})", {"f:1: /env/A: expected text, found 1"}},
        {R"({"id": "a", "status": "plannd"})",
         {R"(f:1: /status: expected `ready` or `planned`, found "plannd"; did you mean `planned`?)"}},
        {R"({"id": "a", "status": 3})", {"f:1: /status: expected `ready` or `planned`, found 3"}},
        {R"({"id": "A b", "status": "planned"})",
         {R"(f:1: /id: expected text like `^[a-z0-9]+(-[a-z0-9]+)*$`, found "A b"; Lower-case words.)"}},
        // Anchors are the ends of the text, not of a line.
        {R"({"id": "a\nb", "status": "planned"})",
         {R"(f:1: /id: expected text like `^[a-z0-9]+(-[a-z0-9]+)*$`, found "a\nb"; Lower-case words.)"}},
        {R"({"id": "abcdefghi", "status": "planned"})", {"f:1: /id: expected at most 8 characters, found 9"}},
        {R"({"id": "a", "status": "ready"})", {"f:1: the key `hints` is missing (needed where `status` is `ready`)"}},
        {R"({"id": "a", "status": "ready",
             "hint": ["a", "b", "c"]})",
         {"f:2: /hint: unknown key `hint`; did you mean `hints`?"}},
        {planned + R"("hints": ["a", ""]})",
         {"f:1: /hints: expected exactly 3 entries, found 2", "f:1: /hints/1: the text is empty"}},
        {planned + R"("skills": ["a", "b", "a"]})", {R"(f:1: /skills/2: "a" is in the list twice)"}},
        {planned + R"("skills": ["a","b","c","d","e","f","g","h","i","j","k","l","m","n","o","p",
             "q", "p", "a"]})",
         {R"(f:2: /skills/17: "p" is in the list twice)", R"(f:2: /skills/18: "a" is in the list twice)"}},
        {planned + R"("tree": {"below": [{"leaf": 1}, {"below": [{"laef": 1}]}]}})",
         {"f:1: /tree/below/1/below/0/laef: unknown key `laef`; did you mean `leaf`?"}},
        {planned + R"("tree": {"zzzz": 1}})",
         {"f:1: /tree/zzzz: unknown key `zzzz`; the keys here are `below` and `leaf`"}},
        // A check is judged by its own kind alone.
        {planned + R"("checks": [{"kind": "file"}, {"kind": "comand"}, {"kind": "command", "run": []}, {}, 7]})",
         {"f:1: /checks/0: the key `path` is missing (needed where `kind` is `file`)",
          R"(f:1: /checks/1/kind: expected `file` or `command`, found "comand"; did you mean `command`?)",
          "f:1: /checks/2/run: expected at least 1 entry, found 0", "f:1: /checks/3: the key `kind` is missing",
          "f:1: /checks/4: expected an object `{…}`, found 7"}},
    };
    for (const auto& c : cases) {
        CAPTURE(c.text);
        CHECK(join(faults_of(*schema, c.text), "\n") == join(c.faults, "\n"));
    }
}

TEST_CASE("each rule is kept or broken") {
    const auto schema = json::Schema::compile(rules_text);
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
        CHECK(faults_of(*schema, text).empty() == sound);
    }
}

TEST_CASE("a schema with a keyword that is not read is refused, so that a misspelled one cannot pass") {
    for (const std::string text :
         {R"({"minimun": 1})", R"({"type": "whole"})", R"({"pattern": "("})", R"({"$ref": "x"})",
          R"({"properties": {"a": {"$ref": "#/definitions/none"}}})", "{"}) {
        CAPTURE(text);
        const auto schema = json::Schema::compile(text);
        REQUIRE_FALSE(schema);
        CHECK(schema.error().kind == ErrorKind::internal);
    }
}

TEST_CASE("hostile values are bounded") {
    const auto schema = json::Schema::compile(schema_text);
    REQUIRE(schema);
    std::string keys = "{\"id\": \"a\", \"status\": \"planned\"";
    for (int i = 0; i < 100'000; ++i) {
        keys += ", \"k" + std::to_string(i) + "\": 1";
    }
    CHECK(faults_of(*schema, keys + "}").size() == 1001);
    // A long text meets a pattern: std::regex would overflow the stack here.
    const auto pattern = json::Schema::compile(R"({"pattern": "^([a-z]|[0-9])+$"})");
    CHECK(faults_of(*pattern, '"' + std::string(4u << 20, 'a') + '"').empty());
}
