#include "checks/claims.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <cstdint>
#include <utility>

#include "base/pattern.hpp"
#include "base/text.hpp"
#include "table/table.hpp"

namespace mlpath::checks {

namespace {

struct Same {
    std::string_view written;
    std::string_view meant;
};

// What looks the same to a reader, or is another way to type it.
constexpr std::array<Same, 33> same{{
    {"\u2212", "-"}, {"\uFF0D", "-"},  {"\u2011", "-"},  {"\u00A0", " "}, {"\u2000", " "}, {"\u2001", " "},
    {"\u2002", " "}, {"\u2003", " "},  {"\u2004", " "},  {"\u2005", " "}, {"\u2006", " "}, {"\u2007", " "},
    {"\u2008", " "}, {"\u2009", " "},  {"\u200A", " "},  {"\u202F", " "}, {"\u205F", " "}, {"\u3000", " "},
    {"\u200B", ""},  {"\u2060", ""},   {"\uFEFF", ""},   {"\u00AD", ""},  {"\u2018", "'"}, {"\u2019", "'"},
    {"\u066B", "."}, {"\u066C", ","},  {"\u066A", "%"},  {"\uFF05", "%"}, {"\uFF0E", "."}, {"\uFF0C", ","},
    {"\uFF1A", ":"}, {"\u201C", "\""}, {"\u201D", "\""},
}};

// The digit 0 of Arabic, Persian, Devanagari, Bengali, and of full width; the other nine follow it.
constexpr std::array<std::string_view, 5> zeros{"\u0660", "\u06F0", "\u0966", "\u09E6", "\uFF10"};

std::string plainly(std::string text) {
    if (std::ranges::all_of(text, [](char c) { return static_cast<unsigned char>(c) < 0x80U; })) {
        return text;
    }
    for (const auto& [written, meant] : same) {
        text = replace_all(std::move(text), written, meant);
    }
    for (const auto zero : zeros) {
        for (char digit = 0; digit < 10; ++digit) {
            auto written = std::string(zero);
            written.back() = static_cast<char>(written.back() + digit);
            text = replace_all(std::move(text), written, std::string(1, static_cast<char>('0' + digit)));
        }
    }
    return text;
}

// "0,85" is 0.85, "1.234,5" and "1,234.5" are 1234.5; "49,500" may be either.
std::vector<double> readings_of(const std::string& digits) {
    const auto last = digits.find_last_of(".,");
    const auto first = digits.find_first_of(".,");
    if (last == std::string::npos) {
        return {table::parse_cell(digits).number};
    }
    const auto without_marks = replace_all(replace_all(digits, ",", ""), ".", "");
    const double whole = table::parse_cell(without_marks).number;
    const auto decimals = digits.size() - last - 1;
    const double parted = table::parse_cell(without_marks.substr(0, without_marks.size() - decimals) + "." +
                                            without_marks.substr(without_marks.size() - decimals))
                              .number;
    if (first != last) {
        return {digits[first] == digits[last] ? whole : parted};
    }
    const bool may_be_thousands = digits[last] == ',' && decimals == 3 && !digits.starts_with('0') && last <= 3;
    return may_be_thousands ? std::vector{parted, whole} : std::vector{parted};
}

// Of a number as it stands there: "-1 049,5 %", "1'049.5", "1.5e-3".
std::vector<double> meanings_of(std::string number) {
    const bool negative = number.starts_with('-');
    number.erase(0, negative ? 1 : 0);
    const auto end = std::min(number.find_first_not_of("0123456789.,'_ "), number.size());
    auto digits = std::string(trim(std::string_view(number).substr(0, end)));
    auto rest = to_lower_ascii(trim(std::string_view(number).substr(end)));
    double scale = negative ? -1 : 1;
    if (rest.starts_with('e')) {
        int exponent = 0;
        const auto* begin = rest.data() + (rest.size() > 1 && rest[1] == '+' ? 2 : 1);
        const auto read = std::from_chars(begin, rest.data() + rest.size(), exponent);
        scale *= std::pow(10.0, exponent);
        rest = trim(std::string_view(rest).substr(static_cast<std::size_t>(read.ptr - rest.data())));
    }
    scale /= rest.empty() ? 1 : 100;
    std::vector<double> meanings;
    // "49 500" is one number, or 49 before another.
    if (const auto blank = digits.find(' '); blank != std::string::npos) {
        meanings = readings_of(digits.substr(0, blank));
    }
    for (const char* mark : {" ", "'", "_"}) {
        digits = replace_all(std::move(digits), mark, "");
    }
    const auto whole = readings_of(digits);
    meanings.insert(meanings.end(), whole.begin(), whole.end());
    for (auto& meaning : meanings) {
        meaning *= scale;
    }
    return meanings;
}

std::vector<double> first_number_in(std::string_view text) {
    static const auto tokens = Pattern::compile(
        R"((?i)[\pL_][\pL\pN_]*(?:-[\pL\pN]+)*|[0-9]+(?:st|nd|rd|th)\b|[0-9]+(?:-\pL[\pL\pN]*)+|)"
        R"((-?(?:[0-9]{1,3}(?:[ '_][0-9]{3})+(?:[.,][0-9]+)?\b|[0-9]+(?:[.,][0-9]+)*|\.[0-9]+)(?:e[-+]?[0-9]{1,3}\b)?(?: *%| *per ?cent)?))");
    for (const auto& number : tokens->all_in(text)) {
        if (!number.empty()) {
            return meanings_of(number);
        }
    }
    return {};
}

class Label {
public:
    explicit Label(const std::string& label)
        : m_behind(Pattern::compile("(?i)(?:^|[^\\pL\\pN])" +
                                    replace_all(pattern_quote(plainly(label)), "\\ ", "[ _-]+") +
                                    "((?:[^\\pL\\pN].*)?)$")) {}

    // What stands behind the label on the line; nothing where the label is not there.
    [[nodiscard]] std::string behind(const std::string& line) const {
        const auto found = m_behind ? m_behind->all_in(plainly(line)) : std::vector<std::string>();
        return found.empty() ? std::string() : found.front();
    }
    [[nodiscard]] std::vector<double> number_behind(const std::string& line) const {
        const auto rest = behind(line);
        return first_number_in(rest.starts_with('-') ? rest.substr(1) : rest);  // "accuracy-0.92" has no minus
    }
    [[nodiscard]] bool is_in(const std::string& text) const { return m_behind && m_behind->found_in(plainly(text)); }

private:
    Result<Pattern> m_behind;
};

// | Model | ROC AUC |
// | mine  | 0.85    |
std::vector<double> number_below(const markdown::Block& table, const Label& label) {
    if (table.kind != markdown::BlockKind::table || table.lines.size() != 2) {
        return {};
    }
    const auto names = split(table.lines[0], '|');
    const auto values = split(table.lines[1], '|');
    for (std::size_t i = 0; i < std::min(names.size(), values.size()); ++i) {
        if (label.is_in(std::string(trim(names[i])))) {
            return first_number_in(plainly(std::string(values[i])));
        }
    }
    return {};
}

// What follows the label in the paragraph, however the writer wrapped it.
std::vector<double> number_further_on(const markdown::Block& block, const Label& label) {
    if (block.kind != markdown::BlockKind::text || block.lines.size() < 2) {
        return {};
    }
    static const auto sentence = Pattern::compile(R"(^((?:[^.!?。]|[.!?][^\s])*))");
    const auto rest = label.behind(join(block.lines, " "));
    const auto first = sentence->all_in(rest);
    return first.empty() ? std::vector<double>() : first_number_in(first.front());
}

}  // namespace

Stated stated_after(const markdown::Document& document, const std::string& label) {
    const Label name(label);
    bool in_code = false;
    for (const auto& block : document.blocks) {
        for (const auto& line : block.lines) {
            auto readings = name.number_behind(line);
            if (!readings.empty() && block.kind != markdown::BlockKind::code) {
                return {.readings = std::move(readings)};
            }
            in_code = in_code || !readings.empty();
        }
    }
    for (const auto look : {number_below, number_further_on}) {
        for (const auto& block : document.blocks) {
            if (auto readings = look(block, name); !readings.empty()) {
                return {.readings = std::move(readings)};
            }
        }
    }
    return {.in_code_alone = in_code};
}

std::vector<std::string> texts_after(const markdown::Document& document, const std::string& label) {
    const Label name(label);
    static const auto mark = Pattern::compile(R"(^[\s:|=-]*(.*?)[\s|]*$)");
    std::vector<std::string> texts;
    for (const auto& block : document.blocks) {
        for (const auto& line : block.kind == markdown::BlockKind::code ? std::vector<std::string>() : block.lines) {
            const auto behind = mark->all_in(name.behind(line));
            if (!behind.empty() && !behind.front().empty()) {
                texts.push_back(behind.front());
            }
        }
    }
    return texts;
}

}  // namespace mlpath::checks
