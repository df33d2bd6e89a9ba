// json::parse: what every document of others goes through. And json::Tree, which reads what has no faults at speed.
#include <algorithm>

#include "fuzz/support.hpp"
#include "json/document.hpp"
#include "json/tree.hpp"

using namespace mlpath;

namespace {

constexpr json::Limits limits{.bytes = 64 * 1024, .depth = 32};

std::size_t depth_of(const Json& value) {
    std::size_t deepest = 0;
    for (const auto& part : value) {
        deepest = std::max(deepest, part.is_structured() ? depth_of(part) : 0);
    }
    return deepest + 1;
}

// Every value has a line, no earlier than its parent's.
void insist_on_lines(const json::Document& document, const Json& value, const std::string& pointer, std::size_t least,
                     std::size_t last) {
    const auto line = document.line_of(pointer);
    fuzz::insist(line >= least && line <= last, "a value begins no earlier than its parent, within the text");
    if (value.is_object()) {
        for (const auto& [key, part] : value.items()) {
            insist_on_lines(document, part, json::pointer_to(pointer, key), line, last);
        }
    }
}

}  // namespace

FUZZ(input) {
    const auto parsed = json::parse(input, "input.json", limits);
    fuzz::insist_on(parsed.faults, input);
    fuzz::insist(parsed.ok() || has_errors(parsed.faults), "what is not read has a fault");
    fuzz::insist(parsed.complete || !parsed.ok(), "what is cut short has a fault");
    const auto& value = parsed.document.value;
    if (value.is_structured()) {
        fuzz::insist(depth_of(value) <= limits.depth, "the depth is bounded");
        insist_on_lines(parsed.document, value, "", 1, 1 + static_cast<std::size_t>(std::ranges::count(input, '\n')));
    }
    if (json::Tree tree; tree.read(input, limits)) {
        fuzz::insist(parsed.ok(), "only a text without faults has a tree");
        fuzz::insist(json_of(tree.root()).dump() == value.dump(), "a tree holds what was read");
    }
    if (parsed.ok()) {
        fuzz::insist(input.size() <= limits.bytes, "the size is bounded");
        fuzz::insist(Json::accept(input), "what we take is JSON");
        const auto again = json::parse(value.dump(2), "again.json");
        fuzz::insist(again.ok() && again.document.value == value, "what is written is read as it was");
    }
}
