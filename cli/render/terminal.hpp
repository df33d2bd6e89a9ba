// What may be drawn on a stream: decided once from the stream, the environment and the options, then only a value.
#pragma once

#include <cstddef>
#include <string_view>

#include "base/error.hpp"
#include "system/environment.hpp"

namespace mlpath::cli {

enum class ColorChoice { automatic, always, never };
enum class Ornament { rich, plain };  // plain: no boxes, no cursor moves, nothing that is drawn over

struct Terminal {
    bool is_terminal = false;
    bool color = false;
    bool unicode = true;  // false: only ASCII leaves us on a terminal
    bool live = false;    // lines may be drawn over
    bool links = false;   // addresses may be made clickable (OSC 8)
    // Columns that text is wrapped to; `unlimited` where nobody looks at lines, as in a pipe.
    std::size_t width = unlimited;
    std::size_t height = 24;  // rows; as terminals were once, where it cannot be known
    static constexpr std::size_t unlimited = static_cast<std::size_t>(-1);
    // For prose: lines longer than this are hard to read, whatever the window; 80 in a pipe.
    [[nodiscard]] std::size_t prose_width() const;
};

// `descriptor` is 1 or 2. NO_COLOR, TERM=dumb, COLUMNS, LC_ALL, LC_CTYPE and LANG are heeded.
[[nodiscard]] Terminal look_at(int descriptor, const system::Environment& environment, ColorChoice color,
                               Ornament ornament);

}  // namespace mlpath::cli
