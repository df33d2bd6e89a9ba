// The hashes of files that were read before, each with the identity that the file had then: an unchanged tree costs one
// look a file, and nothing is read again. A change is seen whatever was done to a file's time of modification, since
// its time of change, which no program can set, is part of the identity; one that came so soon after the reading that
// the clock could not tell is not believed either (`was_settled`).
#pragma once

#include <array>
#include <cstdint>
#include <map>
#include <mutex>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "base/files.hpp"
#include "system/clock.hpp"

namespace mlpath::run {

class KnownHashes {
public:
    // Nothing is known where `file` is absent, damaged, or another user's.
    [[nodiscard]] static KnownHashes load(fs::path file, const system::Clock& clock);
    KnownHashes(KnownHashes&& other) noexcept;

    // The SHA-256 of a regular file, which `path` may be no link to. May be called from several threads.
    [[nodiscard]] Result<std::string> sha256(const fs::path& path);
    // Also the name that git gives to its content, in 40 digits.
    struct Hashes {
        std::string sha256{};
        std::string git_blob{};
    };
    [[nodiscard]] Result<Hashes> of(const fs::path& path);
    // The same for who has looked at the regular file already, and saw this.
    [[nodiscard]] Result<Hashes> of(const fs::path& path, const FileIdentity& seen);
    // Writes what is known, where anything was learned. What is not kept is read again: the Status is for a log.
    [[nodiscard]] Status save();

    // How many files had to be read since it was loaded.
    [[nodiscard]] std::size_t read() const { return m_read; }

private:
    // As it lies in the file: all of them in the order of their places, so that nothing has to be read before one is
    // sought.
    struct Record {
        FileIdentity identity{};
        std::array<char, 64> sha256{};
        std::array<char, 40> git_blob{};
    };
    using Place = std::pair<std::uint64_t, std::uint64_t>;  // device and inode: a file that is moved stays known
    [[nodiscard]] static Place place_of(const FileIdentity& identity) { return {identity.device, identity.inode}; }
    [[nodiscard]] static Hashes hashes_of(const Record& record);

    KnownHashes(fs::path file, const system::Clock& clock) : m_file(std::move(file)), m_clock(clock) {}
    [[nodiscard]] std::optional<Hashes> known(const FileIdentity& identity);

    fs::path m_file;
    const system::Clock& m_clock;
    std::vector<Record> m_kept{};  // as it was loaded
    std::mutex m_mutex{};          // guards what follows
    std::vector<bool> m_used{};    // which of them were asked for since
    std::map<Place, Record> m_learned{};
    std::size_t m_read = 0;
};

}  // namespace mlpath::run
