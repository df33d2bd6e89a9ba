#include "table/encoding.hpp"

#include <algorithm>

#include "base/text.hpp"

namespace mlpath::table {

namespace {

// PowerShell's `>` writes UTF-16 with a BOM; without one, every other byte of plain text is zero.
bool looks_like_utf16(std::string_view text) {
    if (text.starts_with("\xFF\xFE") || text.starts_with("\xFE\xFF")) {
        return true;
    }
    const auto begin = text.substr(0, 64);
    const auto zeros = static_cast<std::size_t>(std::ranges::count(begin, '\0'));
    return begin.size() >= 2 && zeros * 3 >= begin.size();
}

}  // namespace

Error bad_table(std::string_view file_name, std::size_t line, std::string_view what, std::string hint) {
    std::string message = printable(file_name);
    if (line > 0) {
        message += (message.empty() ? "line " : ", line ") + std::to_string(line);
    }
    if (!message.empty()) {
        message += ": ";
    }
    message += what;
    return {ErrorKind::malformed, std::move(message), {std::string(file_name), {}, line}, std::move(hint)};
}

Result<std::string_view> plain_beginning(std::string_view begin, std::string_view file_name) {
    if (begin.starts_with("PK\x03\x04")) {
        return mlpath::fail(bad_table(file_name, 0, "this is a zip archive or an Excel workbook, not a text table",
                                      "save it as CSV (UTF-8)"));
    }
    if (looks_like_utf16(begin)) {
        return mlpath::fail(bad_table(file_name, 0, "the text is UTF-16, as PowerShell's `>` writes, not UTF-8",
                                      "write the file from your program, or: Get-Content FILE | Set-Content -Encoding "
                                      "utf8 NEW"));
    }
    constexpr std::string_view bom = "\xEF\xBB\xBF";
    if (begin.starts_with(bom)) {
        begin.remove_prefix(bom.size());
    }
    if (begin.find_first_not_of(" \t\r\n") == std::string_view::npos) {
        return mlpath::fail(bad_table(file_name, 0, "the file is empty"));
    }
    const auto carriage = begin.find('\r');
    if (carriage != std::string_view::npos && carriage + 1 < begin.size() &&
        begin.find('\n') == std::string_view::npos) {
        return mlpath::fail(bad_table(file_name, 0, "the lines end in bare carriage returns, as on an old Mac",
                                      "write the file with line feeds"));
    }
    return begin;
}

Result<std::string_view> plain_utf8(std::string_view text, std::string_view file_name) {
    MLPATH_TRY(text, plain_beginning(text, file_name));
    if (is_utf8(text)) {
        return text;
    }
    std::size_t line = 1;
    for (const auto row : split(text, '\n')) {
        if (!is_utf8(row)) {
            break;
        }
        ++line;
    }
    return mlpath::fail(bad_table(file_name, line, "the text is not valid UTF-8",
                                  "it was perhaps written as Latin-1 or Windows-1252: save it as UTF-8"));
}

char separator_of(const std::filesystem::path& path) {
    auto name = to_lower_ascii(path.filename().string());
    if (name.ends_with(".gz")) {
        name.resize(name.size() - 3);
    }
    return name.ends_with(".tsv") || name.ends_with(".tab") ? '\t' : ',';
}

}  // namespace mlpath::table
