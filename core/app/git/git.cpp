#include "app/git/git.hpp"

#include <array>
#include <utility>

namespace mlpath::app {

std::optional<system::ProcessOutcome> Git::ask(Question question) const {
    const auto git = system::find_program("git", m_environment.get("PATH").value_or("/usr/bin:/bin"));
    if (!git) {
        return std::nullopt;
    }
    system::ProcessSpec spec{.argv = {git->string(), "--no-pager", "-c", "safe.directory=*", "-c",
                                      "core.fsmonitor=false", "-c", "core.hooksPath=/dev/null"},
                             .environment = {{"PATH", "/usr/bin:/bin"},
                                             {"LC_ALL", "C.UTF-8"},
                                             {"GIT_OPTIONAL_LOCKS", "0"},
                                             {"GIT_NO_LAZY_FETCH", "1"},
                                             {"GIT_NO_REPLACE_OBJECTS", "1"},
                                             {"GIT_ALLOW_PROTOCOL", "none"},
                                             {"GIT_TERMINAL_PROMPT", "0"}},
                             .folder = std::move(question.folder),
                             .wall_limit = std::chrono::seconds(30),
                             .output_kept = 64u << 20};
    switch (question.settings) {
        case Settings::none:
            spec.environment.emplace("GIT_CONFIG_NOSYSTEM", "1");
            spec.environment.emplace("GIT_CONFIG_GLOBAL", "/dev/null");
            break;
        case Settings::of_the_user:
            for (const auto* name : {"HOME", "XDG_CONFIG_HOME", "GIT_CONFIG_GLOBAL", "GIT_CONFIG_SYSTEM",
                                     "GIT_CONFIG_NOSYSTEM", "GIT_ATTR_NOSYSTEM"}) {
                if (auto value = m_environment.get(name)) {
                    spec.environment.emplace(name, std::move(*value));
                }
            }
            break;
    }
    for (auto& [name, value] : question.environment) {
        spec.environment.insert_or_assign(name, std::move(value));
    }
    spec.argv.insert(spec.argv.end(), question.words.begin(), question.words.end());
    auto outcome = m_processes.run(spec);
    if (!outcome || outcome->ending != system::Ending::exited || !outcome->out.complete()) {
        return std::nullopt;
    }
    return std::move(*outcome);
}

}  // namespace mlpath::app
