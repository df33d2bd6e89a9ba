#include "run/unreadable_source.hpp"

#include <algorithm>

#include "base/text.hpp"

namespace mlpath::run {

namespace {

constexpr std::string_view save_it = "save it as UTF-8.";

enum class Zeros { none, as_utf16, others };

// Latin text in UTF-16 has a zero at every other byte. A file that was cut off, or damaged, has them elsewhere.
Zeros zeros_of(std::string_view bytes) {
    std::size_t even = 0;
    std::size_t odd = 0;
    for (std::size_t i = 0; i < bytes.size(); ++i) {
        if (bytes[i] == '\0') {
            ++(i % 2 == 0 ? even : odd);
        }
    }
    if (even + odd == 0) {
        return Zeros::none;
    }
    return (even == 0 || odd == 0) && (even + odd) * 3 >= bytes.size() ? Zeros::as_utf16 : Zeros::others;
}

// Whether zeros alternate with other bytes somewhere in the row: what PowerShell's `>>` adds to a file that is UTF-8.
bool holds_utf16(std::string_view row) {
    constexpr std::size_t enough = 4;
    std::size_t pairs = 0;
    for (std::size_t i = 0; i + 1 < row.size() && pairs < enough;) {
        const bool pair = row[i] != '\0' && row[i + 1] == '\0';
        pairs = pair ? pairs + 1 : 0;
        i += pair ? 2 : 1;
    }
    return pairs == enough;
}

// Empty where the row is text.
std::string trouble_of(std::string_view row) {
    const auto zeros = static_cast<std::size_t>(std::ranges::count(row, '\0'));
    if (holds_utf16(row)) {
        return "begins a part in UTF-16, which PowerShell's `>>` adds: take that part out, write it again in an "
               "editor, "
               "and save the file as UTF-8.";
    }
    if (zeros > 0) {
        return "holds " + count_of(zeros, "zero byte") +
               ", as a file does that was damaged while it was saved or copied. Write the line again in an editor, or "
               "bring the file back from git or a backup.";
    }
    if (!is_utf8(row)) {
        return "holds a letter that is not UTF-8; the file was perhaps saved as Latin-1 or Windows-1252. Save it as "
               "UTF-8.";
    }
    return {};
}

std::string trouble_of_file(const std::string& shown, std::string_view text) {
    using namespace std::string_view_literals;
    if (text.starts_with("\xFF\xFE\0\0"sv) || text.starts_with("\0\0\xFE\xFF"sv)) {
        return shown + " is saved as UTF-32: " + std::string(save_it);
    }
    if (text.starts_with("\xFF\xFE") || text.starts_with("\xFE\xFF") || zeros_of(text) == Zeros::as_utf16) {
        return shown + " is saved as UTF-16 (\"Unicode\" in some editors, and what PowerShell's `>` writes): " +
               std::string(save_it);
    }
    if (!text.empty() && std::ranges::all_of(text, [](char byte) { return byte == '\0'; })) {
        return shown +
               " holds nothing but zero bytes, as a file does that was being saved when the machine stopped. Bring it "
               "back from git or a backup, or `mlpath reset " +
               shell_word(shown) + "` brings the one that you began with.";
    }
    std::size_t number = 0;
    for (const auto row : split(text, '\n')) {
        ++number;
        if (auto trouble = trouble_of(row); !trouble.empty()) {
            return shown + ", line " + std::to_string(number) + " " + trouble;
        }
    }
    return {};
}

}  // namespace

std::string why_unreadable(const fs::path& folder, const std::vector<std::string>& files) {
    for (const auto& file : files) {
        const auto text = read_file(folder / file);
        if (!text) {
            continue;
        }
        if (auto trouble = trouble_of_file(printable(file), *text); !trouble.empty()) {
            return trouble;
        }
    }
    return {};
}

}  // namespace mlpath::run
