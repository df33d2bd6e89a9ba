// Each program that is started, told to a log: its arguments, its confinement, how it ended, its time and memory. Never
// what it was given to read or what it printed: that may be held out.
#pragma once

#include <memory>
#include <string_view>

#include "base/log.hpp"
#include "system/process.hpp"

namespace mlpath::run {

// `how`: "cold", or "warm" where a running interpreter was forked (run/warm.hpp).
void log_run(const Log& log, std::string_view how, const system::ProcessSpec& spec,
             const Result<system::ProcessOutcome>& outcome);
// The conversation itself where nobody hears; else one that tells when it begins and how it ended.
[[nodiscard]] Result<std::unique_ptr<system::Conversation>> log_conversation(
    const Log& log, std::string_view how, const system::ProcessSpec& spec,
    Result<std::unique_ptr<system::Conversation>> conversation);

// `inner` outlives it.
class LoggedProcesses final : public system::Processes {
public:
    LoggedProcesses(system::Processes& inner, Log log) : m_inner(inner), m_log(log) {}
    [[nodiscard]] Result<system::ProcessOutcome> run(const system::ProcessSpec& spec, std::stop_token stop) override;
    [[nodiscard]] Result<std::unique_ptr<system::Conversation>> converse(const system::ProcessSpec& spec,
                                                                         std::stop_token stop) override;

private:
    system::Processes& m_inner;
    Log m_log;
};

}  // namespace mlpath::run
