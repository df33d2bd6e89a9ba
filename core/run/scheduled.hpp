// Programs that wait for their turn: no more at a time than the budget allows, and those that failed because the
// machine was too full once more by themselves.
#pragma once

#include <cstdint>
#include <map>
#include <mutex>
#include <string>

#include "base/log.hpp"
#include "run/slots.hpp"
#include "system/process.hpp"

namespace mlpath::run {

// What programs took when they ran before in this run of mlpath; the first time there is only a guess. Safe to use from
// several threads.
class MemoryEstimates {
public:
    static constexpr std::uint64_t guess = std::uint64_t{512} << 20;  // pandas and scikit-learn with a small model
    // With a quarter in reserve.
    [[nodiscard]] std::uint64_t of(const system::ProcessSpec& spec) const;
    void note(const system::ProcessSpec& spec, std::uint64_t peak_bytes);

private:
    mutable std::mutex m_mutex{};
    std::map<std::string, std::uint64_t> m_peaks{};
};

// What all programs of a run share.
struct Schedule {
    explicit Schedule(Budget budget, unsigned threads_each = 1) : slots(budget), threads(threads_each) {}
    Slots slots;
    unsigned threads;  // that numeric libraries may start in each program
    MemoryEstimates estimates{};
    Log log{};  // hears of programs that are run once more
};

// All outlives this.
class ScheduledProcesses final : public system::Processes {
public:
    ScheduledProcesses(system::Processes& inner, Schedule& schedule)
        : m_inner(inner), m_slots(schedule.slots), m_estimates(schedule.estimates), m_log(schedule.log) {}

    // A stop before its turn ends it as interrupted. The time limit counts from when it begins.
    [[nodiscard]] Result<system::ProcessOutcome> run(const system::ProcessSpec& spec, std::stop_token stop) override;
    // Its slot is held until `finish`, or until it is destroyed. Whether to try it once more by itself where it lacked
    // something is for whoever knows what was said.
    [[nodiscard]] Result<std::unique_ptr<system::Conversation>> converse(const system::ProcessSpec& spec,
                                                                         std::stop_token stop) override;

private:
    system::Processes& m_inner;
    Slots& m_slots;
    MemoryEstimates& m_estimates;
    Log m_log;
};

// Whether a program that did not run alone may have failed for that: it could not be started, the system killed it (as
// it does when memory runs out), or it said that it got no memory, process or thread.
[[nodiscard]] bool lacked_resources(const Result<system::ProcessOutcome>& outcome);

}  // namespace mlpath::run
