// Questions to git, answered without anything of the repository being executed: no hook, filter, monitor or transport.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "base/files.hpp"
#include "system/environment.hpp"
#include "system/process.hpp"

namespace mlpath::app {

class Git {
public:
    Git(const system::Environment& environment, system::Processes& processes)
        : m_environment(environment), m_processes(processes) {}

    // Whose settings decide, beside those of the repository: nobody's, or those of the user and of the machine.
    enum class Settings { none, of_the_user };
    struct Question {
        fs::path folder{};
        std::vector<std::string> words{};
        Settings settings = Settings::none;
        std::map<std::string, std::string> environment{};  // set over the defined one
    };
    // nullopt where there is no git, or it did not come to an end.
    [[nodiscard]] std::optional<system::ProcessOutcome> ask(Question question) const;

private:
    const system::Environment& m_environment;
    system::Processes& m_processes;
};

}  // namespace mlpath::app
