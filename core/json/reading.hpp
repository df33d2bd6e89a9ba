// How a tree is read: one pass, one character after the other.
#pragma once

#include <algorithm>
#include <array>
#include <optional>
#include <unordered_set>

#include "json/syntax.hpp"
#include "json/tree.hpp"

namespace mlpath::json {

// Bytes that are read at most: `skip` holds as many nodes, of which each takes a byte at least.
inline constexpr std::size_t most_bytes = (std::size_t{1} << 28) - 1;

// Every function returns false once a fault of syntax is told, and then all do.
class Tree::Reading {
public:
    Reading(Tree& tree, const Limits& limits, Faults& faults)
        : m_tree(tree),
          m_nodes(tree.m_nodes),
          m_at(tree.m_text.data()),
          m_end(tree.m_text.data() + tree.m_text.size()),
          m_most_depth(limits.depth),
          m_faults(faults) {}

    bool whole() {
        constexpr std::string_view byte_order_mark = "\xEF\xBB\xBF";
        if (m_at != m_end && *m_at == byte_order_mark.front()) {
            if (!m_tree.m_text.starts_with(byte_order_mark)) {
                return tell(Syntax::bad_mark);
            }
            m_at += byte_order_mark.size();
        }
        if (!value()) {
            return false;
        }
        blanks();
        return m_at == m_end || missing(Wanted::end);
    }

private:
    // A list or an object that is not yet closed.
    struct Level {
        Level* outer = nullptr;
        std::size_t node = 0;
        Within kind = Within::object;
        std::size_t size = 0;    // entries so far
        std::string_view key{};  // the last one
        bool twin = false;       // that key was there already, and its value is to come
    };

    // The keys of one object. Few have more than these; the others are in `all`.
    struct Keys {
        static constexpr std::size_t few = 16;
        std::array<std::string_view, few>
            first;  // NOLINT(cppcoreguidelines-pro-type-member-init): only what is there is read
        std::size_t count = 0;
        std::optional<std::unordered_set<std::string_view>> all{};

        bool add(std::string_view key) {
            if (all) {
                return all->insert(key).second;
            }
            const auto end = first.begin() + static_cast<std::ptrdiff_t>(count);
            if (std::find(first.begin(), end, key) != end) {
                return false;
            }
            if (count < few) {
                first[count++] = key;
            } else {
                all.emplace(first.begin(), first.end()).insert(key);
            }
            return true;
        }
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
    [[nodiscard]] std::uint32_t offset(const char* at) const {
        return static_cast<std::uint32_t>(at - m_tree.m_text.data());
    }
    // What stands from `begin` to where we are.
    Node& add(Node::Kind kind, const char* begin) {
        auto& node = m_nodes.emplace_back();
        node.begin = offset(begin);
        node.end = offset(m_at);
        node.kind = static_cast<std::uint32_t>(kind) & 0xFU;
        return node;
    }

    bool value() {
        blanks();
        if (m_at == m_end) {
            return missing(Wanted::value);
        }
        switch (*m_at) {
            case '{': return nested(Within::object);
            case '[': return nested(Within::list);
            case '}':
            case ']':
            case ',':
            case ':': return missing(Wanted::value);
            default: return scalar();
        }
    }
    bool nested(Within kind);
    bool entries(Level& level);
    bool members(Level& level);
    bool scalar();
    bool word(std::string_view expected, Node::Kind kind);
    bool text();
    bool text_with_escapes(const char* quote, unsigned seen);
    unsigned run();
    Syntax escape(std::string& into);
    bool hexadecimal(std::uint32_t& code);
    bool number();
    bool digits();

    bool missing(Wanted wanted);
    bool tell(Syntax what, std::string_view token = {}) {
        return tell(what, token, std::min<std::size_t>(offset(m_at) + 1, m_tree.m_text.size()));
    }
    bool tell(Syntax what, std::string_view token, std::size_t position);
    void add_fault(std::size_t position, std::string message, std::string suggestion);
    [[nodiscard]] static std::string pointer_to_open(const Level* level, const Level* innermost);

    Tree& m_tree;
    std::vector<Node>& m_nodes;
    const char* m_at;
    const char* m_end;
    std::size_t m_most_depth;
    Faults& m_faults;
    std::size_t m_depth = 0;
    Level* m_level = nullptr;
    Wanted m_wanted = Wanted::value;
};

}  // namespace mlpath::json
