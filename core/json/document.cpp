#include "json/document.hpp"

#include <algorithm>
#include <charconv>
#include <cstring>
#include <deque>
#include <iterator>
#include <unordered_set>
#include <utility>

#include "base/text.hpp"
#include "json/syntax.hpp"

namespace mlpath::json {

namespace {

// Reads the text for the parser, and tells how far it has come: SAX events have no position of their own.
class Reading {
public:
    using iterator_category = std::forward_iterator_tag;
    using value_type = char;
    using difference_type = std::ptrdiff_t;
    using pointer = const char*;
    using reference = const char&;

    Reading() = default;
    Reading(const char* at, const char** reached) : m_at(at), m_reached(reached) {}
    reference operator*() const { return *m_at; }
    Reading& operator++() {
        *m_reached = ++m_at;
        return *this;
    }
    Reading operator++(int) {
        const Reading before = *this;
        ++*this;
        return before;
    }
    friend bool operator==(const Reading& a, const Reading& b) { return a.m_at == b.m_at; }

private:
    const char* m_at = nullptr;
    const char** m_reached = nullptr;
};

// The members in their order, as the vector that they are: ordered_map itself looks at all keys before each insertion.
Json::object_t::Container& members_of(Json& object) { return object.get_ref<Json::object_t&>(); }
const Json::object_t::Container& members_of(const Json& object) { return object.get_ref<const Json::object_t&>(); }

class Builder {
public:
    Builder(std::string_view text, const Limits& limits, Parsed& parsed)
        : m_text(text), m_limits(limits), m_parsed(parsed), m_reached(text.data()), m_counted(text.data()) {}

    [[nodiscard]] Reading begin() { return {m_text.data(), &m_reached}; }
    [[nodiscard]] Reading end() { return {m_text.data() + m_text.size(), &m_reached}; }

    // What nlohmann's SAX parser calls.
    bool null() { return scalar(nullptr); }
    bool boolean(bool value) { return scalar(value); }
    bool number_integer(std::int64_t value) { return scalar(value); }
    bool number_unsigned(std::uint64_t value) { return scalar(value); }
    bool number_float(double value, const std::string& /*raw*/) { return scalar(value); }
    bool string(std::string& value) { return scalar(std::move(value)); }
    bool binary(Json::binary_t& /*value*/) { return false; }
    bool start_object(std::size_t /*elements*/) { return open(Within::object); }
    bool start_array(std::size_t /*elements*/) { return open(Within::list); }
    bool end_object() { return close(); }
    bool end_array() { return close(); }
    bool key(std::string& name);
    bool parse_error(std::size_t position, const std::string& token, const nlohmann::detail::exception& error);

    // What a fault left open is closed, so that values and lines agree.
    void close_all() {
        while (!m_frames.empty()) {
            close();
        }
    }

private:
    struct Frame {
        Json* value = nullptr;
        Within kind = Within::object;
        std::uint32_t node = 0;
        std::size_t first_pending = 0;
        std::size_t line = 0;
        bool duplicate = false;  // the coming value belongs to a key that was there already
        std::string key{};
        std::unordered_set<std::string> seen{};  // the keys, once there are many
    };

    bool scalar(Json value) {
        place(std::move(value));
        return true;
    }
    bool open(Within kind);
    bool close();
    std::pair<Json*, std::uint32_t> place(Json value);
    [[nodiscard]] bool is_duplicate(Frame& frame, const std::string& name) const;
    std::size_t line();
    void add_fault(std::size_t line, std::string message, std::string suggestion = {});
    [[nodiscard]] std::string pointer() const;

    std::string_view m_text;
    const Limits& m_limits;
    Parsed& m_parsed;
    const char* m_reached;
    const char* m_counted;  // newlines before this are in m_line
    std::size_t m_line = 1;
    std::vector<Frame> m_frames{};
    std::vector<std::uint32_t> m_pending{};  // nodes whose parent is still open
    std::deque<Json> m_dropped{};            // values of duplicate keys
};

// The line of the last character that was read. The parser reads one character ahead of a number, and a newline may be
// that character; it is not before itself, so it does not count.
std::size_t Builder::line() {
    const char* until = m_reached == m_text.data() ? m_reached : m_reached - 1;
    if (until > m_counted) {
        m_line += static_cast<std::size_t>(std::count(m_counted, until, '\n'));
        m_counted = until;
    }
    return m_line;
}

std::pair<Json*, std::uint32_t> Builder::place(Json value) {
    auto& lines = m_parsed.document.lines;
    const auto node = static_cast<std::uint32_t>(lines.nodes.size());
    lines.nodes.push_back({static_cast<std::uint32_t>(line()), 0});
    if (m_frames.empty()) {
        m_parsed.document.value = std::move(value);
        lines.root = node;
        return {&m_parsed.document.value, node};
    }
    auto& frame = m_frames.back();
    if (frame.duplicate) {
        frame.duplicate = false;
        return {&m_dropped.emplace_back(std::move(value)), node};
    }
    m_pending.push_back(node);
    if (frame.kind == Within::list) {
        auto& list = frame.value->get_ref<Json::array_t&>();
        return {&list.emplace_back(std::move(value)), node};
    }
    return {&members_of(*frame.value).emplace_back(frame.key, std::move(value)).second, node};
}

bool Builder::open(Within kind) {
    if (m_frames.size() >= m_limits.depth) {
        add_fault(line(), "it is nested deeper than " + std::to_string(m_limits.depth) + " levels");
        return false;
    }
    const auto [value, node] = place(kind == Within::list ? Json::array() : Json::object());
    Frame frame;
    frame.value = value;
    frame.kind = kind;
    frame.node = node;
    frame.first_pending = m_pending.size();
    frame.line = line();
    m_frames.push_back(std::move(frame));
    return true;
}

bool Builder::close() {
    auto& lines = m_parsed.document.lines;
    const auto& frame = m_frames.back();
    lines.nodes[frame.node].first_child = static_cast<std::uint32_t>(lines.children.size());
    const auto first = m_pending.begin() + static_cast<std::ptrdiff_t>(frame.first_pending);
    lines.children.insert(lines.children.end(), first, m_pending.end());
    m_pending.erase(first, m_pending.end());
    m_frames.pop_back();
    return true;
}

bool Builder::is_duplicate(Frame& frame, const std::string& name) const {
    constexpr std::size_t few = 16;
    const auto& members = members_of(std::as_const(*frame.value));
    if (members.size() < few) {
        return std::ranges::any_of(members, [&](const auto& member) { return member.first == name; });
    }
    if (frame.seen.empty()) {
        for (const auto& member : members) {
            frame.seen.insert(member.first);
        }
    }
    return !frame.seen.insert(name).second;
}

bool Builder::key(std::string& name) {
    auto& frame = m_frames.back();
    frame.duplicate = is_duplicate(frame, name);
    frame.key = std::move(name);
    if (frame.duplicate) {
        add_fault(line(), "the key `" + frame.key + "` appears twice", "remove or rename one of the two");
    }
    return true;
}

std::string Builder::pointer() const {
    std::string path;
    for (const auto& frame : m_frames) {
        if (frame.kind == Within::object && (&frame != &m_frames.back() || frame.duplicate)) {
            path = pointer_to(path, frame.key);
        } else if (&frame != &m_frames.back()) {
            const auto size = frame.value->size();
            path = pointer_to(path, size == 0 ? 0 : size - 1);
        }
    }
    return path;
}

void Builder::add_fault(std::size_t line, std::string message, std::string suggestion) {
    constexpr std::size_t most = 1000;  // of duplicate keys in one hostile file
    if (m_parsed.faults.size() < most) {
        m_parsed.faults.push_back(
            {Severity::error, {m_parsed.document.file, pointer(), line}, std::move(message), std::move(suggestion)});
    }
}

bool Builder::parse_error(std::size_t position, const std::string& token, const nlohmann::detail::exception& error) {
    SyntaxFault fault{m_text, position, token, error.what(), Within::nothing, {}, 0};
    if (!m_frames.empty()) {
        fault.within = m_frames.back().kind;
        fault.key = m_frames.back().key;
        fault.opened_line = m_frames.back().line;
    }
    auto advice = explain(fault);
    add_fault(line(), std::move(advice.message), std::move(advice.suggestion));
    return false;
}

// What is decided before a parser sees the text; true where one may.
bool fit_to_parse(std::string_view text, const Limits& limits, Parsed& parsed) {
    const auto refuse = [&](std::size_t line, std::string message) {
        parsed.faults.push_back({Severity::error, {parsed.document.file, {}, line}, std::move(message), {}});
    };
    if (text.size() > limits.bytes) {
        refuse(0, "it is " + human_bytes(text.size()) + " long; at most " + human_bytes(limits.bytes) + " are read");
        return false;
    }
    if (const auto nul = text.find('\0'); nul != std::string_view::npos) {
        // nlohmann takes it for the end of the text, and would call what stands before it whole.
        refuse(line_at(text, nul), "a NUL byte stands in it: this is no text in UTF-8");
        return false;
    }
    return true;
}

// The next step of a JSON pointer, unescaped.
std::string next_token(std::string_view& pointer) {
    pointer.remove_prefix(1);
    const auto end = std::min(pointer.find('/'), pointer.size());
    auto token = replace_all(std::string(pointer.substr(0, end)), "~1", "/");
    pointer.remove_prefix(end);
    return replace_all(std::move(token), "~0", "~");
}

// Which child of `value` the token names, or the number of children where it names none.
std::size_t child_place(const Json& value, const std::string& token) {
    if (value.is_array()) {
        std::size_t index = value.size();
        std::from_chars(token.data(), token.data() + token.size(), index);
        return std::min(index, value.size());
    }
    const auto& members = members_of(value);
    const auto found = std::ranges::find_if(members, [&](const auto& member) { return member.first == token; });
    return static_cast<std::size_t>(found - members.begin());
}

}  // namespace

std::size_t Document::line_of(std::string_view pointer) const {
    if (lines.nodes.empty()) {
        if (read == nullptr && !text.empty()) {
            read = std::make_shared<const Document>(parse(text, file).document);
        }
        return read == nullptr ? 0 : read->line_of(pointer);
    }
    auto node = lines.root;
    const Json* at = &value;
    while (pointer.starts_with('/') && at->is_structured()) {
        const auto place = child_place(*at, next_token(pointer));
        if (place >= at->size()) {
            break;
        }
        node = lines.children[lines.nodes[node].first_child + place];
        at = at->is_array() ? &at->get_ref<const Json::array_t&>()[place] : &members_of(*at)[place].second;
    }
    return lines.nodes[node].line;
}

Place Document::place_of(std::string pointer) const {
    const auto line = line_of(pointer);
    return {file, std::move(pointer), line};
}

Parsed parse(std::string_view text, std::string file, const Limits& limits) {
    Parsed parsed;
    parsed.document.file = std::move(file);
    if (!fit_to_parse(text, limits, parsed)) {
        return parsed;
    }
    Builder builder(text, limits, parsed);
    parsed.complete = Json::sax_parse(builder.begin(), builder.end(), &builder);
    builder.close_all();
    return parsed;
}

std::string pointer_to(std::string_view parent, std::string_view key) {
    std::string pointer(parent);
    pointer += '/';
    for (const char c : key) {
        pointer += c == '~' ? "~0" : c == '/' ? "~1" : std::string_view(&c, 1);
    }
    return pointer;
}

std::string pointer_to(std::string_view parent, std::size_t index) {
    return std::string(parent) + '/' + std::to_string(index);
}

}  // namespace mlpath::json
