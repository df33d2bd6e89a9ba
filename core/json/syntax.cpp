#include "json/syntax.hpp"

#include <algorithm>
#include <array>

namespace mlpath::json {

namespace {

bool has(std::string_view text, std::string_view part) { return text.find(part) != std::string_view::npos; }

// A token as it stands in the text, short enough for one line.
std::string shown(std::string_view token) {
    constexpr std::size_t longest = 40;
    return token.size() <= longest ? std::string(token) : std::string(token.substr(0, longest)) + "…";
}

// The whole word at which the parser stopped: it gives up at the first letter that fits nothing.
std::string word_at(const SyntaxFault& fault) {
    const auto stops = [](char c) { return std::string_view(" \t\r\n,:[]{}\"").find(c) != std::string_view::npos; };
    auto begin = std::min(fault.position, fault.text.size());
    if (begin > 0 && stops(fault.text[begin - 1])) {
        --begin;  // the word ended too early: what came instead was read as well
    }
    auto end = begin;
    while (begin > 0 && !stops(fault.text[begin - 1])) {
        --begin;
    }
    while (end < fault.text.size() && !stops(fault.text[end])) {
        ++end;
    }
    return shown(fault.text.substr(begin, end - begin));
}

// The token that was not expected. The parser's own idea of it holds for strings alone: before others it may still hold
// what was read earlier.
std::string token_at(const SyntaxFault& fault) {
    const char last = fault.position == 0 || fault.position > fault.text.size() ? ' ' : fault.text[fault.position - 1];
    if (last == '"') {
        return shown(fault.token);
    }
    return std::string_view("{}[],:").find(last) != std::string_view::npos ? std::string(1, last) : word_at(fault);
}

SyntaxAdvice unfinished(const SyntaxFault& fault) {
    if (fault.within == Within::nothing) {
        return {"there is nothing in it, where a JSON value was expected", {}};
    }
    return {std::string("it ends too early: the ") + (fault.within == Within::list ? "`[`" : "`{`") + " of line " +
                std::to_string(fault.opened_line) + " is never closed",
            {}};
}

SyntaxAdvice bad_string(const SyntaxFault& fault) {
    const std::string_view reason = fault.reason;
    if (has(reason, "ill-formed UTF-8")) {
        return {"the text is not UTF-8 here", "save the file as UTF-8"};
    }
    if (has(reason, "missing closing quote")) {
        return {"a text is never closed: its `\"` is missing", {}};
    }
    if (has(reason, "U+000A") || has(reason, "U+000D")) {
        return {"a text runs over the end of its line: its closing `\"` is missing",
                "write \\n where a line break is meant"};
    }
    if (has(reason, "control character")) {
        return {"a control character stands in a text", "write it as an escape, such as \\t or \\u001b"};
    }
    if (has(reason, "surrogate")) {
        return {"a \\u escape is half of a pair (a lone surrogate)",
                "write the character itself, or both halves of the pair"};
    }
    if (has(reason, "'\\u' must be followed")) {
        return {"\\u takes four hexadecimal digits", {}};
    }
    return {"no such escape in JSON: " + shown(fault.token), "a backslash itself is written \\\\"};
}

SyntaxAdvice bad_word(const SyntaxFault& fault) {
    const auto word = word_at(fault);
    if (static_cast<unsigned char>(word.empty() ? ' ' : word.front()) >= 0x80U) {
        return {"`" + word + "` stands where JSON was expected", "text goes in straight double quotes"};
    }
    if (word.starts_with('\'')) {
        return {"a text is in single quotes: " + word, "JSON takes double quotes"};
    }
    if (word.starts_with('/') || word.starts_with('#')) {
        return {"JSON has no comments", "remove it"};
    }
    if (fault.within == Within::object && has(fault.reason, "object key")) {
        return {"the key " + word + " is not in double quotes", {}};
    }
    constexpr std::array<std::pair<std::string_view, std::string_view>, 6> known{{{"True", "true"},
                                                                                  {"False", "false"},
                                                                                  {"None", "null"},
                                                                                  {"TRUE", "true"},
                                                                                  {"FALSE", "false"},
                                                                                  {"nil", "null"}}};
    for (const auto& [wrong, right] : known) {
        if (word == wrong) {
            return {"`" + word + "` is not a JSON value", "did you mean `" + std::string(right) + "`?"};
        }
    }
    if (word == "NaN" || has(word, "Infinity")) {
        return {"JSON has no `" + word + "`", "use null, or leave the key out"};
    }
    return {"`" + word + "` is not a JSON value", "text goes in double quotes"};
}

SyntaxAdvice unexpected(const SyntaxFault& fault) {
    const std::string_view reason = fault.reason;
    const auto token = token_at(fault);
    const bool closes = token == "}" || token == "]";
    if (has(reason, "object separator")) {
        return {"a colon is missing after the key \"" + shown(fault.key) + "\"", {}};
    }
    if (has(reason, "object key")) {
        return closes ? SyntaxAdvice{"a comma stands before `" + token + "`", "remove the comma"}
                      : SyntaxAdvice{"a key in double quotes was expected, not `" + token + "`", {}};
    }
    if (has(reason, "expected end of input")) {
        return {"something follows the end of the JSON value: `" + token + "`", {}};
    }
    const bool ended = has(reason, "parsing object") || has(reason, "parsing array");
    if (ended && closes) {
        return {std::string("`") + token + "` does not close the `" + (fault.within == Within::list ? "[" : "{") +
                    "` of line " + std::to_string(fault.opened_line),
                {}};
    }
    if (ended && token.size() > 1 && (token.starts_with('0') || token.starts_with("-0"))) {
        return {"`" + token + "` is not a JSON number: it begins with a zero", {}};
    }
    if (ended) {
        return {"a comma is missing before `" + token + "`", {}};
    }
    if (token == "]" && fault.within == Within::list) {
        return {"a comma stands before `]`", "remove the comma"};
    }
    return {"a value was expected, not `" + token + "`", {}};
}

}  // namespace

SyntaxAdvice explain(const SyntaxFault& fault) {
    const std::string_view reason = fault.reason;
    if (has(reason, "unexpected end of input") || has(reason, "empty input")) {
        return unfinished(fault);
    }
    if (has(reason, "number overflow")) {
        return {"the number " + shown(fault.token) + " is too large", {}};
    }
    if (has(reason, "invalid string")) {
        return bad_string(fault);
    }
    if (has(reason, "invalid number")) {
        return {"`" + word_at(fault) + "` is not a JSON number", {}};
    }
    if (has(reason, "invalid BOM")) {
        return {"the text is not UTF-8", "save the file as UTF-8"};
    }
    if (has(reason, "invalid literal") || has(reason, "invalid comment")) {
        return bad_word(fault);
    }
    return unexpected(fault);
}

}  // namespace mlpath::json
