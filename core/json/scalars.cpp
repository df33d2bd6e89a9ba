// Texts, numbers, true, false and null.
#include <charconv>
#include <cmath>
#include <cstdlib>

#include "base/text.hpp"
#include "json/reading.hpp"

namespace mlpath::json {

namespace {

// Characters that stand for themselves in a text. Those beyond ASCII are looked at together, at its end.
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

bool Tree::Reading::scalar() {
    switch (*m_at) {
        case '"': return text();
        case 't': return word("true", Node::Kind::boolean);
        case 'f': return word("false", Node::Kind::boolean);
        case 'n': return word("null", Node::Kind::null);
        default: return *m_at == '-' || is_digit(*m_at) ? number() : tell(Syntax::bad_word);
    }
}

bool Tree::Reading::word(std::string_view expected, Node::Kind kind) {
    const auto* begin = m_at;
    for (const char c : expected) {
        if (m_at == m_end || *m_at != c) {
            return tell(Syntax::bad_word);
        }
        ++m_at;
    }
    add(kind, begin).boolean = expected.front() == 't';
    return true;
}

// Characters that stand for themselves; the bits of all.
unsigned Tree::Reading::run() {
    unsigned seen = 0;
    while (m_at != m_end && plain[static_cast<unsigned char>(*m_at)]) {
        seen |= static_cast<unsigned char>(*m_at++);
    }
    return seen;
}

bool Tree::Reading::text() {
    const auto* quote = m_at++;
    const auto seen = run();
    const std::string_view inside(quote + 1, static_cast<std::size_t>(m_at - quote - 1));
    if (m_at == m_end || *m_at != '"' || (seen >= 0x80U && !is_utf8(inside))) {
        return text_with_escapes(quote, seen);
    }
    ++m_at;
    auto& node = add(Node::Kind::text, quote);
    node.text = inside.data();
    node.size = static_cast<std::uint32_t>(inside.size());
    return true;
}

// Or with a fault: of several, the first is told.
bool Tree::Reading::text_with_escapes(const char* quote, unsigned seen) {
    std::string text(quote + 1, m_at);
    auto fault = Syntax::none;
    while (fault == Syntax::none && m_at != m_end && *m_at != '"') {
        if (*m_at == '\\') {
            fault = escape(text);
        } else if (plain[static_cast<unsigned char>(*m_at)]) {
            const auto* begin = m_at;
            seen |= run();
            text.append(begin, m_at);
        } else {
            fault = Syntax::control;
        }
    }
    if (fault == Syntax::none && m_at == m_end) {
        fault = Syntax::unclosed;
    } else if (fault != Syntax::none && m_at != m_end && (*m_at == '\n' || *m_at == '\r')) {
        fault = Syntax::line_break;
    }
    if (seen >= 0x80U && !is_utf8({quote + 1, static_cast<std::size_t>(m_at - quote - 1)})) {
        fault = Syntax::not_utf8;
    }
    if (fault != Syntax::none) {
        return tell(fault, {quote, static_cast<std::size_t>(std::min(m_at + 1, m_end) - quote)});
    }
    ++m_at;
    const auto& kept = m_tree.m_unescaped.emplace_back(std::move(text));
    auto& node = add(Node::Kind::text, quote);
    node.text = kept.data();
    node.size = static_cast<std::uint32_t>(kept.size());
    return true;
}

// From the backslash on; where it is faulty, we stand at the offending character.
Syntax Tree::Reading::escape(std::string& into) {
    ++m_at;
    if (m_at == m_end) {
        return Syntax::escape;
    }
    if (*m_at != 'u') {
        const char meant = unescaped(*m_at);
        if (meant == 0) {
            return Syntax::escape;
        }
        into += meant;
        ++m_at;
        return Syntax::none;
    }
    ++m_at;
    std::uint32_t code = 0;
    if (!hexadecimal(code)) {
        return Syntax::hexadecimal;
    }
    if (code >= 0xDC00 && code < 0xE000) {
        --m_at;
        return Syntax::surrogate;
    }
    if (code >= 0xD800 && code < 0xDC00) {  // the first half of a pair
        for (const char c : {'\\', 'u'}) {
            if (m_at == m_end || *m_at != c) {
                return Syntax::surrogate;
            }
            ++m_at;
        }
        std::uint32_t second = 0;
        if (!hexadecimal(second)) {
            return Syntax::hexadecimal;
        }
        if (second < 0xDC00 || second >= 0xE000) {
            --m_at;
            return Syntax::surrogate;
        }
        code = 0x10000 + ((code - 0xD800) << 10U) + (second - 0xDC00);
    }
    append_utf8(into, code);
    return Syntax::none;
}

bool Tree::Reading::hexadecimal(std::uint32_t& code) {
    constexpr std::ptrdiff_t digits = 4;
    const auto read = std::from_chars(m_at, m_at + std::min(digits, m_end - m_at), code, 16);
    const bool whole = read.ec == std::errc() && read.ptr == m_at + digits;
    m_at = read.ptr;
    return whole;
}

bool Tree::Reading::digits() {
    const auto* before = m_at;
    while (m_at != m_end && is_digit(*m_at)) {
        ++m_at;
    }
    return m_at != before;
}

bool Tree::Reading::number() {
    const auto* begin = m_at;
    const bool negative = *m_at == '-';
    m_at += negative ? 1 : 0;
    if (m_at != m_end && *m_at == '0') {
        ++m_at;
    } else if (!digits()) {
        return tell(Syntax::bad_number);
    }
    bool whole = true;
    if (m_at != m_end && *m_at == '.') {
        whole = false;
        ++m_at;
        if (!digits()) {
            return tell(Syntax::bad_number);
        }
    }
    if (m_at != m_end && (*m_at == 'e' || *m_at == 'E')) {
        whole = false;
        ++m_at;
        m_at += m_at != m_end && (*m_at == '+' || *m_at == '-') ? 1 : 0;
        if (!digits()) {
            return tell(Syntax::bad_number);
        }
    }
    auto& node = add(whole && negative ? Node::Kind::integer : whole ? Node::Kind::natural : Node::Kind::number, begin);
    if (whole &&
        (negative ? std::from_chars(begin, m_at, node.integer) : std::from_chars(begin, m_at, node.natural)).ec ==
            std::errc()) {
        return true;
    }
    // What 64 bits do not hold is no whole number here.
    node.kind = static_cast<std::uint32_t>(Node::Kind::number) & 0xFU;
    if (std::from_chars(begin, m_at, node.number).ec != std::errc()) {
        node.number = std::strtod(std::string(begin, m_at).c_str(), nullptr);  // next to zero, or beyond all
    }
    if (std::isinf(node.number) && m_wanted == Wanted::value) {
        m_nodes.pop_back();
        return tell(Syntax::large_number, {begin, static_cast<std::size_t>(m_at - begin)}, offset(m_at));
    }
    return true;
}

}  // namespace mlpath::json
