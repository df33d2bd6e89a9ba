// Reading tracebacks. Inside of core/run; what others need of it is in step.hpp and causes.hpp.
#pragma once

#include <string>
#include <string_view>

#include "base/source_place.hpp"

namespace mlpath::run {

// How the folders of Workplaces are named, which is how files are told to be the learner's.
inline constexpr std::string_view workplace_prefix = "mlpath-work-";

// The last exception that a text tells of, or the crash of Python itself.
struct Raised {
    SourcePlace place{};  // the innermost line of the learner's: predict.py, 12; no file: none of theirs
    std::string line{};   // "KeyError: 'Agee'"; empty: there is no traceback
};
[[nodiscard]] Raised last_raised(std::string_view text);

}  // namespace mlpath::run
