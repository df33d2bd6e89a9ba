// Plain sentences for what is wrong with the syntax of a JSON text.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace mlpath::json {

enum class Within { nothing, list, object };

// What was to come where the reading stopped.
enum class Wanted {
    value,
    key,
    colon,
    more,  // a comma, or the end of the list or object
    end,   // of the text
};

enum class Syntax {
    none,
    ended,  // too early
    unexpected,
    bad_word,
    bad_number,
    large_number,
    bad_mark,  // of the byte order
    // Of a text:
    not_utf8,
    unclosed,
    line_break,
    control,
    surrogate,
    hexadecimal,
    escape,
};

// Where the reading stopped.
struct SyntaxFault {
    Syntax what = Syntax::none;
    Wanted wanted = Wanted::value;
    std::string_view text{};   // the whole text
    std::size_t position = 0;  // characters read so far, the offending one among them
    std::string_view token{};  // what was read of a number or a text
    Within within = Within::nothing;
    std::string_view key{};       // the last key of the innermost object
    std::size_t opened_line = 0;  // where the innermost list or object began
};

struct SyntaxAdvice {
    std::string message{};
    std::string suggestion{};
};

[[nodiscard]] SyntaxAdvice explain(const SyntaxFault& fault);

}  // namespace mlpath::json
