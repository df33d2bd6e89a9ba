// Where a project's data come from, as the checks see it: fetched into the cache, or bundled with the template.
#pragma once

#include <filesystem>
#include <map>
#include <mutex>
#include <optional>
#include <string>
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
    // The division of an entry into what the learner gets and what is held out: the one that was made before, or one
    // made now, which is kept.
    [[nodiscard]] Result<Division> held_out(const library::DataEntry& entry, std::uint64_t seed);

protected:
    // A held-out split that was made before, and the order to remember one; nothing where none are kept.
    [[nodiscard]] virtual std::optional<Division> known_split(const library::DataEntry& /*entry*/,
                                                              std::uint64_t /*seed*/) {
        return std::nullopt;
    }
    virtual void keep_split(const library::DataEntry& /*entry*/, std::uint64_t /*seed*/, const Division& /*division*/) {
    }

private:
    std::mutex m_mutex{};  // guards the map
    std::map<std::string, Rows> m_rows{};
};

}  // namespace mlpath::data
