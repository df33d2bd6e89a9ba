#include "render/text.hpp"

#include <algorithm>
#include <array>
#include <cstdint>
#include <utility>

#include "base/text.hpp"

namespace mlpath::cli {

namespace {

struct Range {
    char32_t first;
    char32_t last;
};

// Unicode 15, reduced to blocks: what people's texts hold, not every corner.
constexpr std::array<Range, 12> no_columns{{{0x0300, 0x036F},
                                            {0x0483, 0x0489},
                                            {0x0591, 0x05BD},
                                            {0x0610, 0x061A},
                                            {0x064B, 0x065F},
                                            {0x1AB0, 0x1AFF},
                                            {0x1DC0, 0x1DFF},
                                            {0x200B, 0x200F},
                                            {0x2060, 0x2064},
                                            {0x20D0, 0x20FF},
                                            {0xFE00, 0xFE0F},
                                            {0xFE20, 0xFE2F}}};
constexpr std::array<Range, 11> two_columns{{{0x1100, 0x115F},
                                             {0x2E80, 0x303E},
                                             {0x3041, 0x33FF},
                                             {0x3400, 0x4DBF},
                                             {0x4E00, 0x9FFF},
                                             {0xA000, 0xA4CF},
                                             {0xAC00, 0xD7A3},
                                             {0xF900, 0xFAFF},
                                             {0xFE30, 0xFE6F},
                                             {0xFF00, 0xFF60},
                                             {0x1F300, 0x1FAFF}}};

template <std::size_t N>
bool within(const std::array<Range, N>& ranges, char32_t point) {
    return std::any_of(ranges.begin(), ranges.end(),
                       [point](const Range& range) { return point >= range.first && point <= range.last; });
}

// The code point at `at`, and its length in bytes; a byte that is no UTF-8 counts as one replacement character.
std::pair<char32_t, std::size_t> point_at(std::string_view text, std::size_t at) {
    const auto lead = static_cast<unsigned char>(text[at]);
    const std::size_t length = lead < 0x80 ? 1 : lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : lead >= 0xC0 ? 2 : 0;
    if (length == 1) {
        return {lead, 1};
    }
    if (length == 0 || at + length > text.size()) {
        return {0xFFFD, 1};
    }
    auto point = static_cast<char32_t>(lead & (0xFFu >> (length + 1)));
    for (std::size_t i = 1; i < length; ++i) {
        point = (point << 6) | (static_cast<unsigned char>(text[at + i]) & 0x3Fu);
    }
    return {point, length};
}

std::size_t columns_of(char32_t point) {
    if (within(no_columns, point)) {
        return 0;
    }
    return within(two_columns, point) ? 2 : 1;
}

struct Substitute {
    char32_t point;
    std::string_view ascii;
};
constexpr std::array<Substitute, 27> substitutes{
    {{0x00A0, " "},   {0x00B1, "+-"}, {0x00B2, "^2"}, {0x00B5, "u"}, {0x00B7, "-"},  {0x00D7, "x"},  {0x00E9, "e"},
     {0x00E8, "e"},   {0x00E4, "a"},  {0x00F6, "o"},  {0x00FC, "u"}, {0x2010, "-"},  {0x2011, "-"},  {0x2012, "-"},
     {0x2013, "-"},   {0x2014, "-"},  {0x2018, "'"},  {0x2019, "'"}, {0x201C, "\""}, {0x201D, "\""}, {0x2022, "*"},
     {0x2026, "..."}, {0x2192, "->"}, {0x2212, "-"},  {0x2248, "~"}, {0x2264, "<="}, {0x2265, ">="}}};

}  // namespace

std::size_t display_width(std::string_view text) {
    std::size_t width = 0;
    for (std::size_t at = 0; at < text.size();) {
        const auto [point, length] = point_at(text, at);
        width += columns_of(point);
        at += length;
    }
    return width;
}

namespace {

// The blanks before the next word of the paragraph, and the word: what stands between two backticks is code, and one
// word, however many blanks it holds.
struct Piece {
    std::size_t blanks = 0;
    std::string_view word{};
};
Piece next_piece(std::string_view rest) {
    const auto begin = std::min(rest.find_first_not_of(' '), rest.size());
    auto end = begin;
    while (end < rest.size() && rest[end] != ' ') {
        const auto closing = rest[end] == '`' ? rest.find('`', end + 1) : std::string_view::npos;
        end = closing == std::string_view::npos ? end + 1 : closing + 1;
    }
    return {begin, rest.substr(begin, end - begin)};
}

}  // namespace

std::vector<std::string> wrap(std::string_view text, std::size_t width) {
    std::vector<std::string> wrapped;
    for (auto rest : split(text, '\n')) {
        // The first line begins where whoever wraps it puts it; what is further in below stays so.
        std::string line;
        std::size_t used = 0;
        bool begun = false;
        const bool keeps_indent = !wrapped.empty();
        while (!rest.empty()) {
            const auto piece = next_piece(rest);
            rest.remove_prefix(piece.blanks + piece.word.size());
            const auto columns = display_width(piece.word);
            if (piece.word.empty()) {
                break;  // nothing but blanks is left
            }
            if (begun && used + piece.blanks + columns > width) {
                wrapped.push_back(std::exchange(line, {}));
                used = 0;
            } else if (begun || keeps_indent) {
                line.append(piece.blanks, ' ');
                used += piece.blanks;
            }
            line += piece.word;
            used += columns;
            begun = true;
        }
        wrapped.push_back(std::move(line));
    }
    return wrapped;
}

std::string shorten(std::string_view text, std::size_t width, bool unicode) {
    if (display_width(text) <= width) {
        return std::string(text);
    }
    const std::string_view mark = unicode ? "…" : "...";
    const std::size_t room = width - std::min(width, unicode ? std::size_t{1} : std::size_t{3});
    std::size_t used = 0;
    std::size_t at = 0;
    while (at < text.size()) {
        const auto [point, length] = point_at(text, at);
        if (used + columns_of(point) > room) {
            break;
        }
        used += columns_of(point);
        at += length;
    }
    return std::string(text.substr(0, at)) + std::string(mark);
}

std::vector<std::string> fold(std::string_view line, std::size_t width) {
    std::vector<std::string> rows{""};
    std::size_t used = 0;
    for (std::size_t at = 0; at < line.size();) {
        if (line[at] == '\x1b') {
            const auto end = std::min(line.find('m', at), line.size() - 1);
            rows.back() += line.substr(at, end + 1 - at);
            at = end + 1;
            continue;
        }
        const auto [point, length] = point_at(line, at);
        if (used + columns_of(point) > width && used > 0) {
            rows.emplace_back();
            used = 0;
        }
        rows.back() += line.substr(at, length);
        used += columns_of(point);
        at += length;
    }
    return rows;
}

std::string to_ascii(std::string_view text) {
    std::string ascii;
    for (std::size_t at = 0; at < text.size();) {
        const auto [point, length] = point_at(text, at);
        at += length;
        if (point < 0x80) {
            ascii += static_cast<char>(point);
            continue;
        }
        const auto known = std::find_if(substitutes.begin(), substitutes.end(),
                                        [&](const Substitute& candidate) { return candidate.point == point; });
        if (known != substitutes.end()) {
            ascii += known->ascii;
        } else if (columns_of(point) > 0) {
            ascii += '?';
        }
    }
    return ascii;
}

std::string padded(std::string_view text, std::size_t width) {
    std::string line(text);
    const auto columns = display_width(text);
    line.append(width > columns ? width - columns : 0, ' ');
    return line;
}

}  // namespace mlpath::cli
