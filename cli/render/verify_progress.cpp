#include "render/verify_progress.hpp"

#include <utility>

#include "base/time.hpp"
#include "report/words.hpp"

namespace mlpath::cli {

void VerifyProgress::begins(std::size_t number, std::size_t of, std::string name) {
    m_of = of;
    m_at_work[number] = {.name = std::move(name)};
    m_latest = number;
}

void VerifyProgress::milestone(std::size_t number, std::string title) {
    m_at_work[number].milestone = std::move(title);
    m_latest = number;
}

void VerifyProgress::ended(std::size_t number, checks::Verdict verdict) {
    ++m_done;
    m_ended = m_at_work[number].name + " " + std::string(report::verb(verdict));
    m_at_work.erase(number);
}

std::string VerifyProgress::in_words(const AtWork& project) {
    return project.name + (project.milestone.empty() ? "" : ": " + project.milestone);
}

std::string VerifyProgress::done_of_all() const {
    return std::to_string(m_done) + " of " + std::to_string(m_of) + " done";
}

std::string VerifyProgress::since_begun(Moment now) const {
    return human_duration(std::chrono::duration_cast<std::chrono::seconds>(now - m_begun));
}

std::string VerifyProgress::live() const {
    const auto latest = m_at_work.find(m_latest);
    const auto& shown = latest == m_at_work.end() ? m_at_work.begin() : latest;
    return "verifying" + (shown == m_at_work.end() ? "" : " " + in_words(shown->second)) + " (" + done_of_all() + ")";
}

std::optional<std::string> VerifyProgress::due(Moment now) {
    using namespace std::chrono_literals;
    const auto interval = now - m_begun < 1min ? 10s : 30s;
    if (m_at_work.empty() || now - m_told < interval) {
        return std::nullopt;
    }
    m_told = now;
    m_any = true;
    const auto ended = std::exchange(m_ended, {});
    return done_of_all() + (ended.empty() ? ", at work on " + in_words(m_at_work.begin()->second) : ": " + ended) +
           "; " + since_begun(now) + " so far";
}

std::optional<std::string> VerifyProgress::last(Moment now) const {
    if (!m_any || m_of == 0) {
        return std::nullopt;
    }
    return done_of_all() + " in " + since_begun(now);
}

}  // namespace mlpath::cli
