// What keeps Python from reading a source as text: the wrong encoding, or zero bytes.
#pragma once

#include <string>
#include <vector>

#include "base/files.hpp"

namespace mlpath::run {

// A sentence or two on the first of the files (relative to the folder) that is no UTF-8 text: which line, what it
// holds, and what to do. Empty where all are.
[[nodiscard]] std::string why_unreadable(const fs::path& folder, const std::vector<std::string>& files);

}  // namespace mlpath::run
