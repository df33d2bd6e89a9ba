#include "system/http.hpp"

#include <algorithm>
#include <charconv>
#include <ctime>

#include "base/text.hpp"

namespace mlpath::system {

namespace {

std::optional<std::uint64_t> number(std::string_view text) {
    text = trim(text);
    std::uint64_t value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (error != std::errc() || end != text.data() + text.size()) {
        return std::nullopt;
    }
    return value;
}

// "bytes 100-199/200", "bytes */200"
void take_content_range(HttpHead& head, std::string_view value) {
    value = trim(value);
    if (!value.starts_with("bytes")) {
        return;
    }
    value = trim(value.substr(5));
    const auto slash = value.find('/');
    if (slash == std::string_view::npos) {
        return;
    }
    head.range_total = number(value.substr(slash + 1));
    head.range_start = number(value.substr(0, value.find('-')));
}

}  // namespace

std::string validator_of(const HttpHead& head) {
    // It is written into a record of lines, and sent back in a header: nothing may end one of these.
    const auto whole = [](const std::string& value) {
        return std::ranges::none_of(value, [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7f; });
    };
    if (head.etag.starts_with('"') && whole(head.etag)) {  // a weak one, W/"…", does not promise the same bytes
        return head.etag;
    }
    return whole(head.last_modified) ? head.last_modified : std::string();
}

void take_header_line(HttpHead& head, std::string_view line) {
    line = trim(line);
    if (line.starts_with("HTTP/")) {
        head = HttpHead{};
        const auto space = line.find(' ');
        if (space != std::string_view::npos) {
            head.status = static_cast<int>(number(line.substr(space + 1, 3)).value_or(0));
        }
        return;
    }
    const auto colon = line.find(':');
    if (colon == std::string_view::npos) {
        return;
    }
    const auto name = to_lower_ascii(trim(line.substr(0, colon)));
    const auto value = trim(line.substr(colon + 1));
    if (name == "content-type") {
        head.content_type = to_lower_ascii(trim(value.substr(0, value.find(';'))));
    } else if (name == "content-encoding") {
        head.content_encoding = to_lower_ascii(value);
    } else if (name == "content-length") {
        head.length = number(value);
    } else if (name == "content-range") {
        take_content_range(head, value);
    } else if (name == "etag") {
        head.etag = value;
    } else if (name == "last-modified") {
        head.last_modified = value;
    } else if (name == "retry-after") {
        head.retry_after = value;
    }
}

std::optional<std::chrono::seconds> retry_after(std::string_view value, std::chrono::system_clock::time_point now) {
    constexpr std::chrono::seconds century(3'153'600'000);
    if (const auto seconds = number(value)) {
        return std::chrono::seconds(std::min<std::uint64_t>(*seconds, century.count()));
    }
    std::tm date{};
    const std::string text(trim(value));
    const char* end = ::strptime(text.c_str(), "%a, %d %b %Y %H:%M:%S GMT", &date);
    if (end == nullptr || *end != '\0') {
        return std::nullopt;
    }
    // In seconds: the clock's nanoseconds end in the year 2262.
    const std::chrono::sys_seconds then(std::chrono::seconds(::timegm(&date)));
    return std::clamp(then - std::chrono::floor<std::chrono::seconds>(now), std::chrono::seconds(0), century);
}

std::string host_of(std::string_view url) {
    if (const auto scheme = url.find("://"); scheme != std::string_view::npos) {
        url.remove_prefix(scheme + 3);
    }
    url = url.substr(0, url.find_first_of("/?#"));
    if (const auto at = url.rfind('@'); at != std::string_view::npos) {
        url.remove_prefix(at + 1);
    }
    return printable(url);
}

}  // namespace mlpath::system
