#include "logging/line.hpp"

#include <algorithm>

#include "base/text.hpp"

namespace mlpath::cli {

namespace {

constexpr std::string_view hidden = "***";

// Where the address that begins at `from` ends. A quote or an angle bracket stands around an address, not in it.
std::size_t end_of_address(std::string_view text, std::size_t from) {
    return std::min(text.find_first_of(" \t\r\n\"'`<>", from), text.size());
}

bool wants_quotes(std::string_view value) { return value.empty() || value.find_first_of(" \"=") != std::string::npos; }

std::string quoted(const std::string& value) {
    return wants_quotes(value) ? '"' + replace_all(value, "\"", "\\\"") + '"' : value;
}

}  // namespace

std::string without_secrets(std::string_view text) {
    constexpr std::string_view mark = "://";
    std::string clean;
    std::size_t at = 0;
    while (true) {
        const auto found = text.find(mark, at);
        if (found == std::string_view::npos) {
            return clean.append(text.substr(at));
        }
        const auto from = found + mark.size();
        const auto end = end_of_address(text, from);
        auto address = text.substr(from, end - from);
        clean += text.substr(at, from - at);
        // A password may hold anything, a slash too: whatever stands before the last @ goes.
        if (const auto user = address.rfind('@'); user != std::string_view::npos) {
            clean += hidden;
            address.remove_prefix(user);
        }
        const auto query = address.find('?');
        clean += address.substr(0, query);
        if (query != std::string_view::npos) {
            clean += '?';
            clean += hidden;
        }
        at = end;
    }
}

std::string log_line(std::string_view event, std::span<const LogField> fields) {
    auto line = printable(event);
    for (std::size_t i = 0; i < fields.size(); ++i) {
        line += i == 0 ? ": " : " ";
        line += fields[i].name;
        line += '=';
        line += quoted(printable(without_secrets(fields[i].value)));
    }
    return line;
}

}  // namespace mlpath::cli
