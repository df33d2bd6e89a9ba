#include "json/tree.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <cstring>

#include "base/text.hpp"

namespace mlpath::json {

namespace {

constexpr std::size_t most_nodes = std::size_t{1} << 28;  // what `skip` holds
constexpr std::size_t most_depth = 64;                    // reading calls itself

// Characters that stand for themselves in a text. Those beyond ASCII are looked at once, at the end.
constexpr auto plain = [] {
    std::array<bool, 256> table{};
    for (std::size_t c = 0x20; c < table.size(); ++c) {
        table[c] = c != '"' && c != '\\';
    }
    return table;
}();

bool is_digit(char c) { return c >= '0' && c <= '9'; }

void append_utf8(std::string& text, std::uint32_t code) {
    const auto put = [&](std::uint32_t byte) { text += static_cast<char>(byte); };
    if (code < 0x80) {
        put(code);
    } else if (code < 0x800) {
        put(0xC0U | (code >> 6U));
        put(0x80U | (code & 0x3FU));
    } else if (code < 0x10000) {
        put(0xE0U | (code >> 12U));
        put(0x80U | ((code >> 6U) & 0x3FU));
        put(0x80U | (code & 0x3FU));
    } else {
        put(0xF0U | (code >> 18U));
        put(0x80U | ((code >> 12U) & 0x3FU));
        put(0x80U | ((code >> 6U) & 0x3FU));
        put(0x80U | (code & 0x3FU));
    }
}

// The character that `\c` stands for; 0 where it is none of the short escapes.
char unescaped(char c) {
    switch (c) {
        case '"':
        case '\\':
        case '/': return c;
        case 'b': return '\b';
        case 'f': return '\f';
        case 'n': return '\n';
        case 'r': return '\r';
        case 't': return '\t';
        default: return 0;
    }
}

}  // namespace

// Every function returns false at the first thing that is not as it should be.
class Tree::Reading {
public:
    Reading(Tree& tree, std::string_view text, std::size_t depth)
        : m_nodes(tree.m_nodes),
          m_unescaped(tree.m_unescaped),
          m_at(text.data()),
          m_end(text.data() + text.size()),
          m_most_depth(depth) {}

    bool whole() {
        if (!value(0)) {
            return false;
        }
        blanks();
        return m_at == m_end;
    }
    [[nodiscard]] bool ascii() const { return m_ascii; }

private:
    // Of the keys of one object, those that came first; few objects have more.
    struct Keys {
        static constexpr std::size_t most = 16;
        std::array<std::string_view, most>
            first;  // NOLINT(cppcoreguidelines-pro-type-member-init): only what is there is read
        std::size_t count = 0;
    };

    void blanks() {
        while (m_at != m_end && (*m_at == ' ' || *m_at == '\n' || *m_at == '\r' || *m_at == '\t')) {
            ++m_at;
        }
    }
    bool take(char c) {
        blanks();
        const bool there = m_at != m_end && *m_at == c;
        m_at += there ? 1 : 0;
        return there;
    }
    Node& add(Node::Kind kind) {
        auto& node = m_nodes.emplace_back();
        node.natural = 0;
        node.size = 0;
        node.kind = static_cast<std::uint32_t>(kind) & 0xFU;
        node.skip = 1;
        return node;
    }

    bool value(std::size_t depth) {
        blanks();
        if (m_at == m_end) {
            return false;
        }
        switch (*m_at) {
            case '"': return text();
            case '{': return depth < m_most_depth && object(depth);
            case '[': return depth < m_most_depth && list(depth);
            case 't':
                if (!word("true")) {
                    return false;
                }
                add(Node::Kind::boolean).boolean = true;
                return true;
            case 'f':
                if (!word("false")) {
                    return false;
                }
                add(Node::Kind::boolean).boolean = false;
                return true;
            case 'n':
                if (!word("null")) {
                    return false;
                }
                add(Node::Kind::null);
                return true;
            default: return number();
        }
    }

    bool word(std::string_view expected) {
        if (!std::string_view(m_at, static_cast<std::size_t>(m_end - m_at)).starts_with(expected)) {
            return false;
        }
        m_at += expected.size();
        return true;
    }

    bool object(std::size_t depth);
    bool list(std::size_t depth);
    bool text();
    bool text_with_escapes(const char* begin);
    bool escape(std::string& into);
    bool hexadecimal(std::uint32_t& code);
    bool number();
    void close(std::size_t node, std::size_t size);
    bool is_new(Keys& keys, std::string_view key) const;
    [[nodiscard]] bool all_differ(std::size_t node) const;

    std::vector<Node>& m_nodes;
    std::deque<std::string>& m_unescaped;
    const char* m_at;
    const char* m_end;
    std::size_t m_most_depth;
    bool m_ascii = true;
};

void Tree::Reading::close(std::size_t node, std::size_t size) {
    m_nodes[node].size = static_cast<std::uint32_t>(size);
    m_nodes[node].skip = static_cast<std::uint32_t>(m_nodes.size() - node) & (most_nodes - 1);
}

bool Tree::Reading::list(std::size_t depth) {
    const auto node = m_nodes.size();
    add(Node::Kind::list);
    ++m_at;
    std::size_t size = 0;
    if (!take(']')) {
        do {
            if (!value(depth + 1)) {
                return false;
            }
            ++size;
        } while (take(','));
        if (!take(']')) {
            return false;
        }
    }
    close(node, size);
    return true;
}

bool Tree::Reading::object(std::size_t depth) {
    const auto node = m_nodes.size();
    add(Node::Kind::object);
    ++m_at;
    Keys keys;
    std::size_t size = 0;
    if (!take('}')) {
        do {
            blanks();
            const auto key = m_nodes.size();
            if (m_at == m_end || *m_at != '"' || !text() || !is_new(keys, {m_nodes[key].text, m_nodes[key].size}) ||
                !take(':') || !value(depth + 1)) {
                return false;
            }
            ++size;
        } while (take(','));
        if (!take('}')) {
            return false;
        }
    }
    close(node, size);
    return size <= Keys::most || all_differ(node);
}

bool Tree::Reading::is_new(Keys& keys, std::string_view key) const {
    const auto begin = keys.first.begin();
    const auto end = begin + static_cast<std::ptrdiff_t>(keys.count);
    if (std::find(begin, end, key) != end) {
        return false;
    }
    if (keys.count < Keys::most) {
        keys.first[keys.count++] = key;
    }
    return true;
}

bool Tree::Reading::all_differ(std::size_t node) const {
    std::vector<std::string_view> keys;
    const Value object(&m_nodes[node]);
    for (auto member = object.begin(); member != object.end(); ++member) {
        keys.push_back(member.key());
    }
    std::ranges::sort(keys);
    return std::ranges::adjacent_find(keys) == keys.end();
}

bool Tree::Reading::text() {
    const auto* begin = ++m_at;
    unsigned seen = 0;
    while (m_at != m_end && plain[static_cast<unsigned char>(*m_at)]) {
        seen |= static_cast<unsigned char>(*m_at++);
    }
    m_ascii = m_ascii && seen < 0x80U;
    if (m_at == m_end || *m_at != '"') {
        return m_at != m_end && *m_at == '\\' && text_with_escapes(begin);
    }
    auto& node = add(Node::Kind::text);
    node.text = begin;
    node.size = static_cast<std::uint32_t>(m_at - begin);
    ++m_at;
    return true;
}

bool Tree::Reading::text_with_escapes(const char* begin) {
    auto& text = m_unescaped.emplace_back(begin, m_at);
    while (m_at != m_end && *m_at != '"') {
        const char c = *m_at++;
        if (c == '\\') {
            if (!escape(text)) {
                return false;
            }
        } else if (plain[static_cast<unsigned char>(c)]) {
            m_ascii = m_ascii && static_cast<unsigned char>(c) < 0x80U;
            text += c;
        } else {
            return false;
        }
    }
    if (m_at == m_end) {
        return false;
    }
    ++m_at;
    auto& node = add(Node::Kind::text);
    node.text = text.data();
    node.size = static_cast<std::uint32_t>(text.size());
    return true;
}

// What follows a backslash.
bool Tree::Reading::escape(std::string& into) {
    if (m_at == m_end) {
        return false;
    }
    const char c = *m_at++;
    if (c != 'u') {
        const char meant = unescaped(c);
        into += meant;
        return meant != 0;
    }
    std::uint32_t code = 0;
    if (!hexadecimal(code) || (code >= 0xDC00 && code < 0xE000)) {
        return false;
    }
    if (code >= 0xD800 && code < 0xDC00) {  // the first half of a pair
        std::uint32_t second = 0;
        if (!word("\\u") || !hexadecimal(second) || second < 0xDC00 || second >= 0xE000) {
            return false;
        }
        code = 0x10000 + ((code - 0xD800) << 10U) + (second - 0xDC00);
    }
    append_utf8(into, code);
    return true;
}

bool Tree::Reading::hexadecimal(std::uint32_t& code) {
    constexpr std::ptrdiff_t digits = 4;
    if (m_end - m_at < digits) {
        return false;
    }
    const auto read = std::from_chars(m_at, m_at + digits, code, 16);
    const bool whole = read.ec == std::errc() && read.ptr == m_at + digits;
    m_at += digits;
    return whole;
}

bool Tree::Reading::number() {
    const auto* begin = m_at;
    const bool negative = *m_at == '-';
    m_at += negative ? 1 : 0;
    const auto* first = m_at;
    while (m_at != m_end && is_digit(*m_at)) {
        ++m_at;
    }
    if (m_at == first || (*first == '0' && m_at - first > 1)) {
        return false;
    }
    if (m_at == m_end || (*m_at != '.' && *m_at != 'e' && *m_at != 'E')) {
        if (negative) {
            auto& node = add(Node::Kind::integer);
            return std::from_chars(begin, m_at, node.integer).ec == std::errc();
        }
        auto& node = add(Node::Kind::natural);
        return std::from_chars(first, m_at, node.natural).ec == std::errc();
    }
    const auto digits = [&] {
        const auto* before = m_at;
        while (m_at != m_end && is_digit(*m_at)) {
            ++m_at;
        }
        return m_at != before;
    };
    if (*m_at == '.') {
        ++m_at;
        if (!digits()) {
            return false;
        }
    }
    if (m_at != m_end && (*m_at == 'e' || *m_at == 'E')) {
        ++m_at;
        m_at += m_at != m_end && (*m_at == '+' || *m_at == '-') ? 1 : 0;
        if (!digits()) {
            return false;
        }
    }
    return std::from_chars(begin, m_at, add(Node::Kind::number).number).ec == std::errc();
}

bool Tree::read(std::string_view text, const Limits& limits) {
    m_nodes.clear();
    m_unescaped.clear();
    if (text.size() > limits.bytes || text.size() >= most_nodes) {
        return false;
    }
    constexpr std::string_view byte_order_mark = "\xEF\xBB\xBF";
    if (text.starts_with(byte_order_mark)) {
        text.remove_prefix(byte_order_mark.size());
    }
    constexpr std::size_t usual = 8;  // bytes of text for each node: fewer make the list grow
    m_nodes.reserve(text.size() / usual + 1);
    Reading reading(*this, text, std::min(limits.depth, most_depth));
    return reading.whole() && (reading.ascii() || is_utf8(text));
}

}  // namespace mlpath::json
