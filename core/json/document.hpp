// Strict reading of JSON that people and other machines wrote: everything that is wrong is found and has a place.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "base/fault.hpp"
#include "json/json.hpp"

namespace mlpath::json {

struct Limits {
    std::size_t bytes = 64u << 20;
    std::size_t depth = 32;
};

// On which line each value of a document began, found by JSON pointer: a tree of the same shape as the value.
struct LineMap {
    struct Node {
        std::uint32_t line = 0;
        std::uint32_t first_child = 0;  // in `children`; members of an object are in the order of its keys
    };
    std::vector<Node> nodes{};
    std::vector<std::uint32_t> children{};
    std::uint32_t root = 0;
};

// A parsed file that still knows on which line each value began.
struct Document {
    std::string file{};
    Json value{};
    LineMap lines{};
    // Instead of value and lines: the text of a file without faults, of which hardly ever a line is asked for. It is
    // then read for its lines, once; not by several threads.
    std::string text{};
    mutable std::shared_ptr<const Document> read{};
    // The line of the value at the JSON pointer, or of its nearest parent; 0 where the document has no lines.
    [[nodiscard]] std::size_t line_of(std::string_view pointer) const;
    [[nodiscard]] Place place_of(std::string pointer) const;
};

// Parses UTF-8 (a BOM is skipped). Duplicate keys, depth, size, NUL bytes, bad UTF-8 and syntax are faults of the
// returned list; duplicate keys do not stop the reading (the first one counts). Time and memory are linear in the text.
struct Parsed {
    Document document{};
    Faults faults{};
    bool complete = false;  // the syntax is sound to the end, whatever else is wrong
    [[nodiscard]] bool ok() const { return !has_errors(faults); }
};
[[nodiscard]] Parsed parse(std::string_view text, std::string file, const Limits& limits = {});

// "/stages/0" and "a/b" make "/stages/0/a~1b" (RFC 6901).
[[nodiscard]] std::string pointer_to(std::string_view parent, std::string_view key);
[[nodiscard]] std::string pointer_to(std::string_view parent, std::size_t index);

}  // namespace mlpath::json
