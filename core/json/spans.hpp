// Where the values of a JSON text stand in it, so that a file that a person wrote can be changed in one place and stay
// as it is everywhere else.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace mlpath::json {

struct Span {
    std::string pointer{};   // RFC 6901; empty for the whole
    std::size_t member = 0;  // where its key begins; of the entry of a list, where the value does
    std::size_t begin = 0;
    std::size_t end = 0;
};

// Of every value, an object or a list before what it holds. The text has no faults (`parse`); of another, what is told
// is of no use, and stays inside the text.
[[nodiscard]] std::vector<Span> spans(std::string_view text);

}  // namespace mlpath::json
