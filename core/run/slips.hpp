// Slips of people who know another language, JavaScript above all, told by the exception and by the line that raised
// it: one table, each row with the Python that was meant. Nothing is said where neither shows the slip.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace mlpath::run {

// A source of the learner's.
struct OwnFile {
    std::string path{};  // from their folder: "textstats.py"
    std::string text{};
};
// An exception, and where it came from.
struct SlipScene {
    std::string_view type{};     // "SyntaxError"
    std::string_view message{};  // "invalid syntax"
    std::string_view file{};     // one of `own`; empty: not known
    std::size_t line = 0;        // of it, from 1
    std::vector<OwnFile> own{};
};

// A whole sentence or two, or nothing.
[[nodiscard]] std::string slip_in(const SlipScene& scene);

// The line that raised it; empty where it is not known.
[[nodiscard]] std::string_view line_of(const SlipScene& scene);

// The line without what stands in quotes and behind `#`, which is no code. In the length that it had.
[[nodiscard]] std::string code_of(std::string_view line);

}  // namespace mlpath::run
