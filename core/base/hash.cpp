#include "base/hash.hpp"

#include <nettle/hmac.h>
#include <nettle/memops.h>
#include <nettle/sha1.h>
#include <nettle/sha2.h>
#include <xxhash.h>

#include <fcntl.h>
#include <unistd.h>
#include <cstdio>

#include <algorithm>
#include <cerrno>
#include <vector>

namespace mlpath {

namespace {

template <typename Bytes>
std::string to_hex(const Bytes& bytes) {
    constexpr std::string_view digits = "0123456789abcdef";
    std::string hex;
    hex.reserve(std::size(bytes) * 2);
    for (const unsigned char byte : bytes) {
        hex += digits[byte >> 4U];
        hex += digits[byte & 15U];
    }
    return hex;
}

const std::uint8_t* octets(std::string_view bytes) { return reinterpret_cast<const std::uint8_t*>(bytes.data()); }

}  // namespace

struct Sha256::State {
    sha256_ctx context{};
};

Sha256::Sha256() : m_state(std::make_unique<State>()) { sha256_init(&m_state->context); }
Sha256::Sha256(Sha256&&) noexcept = default;
Sha256& Sha256::operator=(Sha256&&) noexcept = default;
Sha256::~Sha256() = default;

void Sha256::update(std::string_view bytes) { sha256_update(&m_state->context, bytes.size(), octets(bytes)); }

std::string Sha256::finish() {
    std::array<std::uint8_t, SHA256_DIGEST_SIZE> digest{};
    sha256_digest(&m_state->context, digest.size(), digest.data());
    return to_hex(digest);
}

std::string sha256_of(std::string_view bytes) {
    Sha256 hash;
    hash.update(bytes);
    return hash.finish();
}

Result<std::string> sha256_of_file(const fs::path& path) {
    const Descriptor file(::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NOCTTY | O_NONBLOCK));
    if (!file.is_open()) {
        return fail(system_error("cannot read", path, errno));
    }
    return sha256_of_open(file, path);
}

Result<std::string> sha256_of_open(const Descriptor& file, const fs::path& path) {
    constexpr std::size_t chunk = 256 * 1024;
    Sha256 hash;
    std::vector<char> buffer(chunk);
    ssize_t got = 0;
    while ((got = ::read(file.get(), buffer.data(), buffer.size())) > 0) {
        hash.update({buffer.data(), static_cast<std::size_t>(got)});
    }
    if (got < 0) {
        return fail(system_error("cannot read", path, errno));
    }
    return hash.finish();
}

std::string hmac_sha256(std::string_view key, std::string_view bytes) {
    hmac_sha256_ctx context{};
    std::array<std::uint8_t, SHA256_DIGEST_SIZE> digest{};
    hmac_sha256_set_key(&context, key.size(), octets(key));
    hmac_sha256_update(&context, bytes.size(), octets(bytes));
    hmac_sha256_digest(&context, digest.size(), digest.data());
    return to_hex(digest);
}

bool equal_in_secret(std::string_view a, std::string_view b) {
    return a.size() == b.size() && memeql_sec(a.data(), b.data(), a.size()) != 0;
}

std::string git_blob_id(std::string_view bytes, std::size_t digits) {
    const auto object = "blob " + std::to_string(bytes.size()) + '\0' + std::string(bytes);
    if (digits == 64) {
        return sha256_of(object);
    }
    sha1_ctx context{};
    std::array<std::uint8_t, SHA1_DIGEST_SIZE> digest{};
    sha1_init(&context);
    sha1_update(&context, object.size(), octets(object));
    sha1_digest(&context, digest.size(), digest.data());
    return to_hex(digest);
}

std::uint64_t hash64(std::string_view bytes, std::uint64_t seed) {
    return XXH3_64bits_withSeed(bytes.data(), bytes.size(), seed);
}

std::string hash128_hex(std::string_view bytes) {
    XXH128_canonical_t canonical{};
    XXH128_canonicalFromHash(&canonical, XXH3_128bits(bytes.data(), bytes.size()));
    return to_hex(canonical.digest);
}

}  // namespace mlpath
