#include "render/live.hpp"

#include <algorithm>
#include <cmath>

#include "base/text.hpp"
#include "render/text.hpp"

namespace mlpath::cli {

void LiveLine::draw(std::string_view text, Pace pace) {
    const auto now = std::chrono::steady_clock::now();
    if (!m_live || (pace == Pace::calm && m_drawn && now - m_last < std::chrono::milliseconds(100))) {
        return;
    }
    m_last = now;
    m_drawn = true;
    auto line = printable(text);
    if (!m_terminal.unicode) {
        line = to_ascii(line);
    }
    // One column stays free: some terminals wrap as soon as the last one is written.
    m_output.write("\r" + shorten(line, m_terminal.width - 1, m_terminal.unicode) + "\x1b[K");
    m_output.flush();
}

void LiveLine::clear() {
    if (m_drawn) {
        m_output.write("\r\x1b[K");
        m_output.flush();
        m_drawn = false;
    }
}

std::string bar(double share, std::size_t width, bool unicode) {
    const auto full = static_cast<std::size_t>(std::lround(std::clamp(share, 0.0, 1.0) * static_cast<double>(width)));
    std::string text = "[";
    for (std::size_t i = 0; i < width; ++i) {
        text += i < full ? (unicode ? "█" : "#") : (unicode ? "·" : "-");
    }
    return text + "]";
}

}  // namespace mlpath::cli
