// SHA-256 for what is promised to others (datasets, reports), XXH3 for what only we compare (content keys, order).
#pragma once

#include <array>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

#include "base/error.hpp"
#include "base/files.hpp"

namespace mlpath {

class Sha256 {
public:
    Sha256();
    Sha256(Sha256&&) noexcept;
    Sha256& operator=(Sha256&&) noexcept;
    ~Sha256();
    void update(std::string_view bytes);
    // 64 lower-case hex digits. The object may not be used afterwards.
    [[nodiscard]] std::string finish();

private:
    struct State;
    std::unique_ptr<State> m_state;
};

[[nodiscard]] std::string sha256_of(std::string_view bytes);
[[nodiscard]] Result<std::string> sha256_of_file(const fs::path& path);
// Of what is read from an open file from where it stands; `path` is for the Error.
[[nodiscard]] Result<std::string> sha256_of_open(const Descriptor& file, const fs::path& path);

// HMAC-SHA256 (RFC 2104), in 64 hex digits: who does not have the key can neither make it nor change what it stands
// for.
[[nodiscard]] std::string hmac_sha256(std::string_view key, std::string_view bytes);
// In a time that does not tell where two texts of the same length differ.
[[nodiscard]] bool equal_in_secret(std::string_view a, std::string_view b);

// The name that git gives to a file's content: SHA-1, or SHA-256 where the repository's ids have 64 digits.
[[nodiscard]] std::string git_blob_id(std::string_view bytes, std::size_t digits = 40);

// XXH3, 64 and 128 bits. Stable across versions and machines.
[[nodiscard]] std::uint64_t hash64(std::string_view bytes, std::uint64_t seed = 0);
[[nodiscard]] std::string hash128_hex(std::string_view bytes);  // 32 hex digits

}  // namespace mlpath
