// Held-out splits that were made once: dividing a large table takes longer than reading what came of it. For the
// learner's own commands; `verify` divides anew each time, since it trusts nothing on disk but verified data.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "base/files.hpp"
#include "data/split.hpp"
#include "system/environment.hpp"

namespace mlpath::data {

class SplitCache {
public:
    explicit SplitCache(fs::path root) : m_root(std::move(root)) {}
    [[nodiscard]] static SplitCache of(const system::Environment& environment);  // cache_folder/splits

    // Everything that decides a split, and the version of the code that makes it. `data` identifies the table's bytes.
    [[nodiscard]] static std::string key_of(std::string_view data, const library::SplitSpec& spec, std::uint64_t seed);
    // Nothing where it was not kept, or is damaged.
    [[nodiscard]] std::optional<Division> find(std::string_view key) const;
    // Whole or not at all. Where it cannot be kept (a full disk, a read-only place) it is made again next time: the
    // Status is for a log.
    [[nodiscard]] Status keep(std::string_view key, const Division& division) const;

private:
    [[nodiscard]] fs::path path_of(std::string_view key) const { return m_root / (std::string(key) + ".json"); }
    fs::path m_root;
};

}  // namespace mlpath::data
