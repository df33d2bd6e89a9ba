// What a generator of synthetic data made, as values.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/error.hpp"

namespace mlpath::data {

struct MadeFile {
    std::string path{};  // below the dataset's folder
    std::string bytes{};
};

// From the output of make.py: a line with size and path, and the bytes, for each file. malformed where that is cut off,
// or a path leaves the folder or comes twice.
[[nodiscard]] Result<std::vector<MadeFile>> read_made(std::string_view output);

// Of one line a file, `<SHA-256 in hex>  <path>` and a line feed, ordered by the bytes of the path: what the catalog
// promises (curricula/FORMAT.md, Synthetic data).
[[nodiscard]] std::string hash_of_made(std::span<const MadeFile> files);

}  // namespace mlpath::data
