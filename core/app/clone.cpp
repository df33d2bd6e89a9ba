#include "app/clone.hpp"

#include <algorithm>
#include <array>

#include "base/text.hpp"

namespace mlpath::app {

namespace {

constexpr std::string_view example = "such as https://example.org/acme/library@v1.0";

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
    return at != std::string_view::npos && colon != std::string_view::npos && at < colon &&
           is_word(text.substr(0, at), "._-") && is_word(text.substr(at + 1, colon - at - 1), ".-");
}

bool is_tag(std::string_view text) {
    return is_word(text, "._/+-") && text.front() != '-' && text.find("..") == std::string_view::npos;
}

bool is_printable_ascii(std::string_view text) {
    return std::ranges::all_of(text, [](char c) { return c > ' ' && c < 127; });
}

Error unfit(std::string_view text, const std::string& why) {
    return {ErrorKind::usage, "`" + printable(text) + "` " + why, {}, "an address is " + std::string(example)};
}

// What of the caller's environment git and ssh need to reach a server, and no more.
std::map<std::string, std::string> environment_of(const system::Environment& environment) {
    std::map<std::string, std::string> kept{{"LC_ALL", "C.UTF-8"},
                                            {"GIT_TERMINAL_PROMPT", "0"},
                                            {"GIT_ALLOW_PROTOCOL", "https:ssh"},
                                            {"GIT_LFS_SKIP_SMUDGE", "1"}};
    constexpr std::array names{"PATH",          "HOME",         "USER",           "SSH_AUTH_SOCK",  "HTTPS_PROXY",
                               "https_proxy",   "ALL_PROXY",    "all_proxy",      "NO_PROXY",       "no_proxy",
                               "SSL_CERT_FILE", "SSL_CERT_DIR", "GIT_SSL_CAINFO", "XDG_CONFIG_HOME"};
    for (const auto* name : names) {
        if (auto value = environment.get(name)) {
            kept[name] = std::move(*value);
        }
    }
    kept.try_emplace("PATH", "/usr/bin:/bin");
    return kept;
}

// The last line in which git says what went wrong.
std::string complaint_of(const system::ProcessOutcome& outcome) {
    std::string found;
    const auto text = outcome.err.text();
    for (const auto line : lines(text)) {
        if (line.starts_with("fatal: ") || line.starts_with("warning: Could not find remote branch")) {
            found = line.substr(line.find(": ") + 2);
            if (line.starts_with("warning")) {
                return found;
            }
        }
    }
    return found.empty() ? "git ended with " + std::to_string(outcome.exit_code) : found;
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
    const auto at = path == std::string_view::npos ? path : text.find('@', path);
    if (at == std::string_view::npos) {
        return fail(unfit(text, "does not say which tag: put it behind an @"));
    }
    Address address{std::string(text.substr(0, at)), std::string(text.substr(at + 1))};
    if (!is_tag(address.tag)) {
        return fail(unfit(text, "ends in no tag"));
    }
    const auto user = text.substr(host, path - host);
    if (address.url.find_first_of("?#") != std::string::npos || user.starts_with('-') ||
        (!scp_like && user.substr(0, std::min(user.find('@'), user.size())).find(':') != std::string_view::npos &&
         user.find('@') != std::string_view::npos)) {
        return fail(unfit(text, "holds a password or a question, which would be written down with it"));
    }
    return std::optional(std::move(address));
}

Result<std::string> clone(const Address& address, const fs::path& into, const system::Environment& environment,
                          system::Processes& processes, const std::stop_token& stop) {
    const auto git = system::find_program("git", environment.get("PATH").value_or("/usr/bin:/bin"));
    if (!git) {
        return fail(ErrorKind::missing, "git is not installed, and brings libraries from an address",
                    "install git, or get the library yourself and name its folder");
    }
    const std::vector<std::string> cautious{git->string(),          "-c", "core.hooksPath=/dev/null", "-c",
                                            "core.fsmonitor=false", "-c", "core.symlinks=false",      "-c",
                                            "core.autocrlf=false",  "-c", "advice.detachedHead=false"};
    const auto ask = [&](std::vector<std::string> words, const fs::path& folder) {
        system::ProcessSpec spec{.argv = cautious,
                                 .environment = environment_of(environment),
                                 .folder = folder,
                                 .wall_limit = std::chrono::minutes(10)};
        spec.argv.insert(spec.argv.end(), words.begin(), words.end());
        return processes.run(spec, stop);
    };
    MLPATH_TRY(const auto cloned, ask({"clone", "--quiet", "--depth", "1", "--single-branch", "--no-recurse-submodules",
                                       "--template=", "--branch", address.tag, "--", address.url, into.string()},
                                      into.parent_path()));
    if (stop.stop_requested() || cloned.ending == system::Ending::interrupted) {
        return fail(ErrorKind::interrupted, "interrupted");
    }
    if (!cloned.succeeded()) {
        return fail(
            ErrorKind::network,
            "git could not get `" + address.tag + "` of " + address.url + ": " + printable(complaint_of(cloned)),
            "check the address and the tag; where it asks for a password, set up an ssh key or a credential "
            "helper first");
    }
    MLPATH_TRY(const auto head, ask({"rev-parse", "--verify", "HEAD"}, into));
    if (!head.succeeded()) {
        return fail(ErrorKind::network, "git could not tell the commit of " + address.url);
    }
    return std::string(trim(head.out.text()));
}

}  // namespace mlpath::app
