#include "table/delimiter.hpp"

#include <algorithm>
#include <array>
#include <cctype>
#include <vector>

#include "base/text.hpp"
#include "table/encoding.hpp"

namespace mlpath::table {

namespace {

constexpr std::string_view candidates = ",;\t|";
constexpr std::string_view bom = "\xEF\xBB\xBF";
constexpr std::size_t most_lines = 20;

struct Line {
    std::string_view text{};
    std::array<std::size_t, candidates.size()> counts{};  // of each candidate, outside quotes
    [[nodiscard]] std::size_t of(char separator) const { return counts.at(candidates.find(separator)); }
};

// The first lines that are whole and not blank, with what they hold outside of quoted cells.
std::vector<Line> first_lines(std::string_view text) {
    std::vector<Line> lines;
    std::size_t start = 0;
    Line line;
    bool cell_begins = true;
    bool quoted = false;
    for (std::size_t at = 0; at < text.size() && lines.size() < most_lines; ++at) {
        const char c = text[at];
        if (c == '"' && (quoted || cell_begins)) {
            quoted = !quoted;
        }
        cell_begins = false;
        if (quoted) {
            continue;
        }
        if (c == '\n') {
            line.text = trim(text.substr(start, at - start));
            if (!line.text.empty()) {
                lines.push_back(line);
            }
            line = {};
            start = at + 1;
            cell_begins = true;
        } else if (const auto place = candidates.find(c); place != std::string_view::npos) {
            ++line.counts.at(place);
            cell_begins = true;
        }
    }
    if (lines.empty()) {
        line.text = trim(text.substr(start));
        lines.push_back(line);
    }
    return lines;
}

bool alike(const std::vector<Line>& lines, char separator) {
    return std::ranges::all_of(lines,
                               [&](const Line& line) { return line.of(separator) == lines.front().of(separator); });
}

// Whether all commas are decimal ones: "1,5;2,5".
bool commas_are_decimal(const std::vector<Line>& lines) {
    return std::ranges::all_of(lines, [](const Line& line) {
        const auto cells = split(line.text, ';');
        return std::ranges::all_of(cells, [](std::string_view cell) {
            const auto comma = cell.find(',');
            const auto digit = [&](std::size_t at) { return at < cell.size() && cell[at] >= '0' && cell[at] <= '9'; };
            return comma == std::string_view::npos || (comma > 0 && digit(comma - 1) && digit(comma + 1) &&
                                                       cell.find(',', comma + 1) == std::string::npos);
        });
    });
}

Result<char> look(std::string_view text, char usual, std::string_view file_name) {
    const auto lines = first_lines(text);
    const auto& first = lines.front();
    if (usual == ',' && first.of(',') > 0 && first.of(';') > 0) {
        if (alike(lines, ';') && (!alike(lines, ',') || commas_are_decimal(lines))) {
            return ';';
        }
        if (alike(lines, ';')) {
            return mlpath::fail(bad_table(file_name, 1, "commas and semicolons could both separate the columns",
                                          "say which does: --delimiter ',' or --delimiter ';'"));
        }
    }
    if (first.of(usual) > 0) {
        return usual;
    }
    for (const char other : {';', '\t', '|', ','}) {
        if (first.of(other) > 0 && lines.size() > 1 && alike(lines, other)) {
            return other;
        }
    }
    return usual;
}

}  // namespace

std::string_view separator_mark(std::string_view text) {
    constexpr std::string_view mark = "sep=";
    if (!to_lower_ascii(text.substr(0, mark.size())).starts_with(mark) || text.size() <= mark.size()) {
        return {};
    }
    std::size_t end = mark.size() + 1;
    if (text[mark.size()] == '\n' || text[mark.size()] == '\r' || text[mark.size()] == '"') {
        return {};
    }
    while (end < text.size() && text[end] == '\r') {
        ++end;
    }
    if (end == text.size()) {
        return text;
    }
    return text[end] == '\n' ? text.substr(0, end + 1) : std::string_view();
}

Result<Separation> find_separation(std::string_view begin, std::string_view file_name, std::optional<char> asked) {
    const std::size_t marks = begin.starts_with(bom) ? bom.size() : 0;
    const auto text = begin.substr(marks);
    if (const auto mark = separator_mark(text); !mark.empty()) {
        const char said = mark[std::string_view("sep=").size()];
        if (asked && *asked != said) {
            return mlpath::fail(bad_table(file_name, 1,
                                          "the first line says that " + separator_name(said) +
                                              " separate the columns, and --delimiter says " + separator_name(*asked),
                                          "leave out --delimiter, or take the line `sep=` out of the file"));
        }
        return Separation{said, marks + mark.size()};
    }
    if (asked) {
        return Separation{*asked, 0};
    }
    MLPATH_TRY(const char separator, look(text, separator_of(std::string(file_name)), file_name));
    return Separation{separator, 0};
}

Result<char> parse_delimiter(std::string_view word) {
    constexpr std::array<std::pair<std::string_view, char>, 6> names{
        {{"tab", '\t'}, {"\\t", '\t'}, {"comma", ','}, {"semicolon", ';'}, {"pipe", '|'}, {"space", ' '}}};
    const auto plain = to_lower_ascii(word);
    for (const auto& [name, separator] : names) {
        if (plain == name) {
            return separator;
        }
    }
    const auto fits = [](unsigned char c) {
        return c < 0x80 && std::isalnum(c) == 0 && (std::isprint(c) != 0 || c == '\t') &&
               std::string_view("\"'.+-").find(static_cast<char>(c)) == std::string_view::npos;
    };
    if (word.size() != 1 || !fits(static_cast<unsigned char>(word.front()))) {
        return mlpath::fail(ErrorKind::usage, "`" + printable(word) + "` cannot separate columns",
                            "give one character, such as ';' or '|', or a name: comma, semicolon, tab, pipe, space");
    }
    return word.front();
}

std::string separator_name(char separator) {
    switch (separator) {
        case ',': return "commas";
        case ';': return "semicolons";
        case '\t': return "tabs";
        case '|': return "vertical bars";
        case ' ': return "blanks";
        default: return "`" + printable(std::string_view(&separator, 1)) + "`";
    }
}

}  // namespace mlpath::table
