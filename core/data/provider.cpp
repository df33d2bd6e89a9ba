#include "data/provider.hpp"

namespace mlpath::data {

Result<const Rows*> DataProvider::rows(const library::DataEntry& entry) {
    const std::scoped_lock lock(m_mutex);
    auto found = m_rows.find(entry.id);
    if (found == m_rows.end()) {
        MLPATH_TRY(table::Table whole, table(entry));
        MLPATH_TRY(Rows rows, prepare_rows(std::move(whole), *entry.split));
        found = m_rows.emplace(entry.id, std::move(rows)).first;
    }
    return &found->second;
}

Result<Division> DataProvider::held_out(const library::DataEntry& entry, std::uint64_t seed) {
    if (auto known = known_split(entry, seed)) {
        return std::move(*known);
    }
    MLPATH_TRY(const Rows* ready, rows(entry));
    MLPATH_TRY(const auto parts, hold_out(*ready, *entry.split, seed));
    auto division = divide(*ready, parts, seed);
    keep_split(entry, seed, division);
    return division;
}

}  // namespace mlpath::data
