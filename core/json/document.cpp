#include "json/document.hpp"

#include <algorithm>
#include <charconv>
#include <utility>

#include "base/text.hpp"

namespace mlpath::json {

namespace {

constexpr Node nothing{};

// The next step of a JSON pointer, unescaped.
std::string next_token(std::string_view& pointer) {
    pointer.remove_prefix(1);
    const auto end = std::min(pointer.find('/'), pointer.size());
    auto token = replace_all(std::string(pointer.substr(0, end)), "~1", "/");
    pointer.remove_prefix(end);
    return replace_all(std::move(token), "~0", "~");
}

Value::Iterator child_at(Value value, const std::string& token) {
    if (value.is_object()) {
        return value.find(token);
    }
    std::size_t index = value.size();
    std::from_chars(token.data(), token.data() + token.size(), index);
    return std::ranges::next(value.begin(), static_cast<std::ptrdiff_t>(std::min(index, value.size())));
}

}  // namespace

Value Document::root() const { return tree == nullptr ? Value(&nothing) : tree->root(); }

std::size_t Document::line_of(std::string_view pointer) const {
    if (tree == nullptr) {
        return 0;
    }
    auto value = root();
    while (pointer.starts_with('/')) {
        const auto child = child_at(value, next_token(pointer));
        if (child == value.end()) {
            break;
        }
        value = *child;
    }
    return tree->line_at(value.node()->begin);
}

Place Document::place_of(std::string pointer) const {
    const auto line = line_of(pointer);
    return {file, std::move(pointer), line};
}

Place Document::place_of(Value value) const {
    return {file, tree->pointer_of(value), tree->line_at(value.node()->begin)};
}

ReadDocument read(std::string text, std::string file, const Limits& limits) {
    ReadDocument reading;
    reading.document.file = std::move(file);
    reading.document.tree = std::make_shared<const Tree>(std::move(text), limits, reading.faults);
    reading.complete = reading.document.tree->complete();
    for (auto& fault : reading.faults) {
        fault.place.file = reading.document.file;
    }
    return reading;
}

Parsed parse(std::string_view text, std::string file, const Limits& limits) {
    Parsed parsed{read(std::string(text), std::move(file), limits)};
    parsed.value = json_of(parsed.document.root());
    return parsed;
}

}  // namespace mlpath::json
