// Who may run now, of all that want to: a state machine without threads, clocks or processes, so that it can be tried
// with thousands of made-up ones. run/slots.hpp makes threads wait by it.
#pragma once

#include <cstddef>
#include <cstdint>
#include <deque>
#include <map>
#include <vector>

namespace mlpath::run {

// What may be used of the machine at a time.
struct Budget {
    unsigned jobs = 1;
    std::uint64_t memory_bytes = UINT64_MAX;
};

enum class Company : std::uint8_t { any, none };  // none: nothing else runs meanwhile

// What one job is expected to use.
struct Claim {
    std::uint64_t memory_bytes = 0;
    Company company = Company::any;
};

// First come, first served, strictly: a large job waits until there is room, and those behind it wait too, so that none
// waits forever. One that is larger than the whole budget runs when nothing else does.
class Scheduler {
public:
    using Ticket = std::uint64_t;

    explicit Scheduler(Budget budget) : m_budget(budget) {}

    [[nodiscard]] Ticket ask(const Claim& claim);
    // Those that begin now, in the order in which they asked; each is told once.
    [[nodiscard]] std::vector<Ticket> begin();
    // One that ran is over, or one that waits wants no more. Whether another job ran beside it at any time.
    bool leave(Ticket ticket);

    [[nodiscard]] std::size_t running() const { return m_running.size(); }
    [[nodiscard]] std::size_t waiting() const { return m_waiting.size(); }
    [[nodiscard]] const Budget& budget() const { return m_budget; }

private:
    struct Waiting {
        Ticket ticket = 0;
        Claim claim{};
    };
    struct Running {
        Claim claim{};
        bool had_company = false;
    };
    [[nodiscard]] bool has_room(const Claim& claim) const;

    Budget m_budget;
    Ticket m_next = 1;
    std::deque<Waiting> m_waiting{};
    std::map<Ticket, Running> m_running{};
};

}  // namespace mlpath::run
