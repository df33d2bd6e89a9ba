#include "render/page.hpp"

#include <algorithm>
#include <utility>

#include "base/text.hpp"
#include "render/text.hpp"

namespace mlpath::cli {

namespace {

constexpr std::size_t least_room = 16;  // a column narrower than this is worse than a line that is too long
constexpr std::size_t gap = 2;

std::string_view code_of(Tone tone) {
    switch (tone) {
        case Tone::usual: return "";
        case Tone::strong: return "\x1b[1m";
        case Tone::faint: return "\x1b[2m";
        case Tone::good: return "\x1b[32m";
        case Tone::bad: return "\x1b[31m";
        case Tone::doubtful: return "\x1b[33m";
        case Tone::accent: return "\x1b[36m";
    }
    return "";
}

}  // namespace

std::string paint(std::string_view text, Tone tone, const Terminal& terminal) {
    if (!terminal.color || tone == Tone::usual || text.empty()) {
        return std::string(text);
    }
    return std::string(code_of(tone)) + std::string(text) + "\x1b[0m";
}

std::string Page::shown(std::string_view text) const {
    auto safe = printable_block(text);
    return m_terminal.unicode ? safe : to_ascii(safe);
}

std::size_t Page::room(std::size_t indent) const {
    const auto width = std::min(m_terminal.width, m_terminal.is_terminal ? m_terminal.prose_width() : m_terminal.width);
    return width > indent + least_room ? width - indent : least_room;
}

Page& Page::line(std::string_view text, Tone tone) {
    const auto indent = std::min(text.find_first_not_of(' '), text.size());
    for (const auto& part : wrap(shown(text), room(indent))) {
        if (!part.empty()) {
            m_text.append(indent, ' ');
            m_text += paint(part, tone, m_terminal);
        }
        m_text += '\n';
    }
    return *this;
}

Page& Page::labelled(std::string_view label, Tone tone, std::string_view text, std::size_t indent,
                     std::size_t label_width) {
    const auto hanging = indent + std::max(label_width, display_width(shown(label))) + 1;
    write_beside(label, tone, wrap(shown(text), room(hanging)), indent, label_width);
    return *this;
}

Page& Page::labelled_as_it_is(std::string_view label, Tone tone, std::string_view text, std::size_t indent,
                              std::size_t label_width) {
    const auto safe = shown(text);
    const auto parts = lines(safe);
    write_beside(label, tone, {parts.begin(), parts.end()}, indent, label_width);
    return *this;
}

void Page::write_beside(std::string_view label, Tone tone, const std::vector<std::string>& parts, std::size_t indent,
                        std::size_t label_width) {
    const auto shown_label = shown(label);
    label_width = std::max(label_width, display_width(shown_label));
    const auto hanging = indent + label_width + 1;
    m_text.append(indent, ' ');
    m_text += paint(shown_label, tone, m_terminal);
    std::size_t blanks = label_width - display_width(shown_label) + 1;
    for (const auto& part : parts) {
        if (!part.empty()) {
            m_text.append(blanks, ' ');
            m_text += part;
        }
        m_text += '\n';
        blanks = hanging;
    }
}

Page& Page::command(std::string_view text) {
    m_text.append(4, ' ');
    m_text += paint(shown(text), Tone::accent, m_terminal);
    m_text += '\n';
    return *this;
}

Page& Page::link(std::string_view url, std::size_t indent) {
    const auto text = shown(url);
    m_text.append(indent, ' ');
    // OSC 8. Only an address that is shown as it is: what had to be escaped leads nowhere.
    const bool clickable = m_terminal.links && text == url;
    m_text += clickable ? "\x1b]8;;" + text + "\x1b\\" : "";
    m_text += paint(text, Tone::faint, m_terminal);
    m_text += clickable ? "\x1b]8;;\x1b\\" : "";
    m_text += '\n';
    return *this;
}

Page& Page::append(Page& other) {
    m_text += other.take();
    return *this;
}

Page& Page::verbatim(std::string_view text, Tone tone) {
    for (const auto part : lines(text)) {
        m_text += paint(shown(part), tone, m_terminal);
        m_text += '\n';
    }
    return *this;
}

// Where columns do not fit: the first on a line of its own, the others below it.
void Page::write_stacked(const std::vector<std::string>& row, std::size_t indent, Tone first) {
    if (row.empty()) {
        return;
    }
    line(std::string(indent, ' ') + row.front(), first);
    std::string rest;
    for (std::size_t i = 1; i < row.size(); ++i) {
        rest += (rest.empty() || row[i].empty() ? "" : ", ") + row[i];
    }
    if (!rest.empty()) {
        line(std::string(indent + 4, ' ') + rest);
    }
}

Page& Page::table(const std::vector<std::vector<std::string>>& rows, std::size_t indent, Tone first) {
    std::vector<std::size_t> widths;
    for (const auto& row : rows) {
        widths.resize(std::max(widths.size(), row.size()));
        for (std::size_t i = 0; i < row.size(); ++i) {
            widths[i] = std::max(widths[i], display_width(shown(row[i])));
        }
    }
    if (widths.empty()) {
        return *this;
    }
    std::size_t before_last = indent;
    for (std::size_t i = 0; i + 1 < widths.size(); ++i) {
        before_last += widths[i] + gap;
    }
    const auto width = m_terminal.width;
    const bool stacked = widths.size() > 1 && width != Terminal::unlimited &&
                         before_last + std::min(widths.back(), std::size_t{24}) > width;
    for (const auto& row : rows) {
        if (stacked) {
            write_stacked(row, indent, first);
            continue;
        }
        std::string line(indent, ' ');
        for (std::size_t i = 0; i < row.size(); ++i) {
            const auto cell = shown(row[i]);
            const auto tone = i == 0 ? first : Tone::usual;
            if (i + 1 < widths.size()) {
                line += paint(cell, tone, m_terminal);
                line.append(i + 1 < row.size() ? widths[i] - display_width(cell) + gap : 0, ' ');
                continue;
            }
            bool started = false;
            for (const auto& part : wrap(cell, room(before_last))) {
                if (started) {
                    line += '\n';
                    line.append(before_last, ' ');
                }
                line += paint(part, tone, m_terminal);
                started = true;
            }
        }
        m_text += line.substr(0, line.find_last_not_of(' ') + 1);
        m_text += '\n';
    }
    return *this;
}

}  // namespace mlpath::cli
