#include "run/slots.hpp"

namespace mlpath::run {

bool Slots::Slot::give_back() {
    auto* slots = std::exchange(m_slots, nullptr);
    return slots != nullptr && slots->leave(m_ticket);
}

void Slots::begin() {
    const auto begun = m_scheduler.begin();
    if (!begun.empty()) {
        m_begun.insert(begun.begin(), begun.end());
        m_changed.notify_all();
    }
}

bool Slots::leave(Scheduler::Ticket ticket) {
    const std::scoped_lock lock(m_mutex);
    const bool had_company = m_scheduler.leave(ticket);
    begin();
    return had_company;
}

std::optional<Slots::Slot> Slots::take(const Claim& claim, const std::stop_token& stop) {
    std::unique_lock lock(m_mutex);
    const auto ticket = m_scheduler.ask(claim);
    begin();
    const bool has_begun = m_changed.wait(lock, stop, [&] { return m_begun.contains(ticket); });
    m_begun.erase(ticket);
    if (has_begun) {
        return Slot(*this, ticket);
    }
    m_scheduler.leave(ticket);
    begin();
    return std::nullopt;
}

}  // namespace mlpath::run
