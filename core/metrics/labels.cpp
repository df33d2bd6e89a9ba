#include "metrics/labels.hpp"

#include <algorithm>
#include <charconv>
#include <cmath>

#include "base/text.hpp"
#include "table/table.hpp"

namespace mlpath::metrics {

namespace {

constexpr double exact_integers = 9007199254740992.0;  // 2^53: below, every integer is a double

std::optional<double> as_number(std::string_view text) {
    const auto cell = table::parse_cell(text);
    if (cell.kind != table::CellKind::number || !(std::abs(cell.number) < exact_integers)) {
        return std::nullopt;
    }
    return cell.number;
}

}  // namespace

std::string canonical_label(double value) {
    std::array<char, 32> buffer{};
    const auto [end, error] = std::to_chars(buffer.data(), buffer.data() + buffer.size(), value + 0.0);  // -0 is 0
    return {buffer.data(), end};
}

std::string canonical_label(std::string_view cell) {
    const auto text = trim(cell);
    const auto number = as_number(text);
    return number ? canonical_label(*number) : std::string(text);
}

bool is_missing_label(std::string_view cell) {
    const auto text = trim(cell);
    return text.empty() || (text.size() == 3 && to_lower_ascii(text) == "nan");
}

bool label_less(std::string_view a, std::string_view b) {
    const auto number_a = as_number(a);
    const auto number_b = as_number(b);
    if (number_a && number_b) {
        return *number_a < *number_b;
    }
    return number_a || number_b ? number_a.has_value() : a < b;
}

Code ClassTable::look_up(std::string_view cell) {
    Code code = 0;
    if (const auto spelled = m_spellings.find(cell); spelled != m_spellings.end()) {
        code = spelled->second;
    } else if (is_missing_label(cell)) {
        return no_class;
    } else {
        const auto [entry, added] = m_codes.try_emplace(canonical_label(cell), static_cast<Code>(m_labels.size()));
        if (added) {
            m_labels.push_back(entry->first);
        }
        code = entry->second;
        m_spellings.emplace(cell, code);
    }
    if (cell.size() <= sizeof(std::uint64_t)) {
        const Key key = key_of(cell);
        m_slots[slot_of(key)] = {key, code};
    }
    return code;
}

std::optional<Code> ClassTable::find(std::string_view cell) const {
    const auto found = m_codes.find(canonical_label(cell));
    return found == m_codes.end() ? std::nullopt : std::optional(found->second);
}

void Codes::push_wide(Code code) {
    if (m_wide.empty()) {
        m_wide.assign(m_narrow.begin(), m_narrow.end());
        m_narrow = std::vector<std::uint8_t>();  // `= {}` would keep the memory
    }
    m_wide.push_back(code);
}

void Codes::take(Codes& other, const std::vector<Code>& translation) {
    const auto append = [&](const auto& codes) {
        const bool narrow =
            m_wide.empty() && std::ranges::all_of(translation, [](Code code) { return code <= UINT8_MAX; });
        if (narrow) {
            const auto start = m_narrow.size();
            m_narrow.resize(start + codes.size());
            std::ranges::transform(codes, m_narrow.begin() + static_cast<std::ptrdiff_t>(start),
                                   [&](Code code) { return static_cast<std::uint8_t>(translation[code]); });
        } else {
            for (const Code code : codes) {
                push_back(translation[code]);
            }
        }
    };
    other.visit(append);
    other = {};
}

}  // namespace mlpath::metrics
