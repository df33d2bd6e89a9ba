// One line on stderr that is drawn over while work goes on. Only on a terminal that can; elsewhere nothing is drawn.
// Each drawing is a single write that covers the old text before it erases the rest, so that nothing flickers.
#pragma once

#include <chrono>
#include <string>
#include <string_view>

#include "render/output.hpp"
#include "render/terminal.hpp"

namespace mlpath::cli {

class LiveLine {
public:
    LiveLine(Output& output, const Terminal& terminal, bool wanted)
        : m_output(output), m_terminal(terminal), m_live(wanted && terminal.live) {}
    LiveLine(const LiveLine&) = delete;
    LiveLine& operator=(const LiveLine&) = delete;
    ~LiveLine() { clear(); }

    [[nodiscard]] bool live() const { return m_live; }
    // At most ten drawings a second, unless it is `now` that matters.
    enum class Pace { calm, now };
    void draw(std::string_view text, Pace pace = Pace::calm);
    // Takes the line away, before something is printed that stays.
    void clear();

private:
    Output& m_output;
    Terminal m_terminal;
    bool m_live;
    bool m_drawn = false;
    std::chrono::steady_clock::time_point m_last{};
};

// "[#####-----]" in ASCII, blocks where the terminal has Unicode; `share` from 0 to 1.
[[nodiscard]] std::string bar(double share, std::size_t width, bool unicode);

}  // namespace mlpath::cli
