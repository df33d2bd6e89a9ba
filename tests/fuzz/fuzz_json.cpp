// json::parse: what every document of others goes through.
#include <algorithm>

#include "fuzz/support.hpp"
#include "json/document.hpp"

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

// Every value has its place: found again by its pointer, no earlier than its parent's, within the text.
void insist_on_places(const json::Document& document, json::Value value, const json::Node& parent) {
    const auto& node = *value.node();
    fuzz::insist(node.begin >= parent.begin && node.begin <= node.end && node.end <= parent.end,
                 "a value stands within its parent");
    const auto place = document.place_of(value);
    fuzz::insist(document.line_of(place.pointer) == place.line, "a value is found by its pointer");
    constexpr std::size_t few = 100;  // each is looked for from the first on
    for (auto part = value.begin(); part != value.end() && value.size() < few; ++part) {
        insist_on_places(document, *part, node);
    }
}

}  // namespace

FUZZ(input) {
    const auto parsed = json::parse(input, "input.json", limits);
    fuzz::insist_on(parsed.faults, input);
    fuzz::insist(parsed.ok() || has_errors(parsed.faults), "what is not read has a fault");
    fuzz::insist(parsed.complete || !parsed.ok(), "what is cut short has a fault");
    const auto& value = parsed.value;
    if (value.is_structured()) {
        fuzz::insist(depth_of(value) <= limits.depth, "the depth is bounded");
        insist_on_places(parsed.document, parsed.document.root(), *parsed.document.root().node());
    }
    if (parsed.ok()) {
        fuzz::insist(input.size() <= limits.bytes, "the size is bounded");
        fuzz::insist(Json::accept(input), "what we take is JSON");
        fuzz::insist(Json::parse(input).dump() == value.dump(), "and is read as others read it");
        const auto again = json::parse(value.dump(2), "again.json");
        fuzz::insist(again.ok() && again.value == value, "what is written is read as it was");
    }
}
