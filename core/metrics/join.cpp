#include "metrics/join.hpp"

#include <algorithm>
#include <bit>
#include <optional>

#include "base/hash.hpp"
#include "base/text.hpp"
#include "table/table.hpp"

namespace mlpath::metrics {

namespace {

constexpr std::uint32_t nowhere = UINT32_MAX;
constexpr std::size_t most_shown = 3;

// An open hash table from keys to the rows they stand in.
class KeyIndex {
public:
    explicit KeyIndex(const Texts& keys) : m_keys(keys), m_slots(std::bit_ceil(keys.size() * 2 + 2), nowhere) {}

    // The row with this key, or nowhere.
    [[nodiscard]] std::uint32_t find(std::string_view key) const { return m_slots[slot_of(key)]; }
    // The row that already has the key of this one, or nowhere after it was added.
    std::uint32_t add(std::uint32_t row) {
        auto& slot = m_slots[slot_of(m_keys[row])];
        if (slot == nowhere) {
            slot = row;
            return nowhere;
        }
        return slot;
    }

private:
    [[nodiscard]] std::size_t slot_of(std::string_view key) const {
        const std::size_t mask = m_slots.size() - 1;
        auto slot = static_cast<std::size_t>(hash64(key)) & mask;
        while (m_slots[slot] != nowhere && m_keys[m_slots[slot]] != key) {
            slot = (slot + 1) & mask;
        }
        return slot;
    }

    const Texts& m_keys;
    std::vector<std::uint32_t> m_slots;
};

Error bad_key(std::string_view file, const std::string& what) {
    return {ErrorKind::malformed, printable(file) + ": " + what, {std::string(file), {}, 0}, "a key names one row"};
}

Status fill(KeyIndex& index, const Texts& keys, std::string_view file) {
    for (std::uint32_t row = 0; row < keys.size(); ++row) {
        if (is_missing_label(keys[row])) {
            return fail(bad_key(file, "row " + std::to_string(row + 1) + " has no key"));
        }
        if (const auto other = index.add(row); other != nowhere) {
            return fail(bad_key(file, "the key `" + printable(keys[row]) + "` occurs twice, in rows " +
                                          std::to_string(other + 1) + " and " + std::to_string(row + 1)));
        }
    }
    return {};
}

struct Unmatched {
    std::size_t count = 0;
    std::vector<std::string> shown{};
    void add(std::string_view key) {
        if (++count <= most_shown) {
            shown.push_back(printable(key));
        }
    }
    [[nodiscard]] std::string names() const { return list_of(shown) + (count > most_shown ? " …" : ""); }
};

// Keys as numbers are compared: "1.0" and "01" are "1". Nothing where one of them is no number.
std::optional<Texts> by_value(const Texts& keys) {
    Texts values;
    for (std::size_t row = 0; row < keys.size(); ++row) {
        if (table::parse_cell(keys[row]).kind == table::CellKind::text) {
            return std::nullopt;
        }
        values.push_back(canonical_label(keys[row]));
    }
    return values;
}

Result<std::vector<std::uint32_t>> match(const Texts& truth, const Texts& predictions, std::string_view truth_file,
                                         std::string_view prediction_file) {
    KeyIndex truth_index(truth);
    MLPATH_CHECK(fill(truth_index, truth, truth_file));
    KeyIndex prediction_index(predictions);
    MLPATH_CHECK(fill(prediction_index, predictions, prediction_file));
    std::vector<std::uint32_t> rows(truth.size());
    Unmatched missing;
    Unmatched extra;
    for (std::uint32_t row = 0; row < truth.size(); ++row) {
        rows[row] = prediction_index.find(truth[row]);
        if (rows[row] == nowhere) {
            missing.add(truth[row]);
        }
    }
    if (truth.size() - missing.count < predictions.size()) {
        for (std::uint32_t row = 0; row < predictions.size(); ++row) {
            if (truth_index.find(predictions[row]) == nowhere) {
                extra.add(predictions[row]);
            }
        }
    }
    if (missing.count + extra.count == 0) {
        return rows;
    }
    std::string message;
    if (missing.count > 0) {
        message = count_of(missing.count, "row") + " of the truth without a prediction: " + missing.names();
    }
    if (extra.count > 0) {
        message += (message.empty() ? "" : "; ") + count_of(extra.count, "prediction") +
                   " of no row of the truth: " + extra.names();
    }
    return fail(ErrorKind::malformed, std::move(message), "predict exactly the rows of the truth, each once");
}

}  // namespace

Result<std::vector<std::uint32_t>> join(const Texts& truth, const Texts& predictions, std::string_view truth_file,
                                        std::string_view prediction_file) {
    if (std::max(truth.size(), predictions.size()) >= nowhere) {
        return fail(ErrorKind::usage, "more rows than can be joined by key (4 294 967 294)");
    }
    auto rows = match(truth, predictions, truth_file, prediction_file);
    if (rows) {
        return rows;
    }
    // pandas writes a column of whole numbers as floats once it has held a gap.
    const auto true_values = by_value(truth);
    const auto predicted_values = by_value(predictions);
    return true_values && predicted_values ? match(*true_values, *predicted_values, truth_file, prediction_file) : rows;
}

void reorder(ColumnData& column, const std::vector<std::uint32_t>& rows) {
    if (!column.codes.empty()) {
        Codes codes;
        codes.reserve(rows.size());
        for (const auto row : rows) {
            codes.push_back(column.codes[row]);
        }
        column.codes = std::move(codes);
    }
    if (!column.numbers.empty()) {
        std::vector<double> numbers;
        numbers.reserve(rows.size());
        for (const auto row : rows) {
            numbers.push_back(column.numbers[row]);
        }
        column.numbers = std::move(numbers);
    }
}

}  // namespace mlpath::metrics
