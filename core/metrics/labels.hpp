// Labels as small integers: a table of classes, and columns of codes that index it.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

namespace mlpath::metrics {

using Code = std::uint32_t;
inline constexpr Code no_class = UINT32_MAX;

// How a label is compared: without blanks around; numbers by value ("1.0", "01" and "+1" are "1").
[[nodiscard]] std::string canonical_label(std::string_view cell);
[[nodiscard]] std::string canonical_label(double value);
// Empty or NaN in any case: no label at all. "None" and "NA" are labels, because people name classes so.
[[nodiscard]] bool is_missing_label(std::string_view cell);
// Numbers by value and before text, text by bytes.
[[nodiscard]] bool label_less(std::string_view a, std::string_view b);

// The classes met so far. Many spellings may mean one class.
class ClassTable {
public:
    // The class of a cell, which is added if new; no_class where the label is missing.
    [[nodiscard]] Code code(std::string_view cell) {
        if (cell.size() <= sizeof(std::uint64_t)) {
            const Key key = key_of(cell);
            const Slot& slot = m_slots[slot_of(key)];
            if (slot.key == key) {
                return slot.code;
            }
        }
        return look_up(cell);
    }
    [[nodiscard]] std::optional<Code> find(std::string_view cell) const;
    [[nodiscard]] const std::vector<std::string>& labels() const { return m_labels; }
    [[nodiscard]] std::size_t size() const { return m_labels.size(); }

private:
    // Short cells, which labels mostly are, are looked up in a small direct-mapped cache by their bytes.
    struct Key {
        std::uint64_t bytes = 0;
        std::uint64_t size = ~std::uint64_t{0};
        friend bool operator==(const Key&, const Key&) = default;
    };
    struct Slot {
        Key key{};
        Code code = 0;
    };
    struct Hash {
        using is_transparent = void;
        std::size_t operator()(std::string_view text) const { return std::hash<std::string_view>{}(text); }
    };
    static constexpr unsigned slot_bits = 8;

    static Key key_of(std::string_view cell) {
        std::uint64_t bytes = 0;
        for (std::size_t i = 0; i < cell.size(); ++i) {
            bytes |= static_cast<std::uint64_t>(static_cast<unsigned char>(cell[i])) << (8U * i);
        }
        return {bytes, cell.size()};
    }
    static std::size_t slot_of(const Key& key) {
        return static_cast<std::size_t>(((key.bytes + key.size) * 0x9E3779B97F4A7C15ULL) >> (64U - slot_bits));
    }
    Code look_up(std::string_view cell);

    std::array<Slot, std::size_t{1} << slot_bits> m_slots{};
    std::unordered_map<std::string, Code, Hash, std::equal_to<>> m_spellings;  // cells as written, trimmed
    std::unordered_map<std::string, Code, Hash, std::equal_to<>> m_codes;      // canonical labels
    std::vector<std::string> m_labels;
};

// A column of codes: one byte each while there are no more than 256 classes, which is nearly always.
class Codes {
public:
    void push_back(Code code) {
        if (m_wide.empty() && code <= UINT8_MAX) {
            m_narrow.push_back(static_cast<std::uint8_t>(code));
        } else {
            push_wide(code);
        }
    }
    void reserve(std::size_t count) { m_narrow.reserve(count); }
    [[nodiscard]] std::size_t size() const { return m_wide.empty() ? m_narrow.size() : m_wide.size(); }
    [[nodiscard]] bool empty() const { return size() == 0; }
    [[nodiscard]] Code operator[](std::size_t i) const { return m_wide.empty() ? m_narrow[i] : m_wide[i]; }
    // Calls `use` with a vector of bytes or of 32-bit codes, for loops that count.
    template <typename Use>
    decltype(auto) visit(Use&& use) const {
        return m_wide.empty() ? std::forward<Use>(use)(m_narrow) : std::forward<Use>(use)(m_wide);
    }
    // Appends the codes of another table's column, translated. The other column is emptied, to free its memory.
    void take(Codes& other, const std::vector<Code>& translation);

private:
    void push_wide(Code code);

    std::vector<std::uint8_t> m_narrow;
    std::vector<std::uint32_t> m_wide;  // instead of m_narrow, once a code needs it
};

}  // namespace mlpath::metrics
