#include "render/terminal.hpp"

#include <sys/ioctl.h>
#include <unistd.h>

#include <algorithm>
#include <charconv>

#include "base/text.hpp"

namespace mlpath::cli {

namespace {

constexpr std::size_t narrowest = 20;  // below this, wrapping makes things worse
constexpr std::size_t usual = 80;

std::size_t columns_of(int descriptor, const system::Environment& environment) {
    winsize size{};
    if (::ioctl(descriptor, TIOCGWINSZ, &size) == 0 && size.ws_col > 0) {
        return std::max<std::size_t>(size.ws_col, narrowest);
    }
    if (const auto text = environment.get("COLUMNS")) {
        std::size_t columns = 0;
        const auto [end, error] = std::from_chars(text->data(), text->data() + text->size(), columns);
        if (error == std::errc() && end == text->data() + text->size() && columns > 0) {
            return std::max(columns, narrowest);
        }
    }
    return usual;
}

std::size_t rows_of(int descriptor, std::size_t otherwise) {
    winsize size{};
    return ::ioctl(descriptor, TIOCGWINSZ, &size) == 0 && size.ws_row > 0 ? size.ws_row : otherwise;
}

bool speaks_utf8(const system::Environment& environment) {
    for (const auto* name : {"LC_ALL", "LC_CTYPE", "LANG"}) {
        if (const auto locale = environment.get(name)) {
            const auto lower = to_lower_ascii(*locale);
            return lower.find("utf-8") != std::string::npos || lower.find("utf8") != std::string::npos;
        }
    }
    return false;
}

// Terminals that are known to make addresses clickable. Elsewhere the plain address is as good: many find it
// themselves.
bool knows_links(const system::Environment& environment) {
    for (const auto* name :
         {"VTE_VERSION", "WT_SESSION", "KITTY_WINDOW_ID", "KONSOLE_VERSION", "WEZTERM_EXECUTABLE", "FORCE_HYPERLINK"}) {
        if (environment.get(name)) {
            return true;
        }
    }
    const auto program = environment.get("TERM_PROGRAM").value_or("");
    const auto kind = environment.get("TERM").value_or("");
    return program == "iTerm.app" || program == "vscode" || program == "ghostty" || kind == "alacritty" ||
           kind == "foot" || kind == "xterm-kitty" || kind == "xterm-ghostty";
}

}  // namespace

std::size_t Terminal::prose_width() const { return is_terminal ? std::min<std::size_t>(width, 100) : usual; }

Terminal look_at(int descriptor, const system::Environment& environment, ColorChoice color, Ornament ornament) {
    Terminal terminal;
    const auto kind = environment.get("TERM").value_or("");
    const bool dumb = kind == "dumb";
    terminal.is_terminal = ::isatty(descriptor) == 1;
    terminal.live = terminal.is_terminal && !dumb && ornament == Ornament::rich;
    terminal.links = terminal.live && knows_links(environment);
    terminal.color = color == ColorChoice::always ||
                     (color == ColorChoice::automatic && terminal.is_terminal && !dumb && !environment.get("NO_COLOR"));
    if (terminal.is_terminal) {
        terminal.width = columns_of(descriptor, environment);
        terminal.height = rows_of(descriptor, terminal.height);
        terminal.unicode = speaks_utf8(environment);
    }
    return terminal;
}

}  // namespace mlpath::cli
