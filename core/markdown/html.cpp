#include "markdown/html.hpp"

#include <algorithm>
#include <array>

#include "base/text.hpp"

namespace mlpath::markdown {

namespace {

constexpr std::string_view blanks = " \t\r\n\f";

bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }

class Scanner {
public:
    explicit Scanner(std::string_view html) : m_html(html) {}

    std::vector<Piece> scan() {
        while (m_at < m_html.size()) {
            const auto mark = std::min(m_html.find('<', m_at), m_html.size());
            add_text(mark);
            if (mark < m_html.size()) {
                read_mark();
            }
        }
        return std::move(m_pieces);
    }

private:
    void add_text(std::size_t end) {
        if (end > m_at) {
            m_pieces.push_back({PieceKind::text, std::string(m_html.substr(m_at, end - m_at)), {}});
        }
        m_at = end;
    }

    void skip_behind(std::string_view end, std::size_t from) {
        const auto found = m_html.find(end, std::min(from, m_html.size()));
        m_at = found == std::string_view::npos ? m_html.size() : found + end.size();
    }

    void read_mark() {
        const auto rest = m_html.substr(m_at);
        if (rest.starts_with("<!--")) {
            skip_behind("-->", m_at + 2);  // "<!-->" is a whole comment
        } else if (rest.starts_with("<!") || rest.starts_with("<?")) {
            skip_behind(">", m_at);
        } else if (rest.size() > 1 &&
                   (is_letter(rest[1]) || (rest[1] == '/' && rest.size() > 2 && is_letter(rest[2])))) {
            read_tag();
        } else {
            m_pieces.push_back({PieceKind::text, "<", {}});
            ++m_at;
        }
    }

    void read_tag() {
        const bool closes = m_html[m_at + 1] == '/';
        m_at += closes ? 2 : 1;
        const auto name = to_lower_ascii(take_until(" \t\r\n\f/>"));
        Piece piece{closes ? PieceKind::end : PieceKind::begin, name, {}};
        while (m_at < m_html.size() && m_html[m_at] != '>') {
            read_attribute(piece);
        }
        if (m_at == m_html.size()) {
            return;
        }
        ++m_at;
        m_pieces.push_back(std::move(piece));
        if (!closes && (name == "script" || name == "style")) {
            skip_inside(name);
        }
    }

    void read_attribute(Piece& piece) {
        m_at = std::min(m_html.find_first_not_of(" \t\r\n\f/", m_at), m_html.size());
        const auto name = to_lower_ascii(take_until(" \t\r\n\f/>="));
        const auto behind = std::min(m_html.find_first_not_of(blanks, m_at), m_html.size());
        if (behind == m_html.size() || m_html[behind] != '=') {
            return;
        }
        m_at = std::min(m_html.find_first_not_of(blanks, behind + 1), m_html.size());
        if (m_at == m_html.size()) {
            return;
        }
        std::string_view value;
        if (const char quote = m_html[m_at]; quote == '"' || quote == '\'') {
            ++m_at;
            value = take_until(std::string_view(&quote, 1));
            m_at = std::min(m_at + 1, m_html.size());
        } else {
            value = take_until(" \t\r\n\f>");
        }
        const bool leads = (piece.text == "a" && name == "href") || (piece.text == "img" && name == "src");
        if (leads && piece.target.empty() && piece.kind == PieceKind::begin) {
            piece.target = trim(value);
        }
    }

    // What is inside of it is no text: up to "</name".
    void skip_inside(const std::string& name) {
        while (m_at < m_html.size()) {
            m_at = std::min(m_html.find("</", m_at), m_html.size());
            if (to_lower_ascii(m_html.substr(m_at, name.size() + 2)) == "</" + name) {
                return;
            }
            m_at = std::min(m_at + 2, m_html.size());
        }
    }

    std::string_view take_until(std::string_view ends) {
        const auto end = std::min(m_html.find_first_of(ends, m_at), m_html.size());
        const auto taken = m_html.substr(m_at, end - m_at);
        m_at = end;
        return taken;
    }

    std::string_view m_html;
    std::size_t m_at = 0;
    std::vector<Piece> m_pieces{};
};

}  // namespace

std::vector<Piece> read_html(std::string_view html) { return Scanner(html).scan(); }

bool is_inline_tag(std::string_view name) {
    constexpr std::array<std::string_view, 31> inline_tags{
        "a",      "abbr",   "b",   "bdi", "bdo",  "big",  "cite", "code", "del",  "dfn",   "em",
        "font",   "i",      "img", "ins", "kbd",  "mark", "q",    "s",    "samp", "small", "span",
        "strike", "strong", "sub", "sup", "time", "tt",   "u",    "var",  "wbr"};
    return std::ranges::find(inline_tags, name) != inline_tags.end();
}

}  // namespace mlpath::markdown
