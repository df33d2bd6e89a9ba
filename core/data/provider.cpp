#include "data/provider.hpp"

namespace mlpath::data {

namespace {

// A division, and the rows and parts that it was made of.
struct Divided {
    Division division{};
    const Parts& parts;
    const Rows& rows;
};

Result<Division> held_out_of_another(Divided given, const Rows& others, Parts theirs, const library::SplitSpec& spec,
                                     std::uint64_t seed) {
    if (spec.method != library::SplitMethod::chronological) {
        MLPATH_TRY(theirs, without_known(std::move(theirs), others, given.parts, given.rows));
    }
    return held_out_of(std::move(given.division), divide(others, theirs, seed), spec.method);
}

}  // namespace

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
    MLPATH_TRY(const Rows* others, drawn_rows(entry, seed));
    if (others != nullptr) {
        MLPATH_TRY(auto theirs, hold_out(*others, *entry.split, seed));
        MLPATH_TRY(division, held_out_of_another({std::move(division), parts, *ready}, *others, std::move(theirs),
                                                 *entry.split, seed));
    }
    keep_split(entry, seed, division);
    return division;
}

Result<Division> DataProvider::given(const library::DataEntry& entry, std::uint64_t seed) {
    MLPATH_TRY(const Rows* ready, rows(entry));
    MLPATH_TRY(const auto parts, hold_out(*ready, *entry.split, seed));
    return divide(*ready, parts, seed);
}

Result<Division> DataProvider::fold(const library::DataEntry& entry, std::uint64_t seed, std::uint64_t draw,
                                    std::size_t number, std::size_t count) {
    MLPATH_TRY(const Rows* ready, rows(entry));
    MLPATH_TRY(const auto parts, folds_of(*ready, entry, draw, count));
    auto division = divide(*ready, parts->at(number), draw);
    MLPATH_TRY(const Rows* others, drawn_rows(entry, seed));
    if (others == nullptr) {
        return division;
    }
    MLPATH_TRY(const auto theirs, folds_of(*others, entry, draw, count));
    return held_out_of_another({std::move(division), parts->at(number), *ready}, *others, theirs->at(number),
                               *entry.split, draw);
}

Result<const Rows*> DataProvider::drawn_rows(const library::DataEntry& entry, std::uint64_t seed) {
    const std::scoped_lock lock(m_mutex);
    auto found = m_drawn.find({entry.id, seed});
    if (found == m_drawn.end()) {
        MLPATH_TRY(auto table, drawn(entry, seed));
        std::optional<Rows> rows;
        if (table) {
            MLPATH_TRY(rows, prepare_rows(std::move(*table), *entry.split));
        }
        found = m_drawn.emplace(std::pair(entry.id, seed), std::move(rows)).first;
    }
    return found->second ? &*found->second : nullptr;
}

Result<DataProvider::Folds> DataProvider::folds_of(const Rows& rows, const library::DataEntry& entry,
                                                   std::uint64_t draw, std::size_t count) {
    const std::scoped_lock lock(m_mutex);
    auto found = m_folds.find({&rows, draw, count});
    if (found == m_folds.end()) {
        MLPATH_TRY(auto parts, folds(rows, *entry.split, draw, count));
        found =
            m_folds
                .emplace(std::tuple(&rows, draw, count), std::make_shared<const std::vector<Parts>>(std::move(parts)))
                .first;
    }
    return found->second;
}

}  // namespace mlpath::data
