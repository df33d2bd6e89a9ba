// Journal times to microseconds, fast. Accepts what the schema accepts: seconds with none to nine digits behind them.
#pragma once

#include <cstdint>
#include <string_view>

namespace mlpath::progress {

[[nodiscard]] bool read_timestamp(std::string_view text, std::int64_t& microseconds);

}  // namespace mlpath::progress
