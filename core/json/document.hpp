// Strict reading of JSON that people and other machines wrote: everything that is wrong is found and has a place.
#pragma once

#include <cstddef>
#include <memory>
#include <string>
#include <string_view>

#include "base/fault.hpp"
#include "json/tree.hpp"

namespace mlpath::json {

// A file that was read, and still knows on which line each of its values begins. Copies share the tree.
struct Document {
    std::string file{};
    std::shared_ptr<const Tree> tree{};  // null: nothing was read

    [[nodiscard]] Value root() const;  // null where nothing was read
    // The line of the value at the JSON pointer, or of its nearest parent; 0 where nothing was read. Not for several
    // threads.
    [[nodiscard]] std::size_t line_of(std::string_view pointer) const;
    [[nodiscard]] Place place_of(std::string pointer) const;
    [[nodiscard]] Place place_of(Value value) const;  // of one of its own
};

struct ReadDocument {
    Document document{};
    Faults faults{};
    bool complete = false;  // the syntax is sound to the end, whatever else is wrong
    [[nodiscard]] bool ok() const { return !has_errors(faults); }
};

// Reads UTF-8 (a BOM is skipped). Duplicate keys, depth, size, NUL bytes, bad UTF-8 and syntax are faults of the
// returned list; duplicate keys do not stop the reading (the first one counts). Time and memory are linear in the text.
[[nodiscard]] ReadDocument read(std::string text, std::string file, const Limits& limits = {});

// The same, for who wants a Json.
struct Parsed : ReadDocument {
    Json value{};
};
[[nodiscard]] Parsed parse(std::string_view text, std::string file, const Limits& limits = {});

}  // namespace mlpath::json
