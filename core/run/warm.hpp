// Running many Python steps without starting Python for each: forks of an interpreter that has imported the heavy
// packages already. For programs of our own (`selftest` over many draws); a learner's code is never run this way, since
// nothing keeps a fork from the others yet.
#pragma once

#include <filesystem>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "base/files.hpp"
#include "system/process.hpp"

namespace mlpath::run {

struct WarmUp {
    std::filesystem::path python{};
    std::filesystem::path harness{};     // holds warm.py
    std::vector<std::string> imports{};  // modules to import beforehand; those that are not there are left out
};

// Runs `python SCRIPT.py …` warm, and everything else, or what cannot be served warm, by `cold`. As many interpreters
// are kept as steps run at once.
class WarmProcesses final : public system::Processes {
public:
    WarmProcesses(system::Processes& cold, WarmUp warm_up) : m_cold(cold), m_warm_up(std::move(warm_up)) {}
    [[nodiscard]] Result<system::ProcessOutcome> run(const system::ProcessSpec& spec,
                                                     std::stop_token stop = {}) override;
    [[nodiscard]] Result<std::unique_ptr<system::Conversation>> converse(const system::ProcessSpec& spec,
                                                                         std::stop_token stop = {}) override;

private:
    struct Interpreter {
        std::unique_ptr<system::Conversation> talk;
        TemporaryFolder outputs;
    };
    Result<std::unique_ptr<Interpreter>> lease(const system::ProcessSpec& spec);

    system::Processes& m_cold;
    WarmUp m_warm_up;
    std::mutex m_mutex;  // guards m_idle
    std::vector<std::unique_ptr<Interpreter>> m_idle;
};

}  // namespace mlpath::run
