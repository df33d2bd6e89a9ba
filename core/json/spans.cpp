#include "json/spans.hpp"

#include <algorithm>

#include "json/document.hpp"

namespace mlpath::json {

namespace {

class SpanReading {
public:
    explicit SpanReading(std::string_view text) : m_text(text) {}

    std::vector<Span> take() {
        skip_blanks();
        value({}, m_at, 0);
        return std::move(m_spans);
    }

private:
    [[nodiscard]] char next() const { return m_at < m_text.size() ? m_text[m_at] : '\0'; }

    void skip_blanks() { m_at = std::min(m_text.find_first_not_of(" \t\r\n,:", m_at), m_text.size()); }

    std::string_view string() {
        const auto begin = m_at++;
        while (m_at < m_text.size() && m_text[m_at] != '"') {
            m_at += m_text[m_at] == '\\' ? 2 : 1;
        }
        m_at = std::min(m_at + 1, m_text.size());
        return m_text.substr(begin, m_at - begin);
    }

    static std::string decoded(std::string_view written) {
        if (written.find('\\') == std::string_view::npos) {
            return std::string(written.substr(1, written.size() > 1 ? written.size() - 2 : 0));
        }
        const auto parsed = parse(written, {});
        return parsed.document.value.is_string() ? parsed.document.value.get<std::string>() : std::string(written);
    }

    void value(const std::string& pointer, std::size_t member, std::size_t depth) {
        const auto index = m_spans.size();
        m_spans.push_back({pointer, member, m_at, m_at});
        const char first = next();
        if ((first == '{' || first == '[') && depth < Limits().depth) {
            inside(pointer, first == '{' ? '}' : ']', depth + 1);
        } else if (first == '"') {
            static_cast<void>(string());
        } else {
            m_at = std::min(m_text.find_first_of(" \t\r\n,]}", m_at), m_text.size());
        }
        m_spans[index].end = m_at;
    }

    void inside(const std::string& pointer, char closing, std::size_t depth) {
        ++m_at;
        for (std::size_t entry = 0;; ++entry) {
            skip_blanks();
            const auto begin = m_at;
            if (m_at == m_text.size() || next() == closing) {
                break;
            }
            if (closing == '}') {
                if (next() != '"') {
                    break;
                }
                const auto key = decoded(string());
                skip_blanks();
                value(pointer_to(pointer, key), begin, depth);
            } else {
                value(pointer_to(pointer, entry), begin, depth);
            }
            if (m_at == begin) {
                break;  // no JSON
            }
        }
        m_at = std::min(m_at + 1, m_text.size());
    }

    std::string_view m_text;
    std::size_t m_at = 0;
    std::vector<Span> m_spans{};
};

}  // namespace

std::vector<Span> spans(std::string_view text) { return SpanReading(text).take(); }

}  // namespace mlpath::json
