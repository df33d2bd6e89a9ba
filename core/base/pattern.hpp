// Regular expressions for patterns of authors on text of learners, by RE2: linear time and bounded memory whatever the
// text (std::regex overflows the stack on a long line). `^` and `$` match at line ends; `.` stops at a newline.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/error.hpp"

namespace re2 {
class RE2;
}

namespace mlpath {

class Pattern {
public:
    // Kind malformed, with RE2's own reason, where the expression is not valid.
    [[nodiscard]] static Result<Pattern> compile(std::string_view expression);
    Pattern(Pattern&&) noexcept;
    Pattern& operator=(Pattern&&) noexcept;
    ~Pattern();

    [[nodiscard]] bool found_in(std::string_view text) const;
    // The first match, as the part of `text` that it is; nothing where there is none.
    [[nodiscard]] std::optional<std::string_view> first_in(std::string_view text) const;
    // The first group of every match, in order (the whole match where the pattern has no group).
    [[nodiscard]] std::vector<std::string> all_in(std::string_view text) const;

private:
    explicit Pattern(std::unique_ptr<re2::RE2> compiled);
    std::unique_ptr<re2::RE2> m_compiled;
};

// The text with everything that a pattern would act upon escaped.
[[nodiscard]] std::string pattern_quote(std::string_view text);

}  // namespace mlpath
