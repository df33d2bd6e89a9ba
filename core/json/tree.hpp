// A JSON text read at speed: all values in one flat list, texts where they stand in the source. Only a text without any
// fault has a tree; `parse` in document.hpp is the one that says what is wrong, and where.
#pragma once

#include <cstddef>
#include <cstdint>
#include <deque>
#include <exception>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <vector>

#include "json/document.hpp"
#include "json/json.hpp"

namespace mlpath::json {

// One value, or the key of a member, which stands right before the member's value. What it holds follows it.
struct Node {
    enum class Kind : std::uint8_t { null, boolean, integer, natural, number, text, list, object };
    union {
        bool boolean;
        std::int64_t integer;
        std::uint64_t natural;
        double number;
        const char* text;
    };
    std::uint32_t size;       // bytes of a text, entries of a list, members of an object
    std::uint32_t kind : 4;   // a Kind
    std::uint32_t skip : 28;  // nodes up to the next sibling
    [[nodiscard]] bool is(Kind one) const { return kind == static_cast<std::uint32_t>(one); }
};

// Thrown where a value is asked for what it is not, as Json does.
struct WrongType : std::exception {
    [[nodiscard]] const char* what() const noexcept override { return "a JSON value is of another type"; }
};

// A value of a tree, which must outlive it. Has the part of Json's interface that readers of values need, so that they
// can be written once for both.
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

class Tree {
public:
    // Whether `parse` would find no fault, and the tree is there. False also for what is sound and rare: numbers that
    // 64 bits do not hold. The text must outlive the tree.
    [[nodiscard]] bool read(std::string_view text, const Limits& limits = {});
    [[nodiscard]] Value root() const { return Value(m_nodes.data()); }

private:
    class Reading;
    std::vector<Node> m_nodes{};
    std::deque<std::string> m_unescaped{};  // texts that have escapes
};

[[nodiscard]] Json json_of(Value value);

}  // namespace mlpath::json
