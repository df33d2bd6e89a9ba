#include "render/check_display.hpp"

#include "render/findings.hpp"

namespace mlpath::cli {

void CheckDisplay::milestone_begins(const library::Milestone& milestone, std::size_t number, std::size_t of) {
    m_fetches.clear();
    m_goal = milestone.goal;
    m_where = (of == 1 ? std::string() : std::to_string(number) + " of " + std::to_string(of) + ": ") + milestone.title;
    m_line.draw("checking " + m_where, LiveLine::Pace::now);
}

void CheckDisplay::check_begins(const library::Check& check) {
    m_line.draw("checking " + m_where + " - " + (check.says.empty() ? check.id : check.says), LiveLine::Pace::now);
}

void CheckDisplay::milestone_ended(const checks::MilestoneResult& result) {
    m_line.clear();
    Page page(m_host.out_terminal());
    write_milestone(page, result, m_goal);
    m_host.print(page);
    m_host.out().flush();
    ++m_shown;
}

}  // namespace mlpath::cli
