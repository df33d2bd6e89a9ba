// Strict reading of JSON that people and other machines wrote: everything that is wrong is found and has a place.
#pragma once

#include <cstddef>
#include <map>
#include <string>
#include <string_view>

#include "base/fault.hpp"
#include "json/json.hpp"

namespace mlpath::json {

struct Limits {
    std::size_t bytes = 16u << 20;
    std::size_t depth = 32;
};

// A parsed file that still knows on which line each value began.
struct Document {
    std::string file{};
    Json value{};
    std::map<std::string, std::size_t> lines{};  // JSON pointer -> line
    // The line of the value, or of its nearest known parent.
    [[nodiscard]] std::size_t line_of(std::string pointer) const;
    [[nodiscard]] Place place_of(std::string pointer) const;
};

// Parses UTF-8 (a BOM is skipped). Duplicate keys, depth, size, bad UTF-8 and syntax are faults of the returned list;
// duplicate keys do not stop the reading.
struct Parsed {
    Document document{};
    Faults faults{};
    [[nodiscard]] bool ok() const { return !has_errors(faults); }
};
[[nodiscard]] Parsed parse(std::string_view text, std::string file, const Limits& limits = {});

}  // namespace mlpath::json
