#include "workspace/address.hpp"

#include <algorithm>

#include "base/text.hpp"

namespace mlpath::workspace {

namespace {

constexpr std::string_view address_example = "such as https://example.org/acme/library@v1.0";

bool is_word(std::string_view text, std::string_view beside) {
    return !text.empty() && std::ranges::all_of(text, [&](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
               beside.find(c) != std::string_view::npos;
    });
}

// git@example.org:acme/library
bool is_scp_like(std::string_view text) {
    const auto at = text.find('@');
    const auto colon = text.find(':');
    // A hyphen first would be an option of ssh; two colons are how git calls a helper of its own.
    return !text.starts_with('-') && text.find("::") == std::string_view::npos && at != std::string_view::npos &&
           colon != std::string_view::npos && at < colon && is_word(text.substr(0, at), "._-") &&
           is_word(text.substr(at + 1, colon - at - 1), ".-");
}

bool is_tag(std::string_view text) {
    return is_word(text, "._/+-") && text.front() != '-' && text.find("..") == std::string_view::npos;
}

bool is_printable_ascii(std::string_view text) {
    return std::ranges::all_of(text, [](char c) { return c > ' ' && c < 127; });
}

Error unfit(std::string_view text, const std::string& why) {
    return {ErrorKind::usage, "`" + printable(text) + "` " + why, {}, "an address is " + std::string(address_example)};
}

}  // namespace

Result<std::optional<Address>> read_address(std::string_view text) {
    const auto scheme = text.find("://");
    const bool scp_like = scheme == std::string_view::npos && is_scp_like(text);
    if (scheme == std::string_view::npos && !scp_like) {
        return std::optional<Address>();
    }
    if (!scp_like && !text.starts_with("https://") && !text.starts_with("ssh://")) {
        return fail(unfit(text, "is no address that a library comes from: https and ssh are"));
    }
    if (!is_printable_ascii(text)) {
        return fail(unfit(text, "holds what no address does"));
    }
    // The tag stands behind the last @ of the path; one before it is of the user.
    const auto host = scp_like ? text.find('@') + 1 : scheme + 3;
    const auto path = scp_like ? text.find(':', host) : text.find('/', host);
    const auto at = text.rfind('@');
    if (path == std::string_view::npos || at == std::string_view::npos || at < path) {
        return fail(unfit(text, "does not say which tag: put it behind an @"));
    }
    Address address{std::string(text.substr(0, at)), std::string(text.substr(at + 1))};
    if (!is_tag(address.tag)) {
        return fail(unfit(text, "ends in no tag"));
    }
    const auto server = text.substr(host, path - host);
    const auto user = server.substr(0, std::min(server.rfind('@'), server.size()));
    const bool has_secret =
        server.size() > user.size() && (user.find(':') != std::string_view::npos || text.starts_with("https://"));
    if (has_secret || address.url.find_first_of("?#") != std::string::npos) {
        // Not shown again: it may stand in the log of a job.
        return fail(ErrorKind::usage,
                    "the address holds a user, a password or a question, which would be written down with it",
                    "leave it out, and let git find it: by an ssh key or a credential helper");
    }
    if (server.starts_with('-')) {
        return fail(unfit(text, "is no address: a server's name begins with no hyphen"));
    }
    return std::optional(std::move(address));
}

}  // namespace mlpath::workspace
