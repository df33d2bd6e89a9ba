#include "json/syntax.hpp"

#include <algorithm>
#include <array>

#include <fmt/format.h>

namespace mlpath::json {

namespace {

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

// The token that was not expected.
std::string token_at(const SyntaxFault& fault) {
    const char first = fault.token.front();
    return first == '"'                                                       ? shown(fault.token)
           : std::string_view("{}[],:").find(first) != std::string_view::npos ? std::string(1, first)
                                                                              : word_at(fault);
}

SyntaxAdvice unfinished(const SyntaxFault& fault) {
    if (fault.within == Within::nothing) {
        return {"there is nothing in it, where a JSON value was expected", {}};
    }
    return {std::string("it ends too early: the ") + (fault.within == Within::list ? "`[`" : "`{`") + " of line " +
                std::to_string(fault.opened_line) + " is never closed",
            {}};
}

// An escape that ends at a control character shows it.
std::string escape_of(std::string_view token) {
    const auto last = static_cast<unsigned char>(token.back());
    return shown(last < 0x20U ? fmt::format("{}<U+{:04X}>", token.substr(0, token.size() - 1), last)
                              : std::string(token));
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
    if (fault.wanted == Wanted::key) {
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
    if (word == "NaN" || word.find("Infinity") != std::string::npos) {
        return {"JSON has no `" + word + "`", "use null, or leave the key out"};
    }
    return {"`" + word + "` is not a JSON value", "text goes in double quotes"};
}

SyntaxAdvice unexpected(const SyntaxFault& fault) {
    const auto token = token_at(fault);
    const bool closes = token == "}" || token == "]";
    switch (fault.wanted) {
        case Wanted::colon: return {"a colon is missing after the key \"" + shown(fault.key) + "\"", {}};
        case Wanted::end: return {"something follows the end of the JSON value: `" + token + "`", {}};
        case Wanted::key:
            return closes ? SyntaxAdvice{"a comma stands before `" + token + "`", "remove the comma"}
                          : SyntaxAdvice{"a key in double quotes was expected, not `" + token + "`", {}};
        case Wanted::more:
            if (closes) {
                return {"`" + token + "` does not close the `" + (fault.within == Within::list ? "[" : "{") +
                            "` of line " + std::to_string(fault.opened_line),
                        {}};
            }
            return token.size() > 1 && (token.starts_with('0') || token.starts_with("-0"))
                       ? SyntaxAdvice{"`" + token + "` is not a JSON number: it begins with a zero", {}}
                       : SyntaxAdvice{"a comma is missing before `" + token + "`", {}};
        default:
            return token == "]" && fault.within == Within::list
                       ? SyntaxAdvice{"a comma stands before `]`", "remove the comma"}
                       : SyntaxAdvice{"a value was expected, not `" + token + "`", {}};
    }
}

}  // namespace

SyntaxAdvice explain(const SyntaxFault& fault) {
    switch (fault.what) {
        case Syntax::ended: return unfinished(fault);
        case Syntax::bad_word: return bad_word(fault);
        case Syntax::bad_number: return {"`" + word_at(fault) + "` is not a JSON number", {}};
        case Syntax::large_number: return {"the number " + shown(fault.token) + " is too large", {}};
        case Syntax::bad_mark: return {"the text is not UTF-8", "save the file as UTF-8"};
        case Syntax::not_utf8: return {"the text is not UTF-8 here", "save the file as UTF-8"};
        case Syntax::unclosed: return {"a text is never closed: its `\"` is missing", {}};
        case Syntax::line_break:
            return {"a text runs over the end of its line: its closing `\"` is missing",
                    "write \\n where a line break is meant"};
        case Syntax::control:
            return {"a control character stands in a text", "write it as an escape, such as \\t or \\u001b"};
        case Syntax::surrogate:
            return {"a \\u escape is half of a pair (a lone surrogate)",
                    "write the character itself, or both halves of the pair"};
        case Syntax::hexadecimal: return {"\\u takes four hexadecimal digits", {}};
        case Syntax::escape:
            return {"no such escape in JSON: " + escape_of(fault.token), "a backslash itself is written \\\\"};
        default: return unexpected(fault);
    }
}

}  // namespace mlpath::json
