// Results by key, so that nothing is run twice: one small file an entry, below ROOT/ab/cdef…, where the key is 64 hex
// digits. An entry is whole or absent, and says by its first line which key and content it was made for. Whatever is
// damaged, foreign or of another format is absent, never an error.
#pragma once

#include <atomic>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/files.hpp"

namespace mlpath::run {

class ResultStore {
public:
    // A folder that is the user's own alone: entries carry a SHA-256, against damage. Where others own or may write the
    // folder it counts as empty and nothing is kept: it could hold anything.
    [[nodiscard]] static ResultStore own(fs::path root);
    // A folder that machines share: entries carry an HMAC by `secret`, and those that do not fit it count as absent.
    [[nodiscard]] static ResultStore shared(fs::path root, std::string secret);
    ResultStore(ResultStore&& other) noexcept;

    // May be called from several threads, and while other processes write.
    [[nodiscard]] std::optional<std::string> find(std::string_view key) const;
    // Where it cannot be kept the result is found out again next time: the Status is for a log. The oldest make room.
    [[nodiscard]] Status keep(std::string_view key, std::string_view content) const;

    // Entries that another key made, or that were changed, since this store was opened.
    [[nodiscard]] std::size_t forged() const { return m_forged; }

    static constexpr std::uintmax_t most_bytes_an_entry = 4u << 20;
    static constexpr std::uintmax_t most_bytes = 512u << 20;  // of all entries

private:
    ResultStore(fs::path root, std::optional<std::string> secret, bool usable)
        : m_root(std::move(root)), m_secret(std::move(secret)), m_usable(usable) {}
    [[nodiscard]] std::string seal(std::string_view key, std::string_view content) const;
    [[nodiscard]] fs::path path_of(std::string_view key) const;

    fs::path m_root;
    std::optional<std::string> m_secret;
    bool m_usable = false;
    mutable std::atomic<std::size_t> m_forged{0};
};

}  // namespace mlpath::run
