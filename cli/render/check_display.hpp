// Says what is being judged while it is, and each milestone's result as soon as it is known.
#pragma once

#include <cstddef>
#include <string>

#include "checks/engine.hpp"
#include "host.hpp"
#include "render/fetch_display.hpp"
#include "render/live.hpp"

namespace mlpath::cli {

class CheckDisplay final : public checks::Observer {
public:
    CheckDisplay(Host& host, FetchDisplay& fetches)
        : m_host(host), m_fetches(fetches), m_line(host.err(), host.err_terminal(), !host.json()) {}

    void milestone_begins(const library::Milestone& milestone, std::size_t number, std::size_t of) override;
    void check_begins(const library::Check& check) override;
    void milestone_ended(const checks::MilestoneResult& result) override;
    [[nodiscard]] std::size_t shown() const { return m_shown; }
    void clear() { m_line.clear(); }

private:
    Host& m_host;
    FetchDisplay& m_fetches;
    LiveLine m_line;
    std::string m_where{};
    std::string m_goal{};  // of the milestone that began
    std::size_t m_shown = 0;
};

}  // namespace mlpath::cli
