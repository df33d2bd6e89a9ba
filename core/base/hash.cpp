#include "base/hash.hpp"

// The one-purpose interface is deprecated in OpenSSL 3 in favor of EVP, which would pull some four megabytes of
// providers into a static binary; this one links the SHA-256 code (with the processor's own instructions) and nothing
// else.
#define OPENSSL_SUPPRESS_DEPRECATED
#include <openssl/sha.h>
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

}  // namespace

struct Sha256::State {
    SHA256_CTX context{};
};

Sha256::Sha256() : m_state(std::make_unique<State>()) { SHA256_Init(&m_state->context); }
Sha256::Sha256(Sha256&&) noexcept = default;
Sha256& Sha256::operator=(Sha256&&) noexcept = default;
Sha256::~Sha256() = default;

void Sha256::update(std::string_view bytes) { SHA256_Update(&m_state->context, bytes.data(), bytes.size()); }

std::string Sha256::finish() {
    std::array<unsigned char, SHA256_DIGEST_LENGTH> digest{};
    SHA256_Final(digest.data(), &m_state->context);
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
    std::array<unsigned char, SHA256_CBLOCK> block{};
    if (key.size() > block.size()) {
        SHA256(reinterpret_cast<const unsigned char*>(key.data()), key.size(), block.data());
    } else {
        std::ranges::copy(key, block.begin());
    }
    const auto hashed = [&block](unsigned char pad, const void* message, std::size_t size) {
        auto padded = block;
        for (auto& byte : padded) {
            byte ^= pad;
        }
        SHA256_CTX context{};
        std::array<unsigned char, SHA256_DIGEST_LENGTH> digest{};
        SHA256_Init(&context);
        SHA256_Update(&context, padded.data(), padded.size());
        SHA256_Update(&context, message, size);
        SHA256_Final(digest.data(), &context);
        return digest;
    };
    const auto inner = hashed(0x36, bytes.data(), bytes.size());
    return to_hex(hashed(0x5C, inner.data(), inner.size()));
}

bool equal_in_secret(std::string_view a, std::string_view b) {
    unsigned difference = a.size() == b.size() ? 0U : 1U;
    for (std::size_t i = 0; i < a.size() && i < b.size(); ++i) {
        difference |= static_cast<unsigned char>(a[i]) ^ static_cast<unsigned char>(b[i]);
    }
    return difference == 0;
}

std::string git_blob_id(std::string_view bytes, std::size_t digits) {
    const auto object = "blob " + std::to_string(bytes.size()) + '\0' + std::string(bytes);
    if (digits == 64) {
        return sha256_of(object);
    }
    std::array<unsigned char, SHA_DIGEST_LENGTH> digest{};
    SHA1(reinterpret_cast<const unsigned char*>(object.data()), object.size(), digest.data());
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
