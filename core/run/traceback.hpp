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
    // The learner's lines that it passed through, the innermost last, as they stand in the file and with Python's
    // carets below; how many lines of libraries lie between. Several lines of text; empty: Python showed none of
    // theirs.
    std::string code{};
};
[[nodiscard]] Raised last_raised(std::string_view text);

// What a person printed: the text without its tracebacks. Of those before the last the exception's own line stays.
[[nodiscard]] std::string without_tracebacks(std::string_view text);

// One line of output fit to be shown, cut where it is very long.
[[nodiscard]] std::string shown_line(std::string_view line);

}  // namespace mlpath::run
