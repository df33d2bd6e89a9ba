#include "app/libraries/clone.hpp"

#include <array>

#include "base/text.hpp"

namespace mlpath::app {

namespace {

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

Result<std::string> clone(const workspace::Address& address, const fs::path& into,
                          const system::Environment& environment, system::Processes& processes,
                          const std::stop_token& stop) {
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
