// Where a project's data come from, as the checks see it: fetched into the cache, or bundled with the template.
#pragma once

#include <filesystem>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <tuple>
#include <vector>

#include "base/error.hpp"
#include "data/split.hpp"
#include "library/project.hpp"
#include "table/table.hpp"

namespace mlpath::data {

// One file to lay: either its bytes, or a file to copy.
struct Piece {
    std::string path{};  // relative to the project folder
    std::string bytes{};
    std::filesystem::path copy_of{};
};

// May be used from several threads.
class DataProvider {
public:
    DataProvider() = default;
    DataProvider(const DataProvider&) = delete;
    DataProvider& operator=(const DataProvider&) = delete;
    virtual ~DataProvider() = default;
    // The table of an entry that is split.
    [[nodiscard]] virtual Result<table::Table> table(const library::DataEntry& entry) = 0;
    // The files of an entry that is laid as it is.
    [[nodiscard]] virtual Result<std::vector<Piece>> pieces(const library::DataEntry& entry) = 0;
    // The rows of an entry that is split, read and made ready once.
    [[nodiscard]] Result<const Rows*> rows(const library::DataEntry& entry);
    // The division of an entry's rows, the truth of both parts among them: what the learner is given.
    [[nodiscard]] Result<Division> given(const library::DataEntry& entry, std::uint64_t seed);
    // The division of an entry into what the learner gets and what is held out: the one that was made before, or one
    // made now, which is kept. Of synthetic data what is held out was drawn by the judge, without rows that train.
    [[nodiscard]] Result<Division> held_out(const library::DataEntry& entry, std::uint64_t seed);
    // One of `count` folds, in the order of `draw`; what is tested likewise, by `seed` as above.
    [[nodiscard]] Result<Division> fold(const library::DataEntry& entry, std::uint64_t seed, std::uint64_t draw,
                                        std::size_t number, std::size_t count);

protected:
    // A held-out split that was made before, and the order to remember one; nothing where none are kept.
    [[nodiscard]] virtual std::optional<Division> known_split(const library::DataEntry& /*entry*/,
                                                              std::uint64_t /*seed*/) {
        return std::nullopt;
    }
    virtual void keep_split(const library::DataEntry& /*entry*/, std::uint64_t /*seed*/, const Division& /*division*/) {
    }

    // The table that what is held out is taken from, where that is another than `table`: drawn with the judge's own
    // seed. Nothing: the same.
    [[nodiscard]] virtual Result<std::optional<table::Table>> drawn(const library::DataEntry& /*entry*/,
                                                                    std::uint64_t /*seed*/) {
        return std::nullopt;
    }

private:
    using Folds = std::shared_ptr<const std::vector<Parts>>;
    // Null where nothing is drawn.
    Result<const Rows*> drawn_rows(const library::DataEntry& entry, std::uint64_t seed);
    Result<Folds> folds_of(const Rows& rows, const library::DataEntry& entry, std::uint64_t draw, std::size_t count);

    std::mutex m_mutex{};  // guards the maps
    std::map<std::string, Rows> m_rows{};
    std::map<std::pair<std::string, std::uint64_t>, std::optional<Rows>> m_drawn{};
    std::map<std::tuple<const Rows*, std::uint64_t, std::size_t>, Folds> m_folds{};
};

}  // namespace mlpath::data
