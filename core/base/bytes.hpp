// Writing and reading small binary formats of our own (the blob, the index, a snapshot of the journal): little-endian
// numbers, texts with their length before them. A reader never reads past the end: it notes the fault, and gives zeros
// from then on.
#pragma once

#include <bit>
#include <cmath>
#include <cstdint>
#include <cstring>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>

#include "base/time.hpp"

namespace mlpath {

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
    void refuse_unless(bool can_be) { m_sound = m_sound && can_be; }
    [[nodiscard]] bool sound() const { return m_sound; }
    [[nodiscard]] bool at_end() const { return m_rest.empty(); }

private:
    std::string_view m_rest;
    bool m_sound = true;
};

// Values of many types. One of our own says in its namespace which fields it has, once for both:
//     template <typename V, typename Visit> void each_field(V& value, Visit& visit);
// calls `visit` with each, in the order in which they are stored.
template <typename T>
constexpr bool is_time = requires(T value) { value.time_since_epoch().count(); };
template <typename T>
constexpr bool is_small = std::is_enum_v<T> || std::is_same_v<T, bool>;

class FieldWriter : public ByteWriter {
public:
    template <typename T>
    void operator()(const T& value) {
        if constexpr (std::is_same_v<T, std::string>) {
            text(value);
        } else if constexpr (is_small<T>) {
            number(static_cast<std::uint8_t>(value));
        } else if constexpr (std::is_arithmetic_v<T>) {
            number(value);
        } else if constexpr (is_time<T>) {
            number(static_cast<std::int64_t>(value.time_since_epoch().count()));
        } else if constexpr (requires { value.has_value(); }) {
            (*this)(value.has_value());
            if (value) {
                (*this)(*value);
            }
        } else if constexpr (requires { value.size(); }) {
            number(static_cast<std::uint32_t>(value.size()));
            for (const auto& entry : value) {
                (*this)(entry);
            }
        } else if constexpr (requires { value.second; }) {
            (*this)(value.first);
            (*this)(value.second);
        } else {
            each_field(value, *this);
        }
    }
};

class FieldReader : public ByteReader {
public:
    using ByteReader::ByteReader;

    template <typename T>
    void operator()(T& value) {
        if constexpr (std::is_same_v<T, std::string>) {
            value = text();
        } else if constexpr (is_small<T>) {
            value = static_cast<T>(number<std::uint8_t>());
        } else if constexpr (std::is_arithmetic_v<T>) {
            value = number<T>();
            refuse_unless(!std::is_floating_point_v<T> || std::isfinite(value));  // we write no others
        } else if constexpr (is_time<T>) {
            const auto count = number<std::int64_t>();
            // Days of the ten thousand years that a date can name: others cannot be reckoned with.
            constexpr std::int64_t most_days = 4'000'000;
            const bool can_be = !std::is_same_v<T, Day> || (count > -most_days && count < most_days);
            refuse_unless(can_be);
            value = T(typename T::duration(can_be ? static_cast<typename T::rep>(count) : 0));
        } else if constexpr (requires { value.has_value(); }) {
            bool there = false;
            (*this)(there);
            if (there) {
                (*this)(value.emplace());
            }
        } else if constexpr (requires { typename T::mapped_type; }) {
            list<std::pair<typename T::key_type, typename T::mapped_type>>(
                [&](auto entry) { value.insert_or_assign(std::move(entry.first), std::move(entry.second)); });
        } else if constexpr (requires { value.size(); }) {
            using Entry = std::remove_cvref_t<decltype(*value.begin())>;
            list<Entry>([&](Entry entry) {
                if constexpr (requires(T& values, Entry one) { values.add(std::move(one)); }) {
                    value.add(std::move(entry));
                } else {
                    value.push_back(std::move(entry));
                }
            });
        } else if constexpr (requires { value.second; }) {
            (*this)(value.first);
            (*this)(value.second);
        } else {
            each_field(value, *this);
        }
    }
    // All of it was read, and all of it was sound.
    [[nodiscard]] bool whole() const { return sound() && at_end(); }

private:
    template <typename T, typename Take>
    void list(Take take_entry) {
        constexpr std::size_t deepest = 64;  // values nest, and hostile bytes may not make us nest without end
        const auto entries = m_depth < deepest ? count() : 0;
        ++m_depth;
        for (std::size_t i = 0; i < entries && sound(); ++i) {
            T value{};
            (*this)(value);
            take_entry(std::move(value));
        }
        --m_depth;
    }
    std::size_t m_depth = 0;
};

}  // namespace mlpath
