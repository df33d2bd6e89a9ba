// The file that a log goes to.
#pragma once

#include <string>

#include "base/descriptor.hpp"
#include "base/error.hpp"

namespace mlpath::cli {

// Opened to append; made, for its owner alone, with the folders above it, where it is not there. usage: a folder, a
// pipe or a device, a link, or a file that holds anything else than a log of ours: what is not a log stays as it is.
// io: it cannot be written; nothing was made then.
[[nodiscard]] Result<Descriptor> open_log_file(const std::string& file);

}  // namespace mlpath::cli
