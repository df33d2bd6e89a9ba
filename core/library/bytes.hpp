// Writing and reading small binary formats of our own (the blob, the index): little-endian numbers, texts with their
// length before them. A reader never reads past the end: it notes the fault, and gives zeros from then on.
#pragma once

#include <bit>
#include <cstdint>
#include <cstring>
#include <string>
#include <string_view>
#include <type_traits>

namespace mlpath::library {

static_assert(std::endian::native == std::endian::little, "the formats are little-endian");

class ByteWriter {
public:
    template <typename T>
        requires std::is_arithmetic_v<T>
    void number(T value) {
        char raw[sizeof(T)];
        std::memcpy(raw, &value, sizeof(T));
        m_bytes.append(raw, sizeof(T));
    }
    void text(std::string_view value) {
        number(static_cast<std::uint32_t>(value.size()));
        m_bytes += value;
    }
    void raw(std::string_view value) { m_bytes += value; }
    [[nodiscard]] std::size_t size() const { return m_bytes.size(); }
    [[nodiscard]] std::string take() { return std::move(m_bytes); }

private:
    std::string m_bytes{};
};

class ByteReader {
public:
    explicit ByteReader(std::string_view bytes) : m_rest(bytes) {}

    template <typename T>
        requires std::is_arithmetic_v<T>
    [[nodiscard]] T number() {
        T value{};
        const auto raw = take(sizeof(T));
        if (raw.size() == sizeof(T)) {
            std::memcpy(&value, raw.data(), sizeof(T));
        }
        return value;
    }
    [[nodiscard]] std::string_view text() { return take(number<std::uint32_t>()); }
    // How many entries follow; each takes at least one byte, so that no more can be true than there are bytes.
    [[nodiscard]] std::size_t count() {
        const auto value = number<std::uint32_t>();
        if (value > m_rest.size()) {
            m_sound = false;
            return 0;
        }
        return value;
    }
    [[nodiscard]] std::string_view take(std::size_t size) {
        if (size > m_rest.size()) {
            m_sound = false;
            m_rest = {};
            return {};
        }
        const auto part = m_rest.substr(0, size);
        m_rest.remove_prefix(size);
        return part;
    }
    [[nodiscard]] bool sound() const { return m_sound; }
    [[nodiscard]] bool at_end() const { return m_rest.empty(); }

private:
    std::string_view m_rest;
    bool m_sound = true;
};

}  // namespace mlpath::library
