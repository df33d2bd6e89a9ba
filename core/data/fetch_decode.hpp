// A server that compresses although it was asked not to sends other bytes than the promised ones, which may hold them.
#pragma once

#include <cstdint>

#include "base/error.hpp"
#include "base/files.hpp"

namespace mlpath::data {

// Writes what the gzip stream `from` holds to the new file `to`, flushed. Malformed beyond `max_bytes`, or if damaged.
[[nodiscard]] Status decode_gzip(const fs::path& from, const fs::path& to, std::uint64_t max_bytes);

}  // namespace mlpath::data
