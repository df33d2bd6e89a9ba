#include "run/result_store.hpp"

#include <sys/stat.h>

#include "base/hash.hpp"
#include "base/kept_file.hpp"
#include "base/text.hpp"

namespace mlpath::run {

namespace {

constexpr std::size_t key_digits = 64;
constexpr std::string_view sealed_plainly = "mlpath result 1 sha256 ";
constexpr std::string_view sealed_by_key = "mlpath result 1 hmac-sha256 ";
constexpr std::uintmax_t shelves = 256;  // folders that the first two digits of a key choose

bool is_key(std::string_view key) {
    return key.size() == key_digits && key.find_first_not_of("0123456789abcdef") == std::string_view::npos;
}

// Made where it is absent. Not ours alone: somebody else decides what is in it.
bool is_ours(const fs::path& root) {
    if (!make_folders(root.parent_path())) {
        return false;
    }
    ::mkdir(root.c_str(), S_IRWXU);
    return only_we_write(root, S_IFDIR);
}

}  // namespace

ResultStore ResultStore::own(fs::path root) {
    const bool usable = is_ours(root);
    return {std::move(root), std::nullopt, usable};
}

ResultStore ResultStore::shared(fs::path root, std::string secret) {
    const bool usable = !secret.empty();
    return {std::move(root), std::move(secret), usable};
}

ResultStore::ResultStore(ResultStore&& other) noexcept
    : m_root(std::move(other.m_root)),
      m_secret(std::move(other.m_secret)),
      m_usable(other.m_usable),
      m_forged(other.m_forged.load()) {}

std::string ResultStore::seal(std::string_view key, std::string_view content) const {
    const auto sealed = std::string(key) + '\n' + std::string(content);
    return m_secret ? std::string(sealed_by_key) + hmac_sha256(*m_secret, sealed)
                    : std::string(sealed_plainly) + sha256_of(sealed);
}

fs::path ResultStore::path_of(std::string_view key) const { return m_root / key.substr(0, 2) / key.substr(2); }

std::optional<std::string> ResultStore::find(std::string_view key) const {
    if (!m_usable || !is_key(key)) {
        return std::nullopt;
    }
    auto text = read_file(path_of(key), most_bytes_an_entry + key_digits * 2);
    if (!text) {
        return std::nullopt;
    }
    const auto end = text->find('\n');
    if (end == std::string::npos) {
        return std::nullopt;
    }
    auto content = text->substr(end + 1);
    if (equal_in_secret(text->substr(0, end), seal(key, content))) {
        return content;
    }
    m_forged += m_secret ? 1U : 0U;
    return std::nullopt;
}

Status ResultStore::keep(std::string_view key, std::string_view content) const {
    if (!m_usable) {
        return fail(ErrorKind::io, printable(m_root.string()) + " is no folder that only this user may write");
    }
    if (!is_key(key)) {
        return fail(ErrorKind::internal, "what it would be kept under is no key");
    }
    if (content.size() > most_bytes_an_entry) {
        return fail(ErrorKind::malformed, "it is too large to be kept: " + human_bytes(content.size()));
    }
    const auto path = path_of(key);
    const unsigned mode = m_secret ? 0644 : 0600;
    MLPATH_CHECK(write_file(path, seal(key, content) + '\n' + std::string(content), Durability::cached, mode));
    // Keys are spread evenly, so a bound for each shelf is one for all, and no more than a shelf has to be listed.
    make_room(path.parent_path(), {.bytes = most_bytes / shelves});
    return {};
}

}  // namespace mlpath::run
