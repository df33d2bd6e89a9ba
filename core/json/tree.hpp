// The values of a JSON text in one flat list, each with where it stands: texts are looked at in the source, lines are
// counted when one is asked for. `json::read` in document.hpp makes it.
#pragma once

#include <cstddef>
#include <cstdint>
#include <deque>
#include <exception>
#include <string>
#include <string_view>
#include <type_traits>
#include <vector>

#include "base/fault.hpp"
#include "json/json.hpp"

namespace mlpath::json {

struct Limits {
    std::size_t bytes = 64u << 20;  // never more than 2^28
    std::size_t depth = 32;         // reading calls itself
};

// One value, or the key of a member, which stands right before the member's value. What it holds follows it.
struct Node {
    enum class Kind : std::uint8_t { null, boolean, integer, natural, number, text, list, object };
    union {
        bool boolean;
        std::int64_t integer;
        std::uint64_t natural = 0;
        double number;
        const char* text;
    };
    std::uint32_t size = 0;   // bytes of a text, entries of a list, members of an object
    std::uint32_t begin = 0;  // in the source
    std::uint32_t end = 0;
    std::uint32_t kind : 4 = 0;   // a Kind
    std::uint32_t skip : 28 = 1;  // nodes up to the next sibling
    [[nodiscard]] bool is(Kind one) const { return kind == static_cast<std::uint32_t>(one); }
};

// Thrown where a value is asked for what it is not, as Json does.
struct WrongType : std::exception {
    [[nodiscard]] const char* what() const noexcept override { return "a JSON value is of another type"; }
};

// A value of a tree, which must outlive it. Has the part of Json's interface that readers of values need.
class Value {
public:
    class Iterator;
    explicit Value(const Node* node) : m_node(node) {}

    [[nodiscard]] bool is_null() const { return m_node->is(Node::Kind::null); }
    [[nodiscard]] bool is_boolean() const { return m_node->is(Node::Kind::boolean); }
    [[nodiscard]] bool is_string() const { return m_node->is(Node::Kind::text); }
    [[nodiscard]] bool is_array() const { return m_node->is(Node::Kind::list); }
    [[nodiscard]] bool is_object() const { return m_node->is(Node::Kind::object); }
    [[nodiscard]] bool is_number_unsigned() const { return m_node->is(Node::Kind::natural); }
    [[nodiscard]] bool is_number_float() const { return m_node->is(Node::Kind::number); }
    [[nodiscard]] bool is_number_integer() const { return is_number_unsigned() || m_node->is(Node::Kind::integer); }
    [[nodiscard]] bool is_number() const { return is_number_integer() || is_number_float(); }

    // The entries of a list or the members of an object; 0 of any other.
    [[nodiscard]] std::size_t size() const { return is_array() || is_object() ? m_node->size : 0; }
    // What a list or an object holds; nothing of any other.
    [[nodiscard]] Iterator begin() const;
    [[nodiscard]] Iterator end() const;
    [[nodiscard]] Iterator find(std::string_view key) const;
    [[nodiscard]] bool contains(std::string_view key) const;
    [[nodiscard]] Value at(std::string_view key) const;

    // Of a text.
    [[nodiscard]] std::string_view text() const {
        if (!is_string()) {
            throw WrongType();
        }
        return {m_node->text, m_node->size};
    }
    template <typename T>
    [[nodiscard]] T get() const;
    [[nodiscard]] double value(std::string_view key, double fallback) const;

    // Which value of its tree it is, and where that stands in the source.
    [[nodiscard]] const Node* node() const { return m_node; }

private:
    const Node* m_node;
};

class Value::Iterator {
public:
    using value_type = Value;
    using difference_type = std::ptrdiff_t;

    enum class Of { list, object };
    Iterator() = default;
    Iterator(const Node* at, Of of) : m_at(at), m_value_after(of == Of::object ? 1 : 0) {}
    // The key of a member of an object.
    [[nodiscard]] std::string_view key() const { return {m_at->text, m_at->size}; }
    // Where the member begins in the source; of a list, the entry.
    [[nodiscard]] std::size_t begins() const { return m_at->begin; }
    [[nodiscard]] Value operator*() const { return Value(m_at + m_value_after); }
    struct Arrow {
        Value value;
        [[nodiscard]] const Value* operator->() const { return &value; }
    };
    [[nodiscard]] Arrow operator->() const { return {**this}; }
    Iterator& operator++() {
        m_at += m_value_after;
        m_at += m_at->skip;
        return *this;
    }
    Iterator operator++(int) {
        const auto before = *this;
        ++*this;
        return before;
    }
    friend bool operator==(const Iterator& a, const Iterator& b) { return a.m_at == b.m_at; }

private:
    const Node* m_at = nullptr;
    std::ptrdiff_t m_value_after = 0;
};

template <typename T>
T Value::get() const {
    if constexpr (std::is_same_v<T, std::string>) {
        return std::string(text());
    } else if constexpr (std::is_same_v<T, bool>) {
        if (!is_boolean()) {
            throw WrongType();
        }
        return m_node->boolean;
    } else if constexpr (std::is_arithmetic_v<T>) {
        switch (static_cast<Node::Kind>(m_node->kind)) {
            case Node::Kind::integer: return static_cast<T>(m_node->integer);
            case Node::Kind::natural: return static_cast<T>(m_node->natural);
            case Node::Kind::number: return static_cast<T>(m_node->number);
            default: throw WrongType();
        }
    } else {
        static_assert(std::is_same_v<T, std::vector<std::string>>);
        if (!is_array()) {
            throw WrongType();
        }
        T list;
        list.reserve(size());
        for (const auto entry : *this) {
            list.push_back(entry.get<std::string>());
        }
        return list;
    }
}

// Stays where it was made: its values point into it.
class Tree {
public:
    // Reads the text. False where a fault ended it; what came before is there all the same. Faults have no file.
    Tree(std::string text, const Limits& limits, Faults& faults);
    Tree(const Tree&) = delete;
    Tree& operator=(const Tree&) = delete;
    ~Tree() = default;

    // Whether the syntax is sound to the end.
    [[nodiscard]] bool complete() const { return m_complete; }
    [[nodiscard]] Value root() const { return Value(m_nodes.data()); }
    // The JSON pointer of a value of this tree.
    [[nodiscard]] std::string pointer_of(Value value) const;
    // On which line the byte stands. Not for several threads.
    [[nodiscard]] std::size_t line_at(std::size_t position) const;

private:
    class Reading;
    std::string m_text;
    std::vector<Node> m_nodes{};
    std::deque<std::string> m_unescaped{};  // texts that have escapes
    bool m_complete = false;
    mutable std::vector<std::uint32_t> m_line_ends{};  // counted once a line is asked for
    mutable bool m_counted = false;
};

[[nodiscard]] Json json_of(Value value);

// "/stages/0" and "a/b" make "/stages/0/a~1b" (RFC 6901).
[[nodiscard]] std::string pointer_to(std::string_view parent, std::string_view key);
[[nodiscard]] std::string pointer_to(std::string_view parent, std::size_t index);

}  // namespace mlpath::json
