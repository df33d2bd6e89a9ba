#include "base/text.hpp"

#include <algorithm>
#include <array>
#include <cstdio>

namespace mlpath {

std::string_view trim(std::string_view text) {
    constexpr std::string_view blanks = " \t\r\n\v\f";
    const auto first = text.find_first_not_of(blanks);
    if (first == std::string_view::npos) {
        return {};
    }
    return text.substr(first, text.find_last_not_of(blanks) - first + 1);
}

std::vector<std::string_view> split(std::string_view text, char separator) {
    std::vector<std::string_view> parts;
    std::size_t start = 0;
    while (true) {
        const auto end = text.find(separator, start);
        parts.push_back(text.substr(start, end - start));
        if (end == std::string_view::npos) {
            return parts;
        }
        start = end + 1;
    }
}

std::size_t line_at(std::string_view text, std::size_t position) {
    return 1 + static_cast<std::size_t>(std::ranges::count(text.substr(0, position), '\n'));
}

std::vector<std::string_view> lines(std::string_view text) {
    if (text.empty()) {
        return {};
    }
    if (text.back() == '\n') {
        text.remove_suffix(1);
    }
    auto parts = split(text, '\n');
    for (auto& part : parts) {
        if (part.ends_with('\r')) {
            part.remove_suffix(1);
        }
    }
    return parts;
}

std::string join(std::span<const std::string> parts, std::string_view separator) {
    std::string joined;
    for (const auto& part : parts) {
        if (&part != parts.data()) {
            joined += separator;
        }
        joined += part;
    }
    return joined;
}

std::string to_lower_ascii(std::string_view text) {
    std::string lower(text);
    for (char& c : lower) {
        if (c >= 'A' && c <= 'Z') {
            c = static_cast<char>(c - 'A' + 'a');
        }
    }
    return lower;
}

std::string replace_all(std::string text, std::string_view from, std::string_view to) {
    if (from.empty()) {
        return text;
    }
    for (std::size_t at = 0; (at = text.find(from, at)) != std::string::npos; at += to.size()) {
        text.replace(at, from.size(), to);
    }
    return text;
}

namespace {

// The length of the valid UTF-8 sequence that starts at `at`, or 0. Overlong forms, surrogates and code points
// beyond U+10FFFF are invalid (Unicode 15, table 3-7).
std::size_t sequence_length(std::string_view text, std::size_t at) {
    const auto byte = [&](std::size_t i) {
        return at + i < text.size() ? static_cast<unsigned char>(text[at + i]) : 0U;
    };
    const auto follows = [&](std::size_t i) { return (byte(i) & 0xC0U) == 0x80U; };
    const unsigned lead = byte(0);
    if (lead < 0x80U) {
        return 1;
    }
    if (lead >= 0xC2U && lead <= 0xDFU) {
        return follows(1) ? 2 : 0;
    }
    if (lead >= 0xE0U && lead <= 0xEFU) {
        const bool overlong = lead == 0xE0U && byte(1) < 0xA0U;
        const bool surrogate = lead == 0xEDU && byte(1) > 0x9FU;
        return follows(1) && follows(2) && !overlong && !surrogate ? 3 : 0;
    }
    if (lead >= 0xF0U && lead <= 0xF4U) {
        const bool overlong = lead == 0xF0U && byte(1) < 0x90U;
        const bool beyond = lead == 0xF4U && byte(1) > 0x8FU;
        return follows(1) && follows(2) && follows(3) && !overlong && !beyond ? 4 : 0;
    }
    return 0;
}

enum class Breaks { escaped, kept };

// Code points that steer a terminal or reorder a line although they are valid text: C1 controls (U+0080..U+009F),
// and the bidirectional overrides (U+202A..U+202E, U+2066..U+2069).
bool steers(std::string_view sequence) {
    if (sequence.size() == 2) {
        return sequence[0] == '\xC2' && static_cast<unsigned char>(sequence[1]) < 0xA0U;
    }
    return (sequence >= "\xE2\x80\xAA" && sequence <= "\xE2\x80\xAE") ||
           (sequence >= "\xE2\x81\xA6" && sequence <= "\xE2\x81\xA9");
}

// Whether a line that begins so would be obeyed where it comes into the log of a CI job: the runner of GitHub Actions
// passes over the blanks before such a command.
bool commands_a_runner(std::string_view line) {
    line.remove_prefix(std::min(line.find_first_not_of(" \t"), line.size()));
    return line.starts_with("::") || line.starts_with("##[");
}

std::string escape(std::string_view text, Breaks breaks) {
    std::string safe;
    safe.reserve(text.size());
    const auto hex = [&](char c) {
        std::array<char, 5> buffer{};
        std::snprintf(buffer.data(), buffer.size(), "\\x%02x", static_cast<unsigned>(static_cast<unsigned char>(c)));
        safe += buffer.data();
    };
    bool commanding = breaks == Breaks::kept && commands_a_runner(text);
    for (std::size_t at = 0; at < text.size();) {
        const auto length = sequence_length(text, at);
        const char c = text[at];
        if (commanding && (c == ':' || c == '#')) {
            hex(c);
            commanding = false;
        } else if (length == 1 && (c == '\n' || c == '\t')) {
            if (breaks == Breaks::kept) {
                safe += c;
                commanding = c == '\n' ? commands_a_runner(text.substr(at + 1)) : commanding;
            } else {
                safe += c == '\n' ? "\\n" : "\\t";
            }
        } else if (length == 0 || (length == 1 && (static_cast<unsigned char>(c) < 0x20U || c == 0x7F))) {
            hex(c);
        } else if (const auto sequence = text.substr(at, length); length > 1 && steers(sequence)) {
            std::for_each(sequence.begin(), sequence.end(), hex);
        } else {
            safe += sequence;
        }
        at += std::max<std::size_t>(length, 1);
    }
    return safe;
}

}  // namespace

bool is_utf8(std::string_view text) {
    for (std::size_t at = 0; at < text.size();) {
        const auto length = sequence_length(text, at);
        if (length == 0) {
            return false;
        }
        at += length;
    }
    return true;
}

std::string printable(std::string_view text) { return escape(text, Breaks::escaped); }
std::string printable_block(std::string_view text) { return escape(text, Breaks::kept); }

bool is_id(std::string_view text) {
    bool after_hyphen = true;
    for (const char c : text) {
        if (c == '-') {
            if (after_hyphen) {
                return false;
            }
            after_hyphen = true;
        } else if ((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9')) {
            after_hyphen = false;
        } else {
            return false;
        }
    }
    return !after_hyphen && text.size() <= 64;
}

std::string shell_word(std::string_view text) {
    // What no shell gives a meaning to inside of a word. Other letters than ASCII's are quoted too: what a shell makes
    // of them depends on the locale.
    constexpr std::string_view plain = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_@%+=:,./-";
    if (!text.empty() && text.find_first_not_of(plain) == std::string_view::npos) {
        return std::string(text);
    }
    return "'" + replace_all(std::string(text), "'", R"('\'')") + "'";
}

std::string shell_line(std::span<const std::string> words) {
    std::string line;
    for (const auto& word : words) {
        line += (line.empty() ? "" : " ") + shell_word(word);
    }
    return line;
}

std::size_t edit_distance(std::string_view a, std::string_view b) {
    // Three rows of the dynamic program are enough for optimal string alignment.
    std::vector<std::size_t> before(b.size() + 1);
    std::vector<std::size_t> previous(b.size() + 1);
    std::vector<std::size_t> current(b.size() + 1);
    for (std::size_t j = 0; j <= b.size(); ++j) {
        previous[j] = j;
    }
    for (std::size_t i = 1; i <= a.size(); ++i) {
        current[0] = i;
        for (std::size_t j = 1; j <= b.size(); ++j) {
            const std::size_t cost = a[i - 1] == b[j - 1] ? 0 : 1;
            current[j] = std::min({previous[j] + 1, current[j - 1] + 1, previous[j - 1] + cost});
            if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1]) {
                current[j] = std::min(current[j], before[j - 2] + 1);
            }
        }
        std::swap(before, previous);
        std::swap(previous, current);
    }
    return previous[b.size()];
}

std::optional<std::string> nearest(std::string_view word, std::span<const std::string> candidates) {
    // A third of the word may be wrong; a beginning that was typed counts as well ("titan" -> "titanic").
    constexpr std::size_t longest_word = 100;
    if (word.empty() || word.size() > longest_word) {
        return std::nullopt;
    }
    const auto lower = to_lower_ascii(word);
    std::optional<std::string> best;
    std::size_t best_distance = std::max<std::size_t>(1, word.size() / 3) + 1;
    for (const auto& candidate : candidates) {
        if (const auto distance = edit_distance(lower, to_lower_ascii(candidate)); distance < best_distance) {
            best = candidate;
            best_distance = distance;
        }
    }
    if (!best && word.size() >= 3) {
        const auto found = std::ranges::find_if(
            candidates, [&](const std::string& candidate) { return to_lower_ascii(candidate).starts_with(lower); });
        if (found != candidates.end()) {
            best = *found;
        }
    }
    return best;
}

std::string count_of(std::size_t count, std::string_view singular, std::string_view plural) {
    std::string text = std::to_string(count);
    text += ' ';
    text += count != 1 && !plural.empty() ? plural : singular;
    if (count != 1 && plural.empty()) {
        text += 's';
    }
    return text;
}

std::string human_bytes(unsigned long long bytes) {
    constexpr std::array<const char*, 5> units{"B", "kB", "MB", "GB", "TB"};
    auto value = static_cast<double>(bytes);
    std::size_t unit = 0;
    while (value >= 999.5 && unit + 1 < units.size()) {
        value /= 1000;
        ++unit;
    }
    std::array<char, 32> buffer{};
    std::snprintf(buffer.data(), buffer.size(), unit == 0 || value >= 99.95 ? "%.0f %s" : "%.1f %s", value,
                  units.at(unit));
    return buffer.data();
}

std::string list_of(std::span<const std::string> names) {
    std::string text;
    for (std::size_t i = 0; i < names.size(); ++i) {
        if (i > 0) {
            text += i + 1 == names.size() ? " and " : ", ";
        }
        text += '`' + names[i] + '`';
    }
    return text;
}

bool glob_matches(std::string_view pattern, std::string_view path) {
    if (pattern.starts_with("**/")) {
        const auto rest = pattern.substr(3);
        if (glob_matches(rest, path)) {
            return true;
        }
        const auto slash = path.find('/');
        return slash != std::string_view::npos && glob_matches(pattern, path.substr(slash + 1));
    }
    if (pattern.empty()) {
        return path.empty();
    }
    if (pattern.front() == '*') {
        for (std::size_t taken = 0;; ++taken) {
            if (glob_matches(pattern.substr(1), path.substr(taken))) {
                return true;
            }
            if (taken == path.size() || path[taken] == '/') {
                return false;
            }
        }
    }
    if (path.empty() || (pattern.front() == '?' ? path.front() == '/' : pattern.front() != path.front())) {
        return false;
    }
    return glob_matches(pattern.substr(1), path.substr(1));
}

}  // namespace mlpath
