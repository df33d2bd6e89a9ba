// The file that a person names for a report or the like: a new one appears whole, and what is no regular file (a pipe,
// a device) is written to, never replaced.
#pragma once

#include <string>
#include <string_view>

#include "base/error.hpp"

namespace mlpath::cli {

// `-` as a file's name stands for standard output.
[[nodiscard]] inline bool is_standard_output(std::string_view file) { return file == "-"; }

// Asked before a long job begins, so that a report that has nowhere to go is found out in time. usage where the name
// cannot be meant, io where we may not write there. `what` it is to hold, for the errors.
[[nodiscard]] Status can_hold_a_report(const std::string& file, std::string_view what = "report");
// Through links: the link stays, and its target is written.
[[nodiscard]] Status write_report_file(const std::string& file, std::string_view text);

}  // namespace mlpath::cli
