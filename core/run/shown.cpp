#include "base/text.hpp"
#include "run/step.hpp"
#include "run/traceback.hpp"

namespace mlpath::run {

namespace {

// Enough to see where a program began and what it said last; more than a screen helps nobody.
constexpr std::size_t first_lines = 6;
constexpr std::size_t last_lines = 14;

std::string head_and_tail(const std::string& text) {
    const auto all = lines(text);
    std::string shown;
    for (std::size_t i = 0; i < all.size(); ++i) {
        if (i == first_lines && all.size() > first_lines + last_lines) {
            const auto left_out = all.size() - first_lines - last_lines;
            shown += "(" + count_of(left_out, "more line") + ")\n";
            i += left_out;
        }
        auto line = printable_block(all[i]);
        constexpr std::size_t widest = 300;  // a list of a million numbers is one line
        shown += line.size() <= widest ? line : shown_line(all[i]);
        shown += '\n';
    }
    return shown;
}

// Colors and the like, which are for a terminal (ESC [ … m): Flask's server prints them to whatever reads along.
std::string without_colors(std::string_view text) {
    constexpr std::string_view begin = "\x1b[";
    std::string plain;
    for (auto at = text.find(begin); at != std::string_view::npos; at = text.find(begin)) {
        const auto end = text.find_first_not_of("0123456789;", at + begin.size());
        const bool color = end != std::string_view::npos && text[end] == 'm';
        const auto next = color ? end + 1 : at + begin.size();
        plain += text.substr(0, color ? at : next);
        text.remove_prefix(next);
    }
    return plain.append(text);
}

std::string without_blank_ends(std::string_view text) {
    while (text.ends_with('\n') || text.ends_with(' ') || text.ends_with('\r')) {
        text.remove_suffix(1);
    }
    while (text.starts_with('\n')) {
        text.remove_prefix(1);
    }
    return text.empty() ? std::string() : std::string(text) + '\n';
}

}  // namespace

Shown shown_of(const system::ProcessOutcome& outcome) {
    const auto printed = outcome.err.text();
    const auto output = without_blank_ends(outcome.out.text()) + without_blank_ends(without_tracebacks(printed));
    return {.code = last_raised(printed).code, .output = head_and_tail(without_colors(output))};
}

}  // namespace mlpath::run
