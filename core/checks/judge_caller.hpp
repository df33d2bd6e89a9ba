// The process in which the learner's functions are called (caller.py): started at the first call, replaced when it
// breaks. What it answers is passed on unread. Inside of core/checks; others use judge.hpp.
#pragma once

#include <chrono>
#include <filesystem>
#include <memory>
#include <stop_token>
#include <string>
#include <string_view>

#include "base/error.hpp"
#include "run/step.hpp"
#include "system/process.hpp"

namespace mlpath::checks {

class Caller {
public:
    using Moment = std::chrono::steady_clock::time_point;

    Caller(std::filesystem::path harness, const run::StepRunner& runner, run::Workplace& place,
           system::Processes& processes, std::stop_token stop)
        : m_harness(std::move(harness)),
          m_runner(runner),
          m_place(place),
          m_processes(processes),
          m_stop(std::move(stop)) {}
    Caller(const Caller&) = delete;
    Caller& operator=(const Caller&) = delete;
    ~Caller() { m_place.show_to(nullptr); }

    // The caller's line, or one of ours where it gave none: "timeout", "crashed", "too_large", "unavailable". Only a
    // stop is an Error.
    [[nodiscard]] Result<std::string> ask(std::string_view request, Moment deadline);

private:
    [[nodiscard]] Status start(Moment deadline);
    // Ends the process; what it printed last, and how it ended, go into the answer.
    [[nodiscard]] std::string give_up(std::string_view problem);

    std::filesystem::path m_harness;
    const run::StepRunner& m_runner;
    run::Workplace& m_place;
    system::Processes& m_processes;
    std::stop_token m_stop;
    std::unique_ptr<system::Conversation> m_conversation{};
};

// {"ok":false,"problem":…,"message":…,"output":…}
[[nodiscard]] std::string refusal(std::string_view problem, std::string_view message, std::string_view output = {});

}  // namespace mlpath::checks
