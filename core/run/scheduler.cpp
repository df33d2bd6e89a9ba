#include "run/scheduler.hpp"

namespace mlpath::run {

Scheduler::Ticket Scheduler::ask(const Claim& claim) {
    m_waiting.push_back({m_next, claim});
    return m_next++;
}

bool Scheduler::has_room(const Claim& claim) const {
    if (m_running.empty()) {
        return true;
    }
    if (claim.company == Company::none || m_running.size() >= m_budget.jobs) {
        return false;
    }
    auto left = m_budget.memory_bytes;
    for (const auto& [ticket, job] : m_running) {
        if (job.claim.company == Company::none) {
            return false;
        }
        if (job.claim.memory_bytes > left) {
            return false;  // what is larger than everything shares with nobody, however small
        }
        left -= job.claim.memory_bytes;
    }
    return claim.memory_bytes <= left;
}

std::vector<Scheduler::Ticket> Scheduler::begin() {
    std::vector<Ticket> begun;
    while (!m_waiting.empty() && has_room(m_waiting.front().claim)) {
        const auto [ticket, claim] = m_waiting.front();
        m_waiting.pop_front();
        m_running.emplace(ticket, Running{claim});
        if (m_running.size() > 1) {
            for (auto& [other, job] : m_running) {
                job.had_company = true;
            }
        }
        begun.push_back(ticket);
    }
    return begun;
}

bool Scheduler::leave(Ticket ticket) {
    if (const auto job = m_running.find(ticket); job != m_running.end()) {
        const bool had_company = job->second.had_company;
        m_running.erase(job);
        return had_company;
    }
    std::erase_if(m_waiting, [ticket](const Waiting& one) { return one.ticket == ticket; });
    return false;
}

}  // namespace mlpath::run
