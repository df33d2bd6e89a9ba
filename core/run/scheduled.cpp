#include "run/scheduled.hpp"

#include <algorithm>
#include <array>
#include <csignal>

#include "base/text.hpp"

namespace mlpath::run {

namespace {

// The last lines of what Python prints, and of what libraries print that could not start their threads.
constexpr std::array complaints{"MemoryError", "Cannot allocate memory", "Resource temporarily unavailable",
                                "can't start new thread", "Too many open files in system"};

// Not `missing`: what is not there will not be there later.
bool is_lack(ErrorKind kind) { return kind == ErrorKind::io || kind == ErrorKind::internal; }

Company company_of(const system::ProcessSpec& spec) {
    return spec.concurrency == system::Concurrency::exclusive ? Company::none : Company::any;
}

void tell_of_another_try(const Log& log, const system::ProcessSpec& spec) {
    log.warning("process tried again by itself", [&] {
        return LogFields{{"program", spec.argv.empty() ? "" : spec.argv.front()},
                         {"why", "it may have failed for lack of memory, processes or threads beside others"}};
    });
}

class ScheduledConversation final : public system::Conversation {
public:
    ScheduledConversation(std::unique_ptr<system::Conversation> inner, Slots::Slot slot)
        : m_slot(std::move(slot)), m_inner(std::move(inner)) {}

    [[nodiscard]] Status send_line(std::string_view line) override { return m_inner->send_line(line); }
    [[nodiscard]] Result<std::optional<std::string>> receive_line(std::chrono::milliseconds wait,
                                                                  std::size_t max_line) override {
        return m_inner->receive_line(wait, max_line);
    }
    [[nodiscard]] std::shared_ptr<const Descriptor> folder() const override { return m_inner->folder(); }
    [[nodiscard]] Descriptor connection() override { return m_inner->connection(); }
    [[nodiscard]] system::ProcessOutcome finish() override { return given_back(m_inner->finish()); }
    [[nodiscard]] system::ProcessOutcome end() override { return given_back(m_inner->end()); }

private:
    system::ProcessOutcome given_back(system::ProcessOutcome outcome) {
        outcome.concurrency = m_slot.give_back() ? system::Concurrency::shared : system::Concurrency::exclusive;
        return outcome;
    }

    Slots::Slot m_slot;  // before the program: given back when that has ended
    std::unique_ptr<system::Conversation> m_inner;
};

}  // namespace

std::uint64_t MemoryEstimates::of(const system::ProcessSpec& spec) const {
    const std::scoped_lock lock(m_mutex);
    const auto known = m_peaks.find(join(spec.argv, "\n"));
    return known == m_peaks.end() ? guess : known->second + known->second / 4;
}

void MemoryEstimates::note(const system::ProcessSpec& spec, std::uint64_t peak_bytes) {
    const std::scoped_lock lock(m_mutex);
    auto& peak = m_peaks[join(spec.argv, "\n")];
    peak = std::max(peak, peak_bytes);
}

bool lacked_resources(const Result<system::ProcessOutcome>& outcome) {
    if (!outcome) {
        return is_lack(outcome.error().kind);
    }
    if (outcome->ending == system::Ending::signalled) {
        return outcome->signal == SIGKILL;
    }
    if (outcome->ending != system::Ending::exited || outcome->exit_code == 0) {
        return false;
    }
    const auto said = outcome->err.text();
    return std::ranges::any_of(complaints, [&](const char* words) { return said.find(words) != std::string::npos; });
}

Result<system::ProcessOutcome> ScheduledProcesses::run(const system::ProcessSpec& spec, std::stop_token stop) {
    Claim claim{.memory_bytes = m_estimates.of(spec), .company = company_of(spec)};
    while (true) {
        auto slot = m_slots.take(claim, stop);
        if (!slot) {
            return system::ProcessOutcome{.ending = system::Ending::interrupted, .limit = spec.wall_limit};
        }
        auto outcome = m_inner.run(spec, stop);
        const bool had_company = slot->give_back();
        if (outcome) {
            m_estimates.note(spec, outcome->peak_memory_bytes);
        }
        if (!had_company || claim.company == Company::none || !lacked_resources(outcome)) {
            return outcome;
        }
        tell_of_another_try(m_log, spec);
        claim.company = Company::none;
    }
}

Result<std::unique_ptr<system::Conversation>> ScheduledProcesses::converse(const system::ProcessSpec& spec,
                                                                           std::stop_token stop) {
    Claim claim{.memory_bytes = m_estimates.of(spec), .company = company_of(spec)};
    while (true) {
        auto slot = m_slots.take(claim, stop);
        if (!slot) {
            return fail(ErrorKind::interrupted, "interrupted");
        }
        auto conversation = m_inner.converse(spec, stop);
        if (conversation) {
            return std::make_unique<ScheduledConversation>(std::move(*conversation), std::move(*slot));
        }
        if (!slot->give_back() || claim.company == Company::none || !is_lack(conversation.error().kind)) {
            return conversation;
        }
        tell_of_another_try(m_log, spec);
        claim.company = Company::none;
    }
}

}  // namespace mlpath::run
