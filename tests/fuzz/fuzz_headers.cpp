// The head of a server's response, line by line as libcurl hands it over, and what a resumed download makes of it.
#include <algorithm>

#include "base/text.hpp"
#include "fuzz/support.hpp"
#include "system/http.hpp"

using namespace mlpath;

FUZZ(input) {
    const auto now = std::chrono::system_clock::from_time_t(1'795'000'000);
    system::HttpHead head;
    for (const auto line : split(input, '\n')) {
        system::take_header_line(head, line);
    }
    fuzz::insist(head.status >= 0 && head.status <= 999, "a status has three digits");
    const auto validator = system::validator_of(head);
    fuzz::insist(validator.size() <= input.size(), "the size is bounded");
    // It goes into a record of lines, and back to the server in a header.
    fuzz::insist(std::ranges::none_of(validator, [](unsigned char c) { return c < 0x20 || c == 0x7f; }),
                 "what vouches for the bytes is one line");
    if (const auto wait = system::retry_after(head.retry_after, now)) {
        constexpr std::chrono::hours century(24 * 365 * 100);
        fuzz::insist(*wait >= std::chrono::seconds(0) && *wait <= century, "a wait is no less than none, and bounded");
    }
    const auto host = system::host_of(input);
    fuzz::insist_on_line(host, "a host can be shown");
    fuzz::insist(host.find('@') == std::string::npos && host.find('/') == std::string::npos,
                 "a host holds no password");
}
