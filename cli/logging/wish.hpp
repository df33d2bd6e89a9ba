// What a user wants to hear of: `--log-level`, `--log-file` and MLPATH_LOG as one value.
#pragma once

#include <array>
#include <optional>
#include <string>
#include <string_view>

#include "base/error.hpp"
#include "base/log.hpp"

namespace mlpath::cli {

inline constexpr std::string_view log_variable = "MLPATH_LOG";
inline constexpr std::array<std::string_view, 5> log_levels{"debug", "info", "warning", "error", "off"};

struct LogWish {
    LogLevel level = LogLevel::off;
    std::string file{};  // empty: standard error
};

// `level` and `file` are the options, empty where they were not given; `variable` is "LEVEL" or "LEVEL:FILE". An option
// beats its part of the variable. A file alone wants the level `info`. usage: a word that is no level.
[[nodiscard]] Result<LogWish> log_wish(std::string_view level, std::string_view file,
                                       const std::optional<std::string>& variable);

}  // namespace mlpath::cli
