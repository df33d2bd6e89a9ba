#include "table/encoding.hpp"

#include <algorithm>
#include <array>

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

// What is stored under the name of a table, and is none. The name says nothing: `to_csv("x.csv", compression="bz2")`.
struct Format {
    std::string_view begins{};
    std::string_view is{};
    std::string_view hint{};
};
using std::string_view_literals::operator""sv;
constexpr std::string_view as_csv = "write it as CSV (pandas: to_csv)";
constexpr std::string_view unpack = "unpack it first; gzip is read as it is";
constexpr std::array other_formats{
    Format{"\x1f\x8b\x08"sv, "gzip data", "unpack it: gunzip"},
    Format{"PAR1\x15"sv, "a Parquet file", as_csv},
    Format{"ARROW1\0\0"sv, "a Feather file", as_csv},
    Format{"FEA1\0"sv, "a Feather file", as_csv},
    Format{"\x89HDF\r\n"sv, "an HDF5 file", as_csv},
    Format{"\x93NUMPY"sv, "a NumPy array (.npy)", "write it as text: numpy.savetxt or pandas' to_csv"},
    Format{"SQLite format 3\0"sv, "an SQLite database", "export the table as CSV"},
    Format{"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1"sv, "an old Excel workbook (.xls)", "save it as CSV (UTF-8)"},
    Format{"BZh91AY"sv, "a file packed with bzip2", unpack},
    Format{"\xFD"
           "7zXZ\0"sv,
           "a file packed with xz", unpack},
    Format{"\x28\xB5\x2F\xFD"sv, "a file packed with zstd", unpack},
    Format{"7z\xBC\xAF\x27\x1C"sv, "a 7-Zip archive", unpack},
    Format{"\x80\x02"sv, "a pickle", as_csv},
    Format{"\x80\x03"sv, "a pickle", as_csv},
    Format{"\x80\x04"sv, "a pickle", as_csv},
    Format{"\x80\x05"sv, "a pickle", as_csv},
    Format{"%PDF-"sv, "a PDF", "take the table itself, as CSV"},
    Format{"<!DOCTYPE"sv, "a web page", "it was perhaps saved in place of the file: download the file itself"},
    Format{"<!doctype"sv, "a web page", "it was perhaps saved in place of the file: download the file itself"},
    Format{"<html"sv, "a web page", "it was perhaps saved in place of the file: download the file itself"},
    Format{"{\""sv, "JSON", as_csv},
    Format{"[{"sv, "JSON", as_csv},
    Format{"version https://git-lfs"sv, "a pointer of Git LFS", "get the file itself: git lfs pull"},
};

// What a zip archive holds shows in the name of its first entry.
Error packed(std::string_view begin, std::string_view file_name) {
    constexpr std::size_t name_at = 30;
    const auto entry = begin.substr(std::min(begin.size(), name_at), 64);
    if (entry.starts_with("[Content_Types].xml") || entry.starts_with("xl/") || entry.starts_with("_rels/") ||
        entry.starts_with("docProps/")) {
        return bad_table(file_name, 0, "this is an Excel workbook (.xlsx), not a text table", "save it as CSV (UTF-8)");
    }
    if (entry.starts_with("mimetype")) {
        return bad_table(file_name, 0, "this is a LibreOffice document, not a text table", "save it as CSV (UTF-8)");
    }
    if (entry.substr(0, entry.find('\0')).find(".npy") != std::string_view::npos) {
        return bad_table(file_name, 0, "these are NumPy arrays (.npz), not a text table",
                         "write one as text: numpy.savetxt or pandas' to_csv");
    }
    return bad_table(file_name, 0, "this is a zip archive, not a text table", "unzip it and name the file inside");
}

}  // namespace

Error zero_byte(std::string_view file_name, std::size_t line) {
    return bad_table(file_name, line, "there is a zero byte (NUL) in the text",
                     "the file is damaged, or is not text: write it again");
}

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
    for (const auto& format : other_formats) {
        if (begin.starts_with(format.begins)) {
            return mlpath::fail(bad_table(file_name, 0, "this is " + std::string(format.is) + ", not a text table",
                                          std::string(format.hint)));
        }
    }
    if (begin.starts_with("PK\x03\x04")) {
        return mlpath::fail(packed(begin, file_name));
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
    if (const auto zero = text.find('\0'); zero != std::string_view::npos) {
        return mlpath::fail(zero_byte(file_name, line_at(text, zero)));
    }
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
