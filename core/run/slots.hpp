// Threads that wait until the scheduler lets them run something.
#pragma once

#include <condition_variable>
#include <mutex>
#include <optional>
#include <set>
#include <stop_token>
#include <utility>

#include "run/scheduler.hpp"

namespace mlpath::run {

// Shared by all threads of a run; outlives every Slot.
class Slots {
public:
    explicit Slots(Budget budget) : m_scheduler(budget) {}

    // The right to run what was claimed, given back on destruction. Whoever holds one does not wait for another:
    // two that did could wait for one another.
    class Slot {
    public:
        Slot(Slot&& other) noexcept : m_slots(std::exchange(other.m_slots, nullptr)), m_ticket(other.m_ticket) {}
        Slot& operator=(Slot&&) = delete;
        Slot(const Slot&) = delete;
        Slot& operator=(const Slot&) = delete;
        ~Slot() { give_back(); }
        // Whether something else ran meanwhile, at any time.
        bool give_back();

    private:
        friend class Slots;
        Slot(Slots& slots, Scheduler::Ticket ticket) : m_slots(&slots), m_ticket(ticket) {}
        Slots* m_slots;
        Scheduler::Ticket m_ticket;
    };

    // Waits for its turn. nullopt: a stop was requested before it came.
    [[nodiscard]] std::optional<Slot> take(const Claim& claim, const std::stop_token& stop);

    [[nodiscard]] const Budget& budget() const { return m_scheduler.budget(); }

private:
    bool leave(Scheduler::Ticket ticket);
    void begin();

    std::mutex m_mutex;
    std::condition_variable_any m_changed;
    Scheduler m_scheduler;
    std::set<Scheduler::Ticket> m_begun{};  // and their threads have not seen it yet
};

}  // namespace mlpath::run
