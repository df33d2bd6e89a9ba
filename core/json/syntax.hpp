// Plain sentences for what is wrong with the syntax of a JSON text.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace mlpath::json {

enum class Within { nothing, list, object };

// Where the reading stopped.
struct SyntaxFault {
    std::string_view text{};   // the whole text
    std::size_t position = 0;  // characters read so far, the offending one among them
    std::string token{};       // the last token, as the parser shows it
    std::string reason{};      // the parser's own message
    Within within = Within::nothing;
    std::string key{};            // the last key of the innermost object
    std::size_t opened_line = 0;  // where the innermost list or object began
};

struct SyntaxAdvice {
    std::string message{};
    std::string suggestion{};
};

[[nodiscard]] SyntaxAdvice explain(const SyntaxFault& fault);

}  // namespace mlpath::json
