#include "report/markdown_text.hpp"

#include "base/text.hpp"

namespace mlpath::report {

std::string markdown_text(std::string_view text) {
    const auto shown = printable(text);
    std::string safe;
    for (std::size_t i = 0; i < shown.size(); ++i) {
        const char c = shown[i];
        const auto rest = std::string_view(shown).substr(i);
        if (c == '<') {
            safe += "&lt;";
        } else if (c == '&') {
            safe += "&amp;";
        } else if (c == '@') {
            safe += "&#64;";
        } else if (rest.starts_with("://")) {
            safe += "&#58;";
        } else if (c == '.' && i >= 3 && to_lower_ascii(shown.substr(i - 3, 3)) == "www") {
            safe += "&#46;";
        } else {
            const bool begins = i == 0 && std::string_view("-+=").find(c) != std::string_view::npos;
            const bool numbers = (c == '.' || c == ')') && i > 0 && shown.find_first_not_of("0123456789") == i;
            if (begins || numbers || std::string_view("\\`*_{}[]()#|>~!").find(c) != std::string_view::npos) {
                safe += '\\';
            }
            safe += c;
        }
    }
    return safe;
}

}  // namespace mlpath::report
