// What each file of this folder gives to the table.
#pragma once

#include "options.hpp"

namespace mlpath::cli {

[[nodiscard]] Action make_completion(Options& options);
[[nodiscard]] Action make_help(Options& options);

}  // namespace mlpath::cli
