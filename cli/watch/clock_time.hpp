// The time of day as the clock on the wall shows it.
#pragma once

#include <string>

#include "base/time.hpp"

namespace mlpath::cli {

[[nodiscard]] std::string clock_time(TimePoint time);  // 14:03:22, where we are

}  // namespace mlpath::cli
