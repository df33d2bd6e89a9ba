// What the tests of progress, workspace and app share: clocks that stand still, small libraries, events in few words.
#pragma once

#include <sys/wait.h>
#include <unistd.h>

#include <string>
#include <utility>
#include <vector>

#include "library/index.hpp"
#include "progress/journal.hpp"

namespace mlpath::test {

inline TimePoint minute(int minutes) {
    return TimePoint(std::chrono::sys_days(std::chrono::year(2026) / 11 / 20)) + std::chrono::minutes(minutes);
}

class SetClock final : public system::Clock {
public:
    explicit SetClock(TimePoint at, std::chrono::minutes ahead = {}) : m_at(at), m_ahead(ahead) {}
    [[nodiscard]] TimePoint now() const override { return m_at; }
    [[nodiscard]] std::chrono::minutes ahead_of_utc(TimePoint /*time*/) const override { return m_ahead; }
    void set(TimePoint at) { m_at = at; }
    void set_zone(std::chrono::minutes ahead) { m_ahead = ahead; }

private:
    TimePoint m_at;
    std::chrono::minutes m_ahead;
};

class CountingRandom final : public system::Random {
public:
    explicit CountingRandom(std::uint64_t first = 1) : m_next(first) {}
    [[nodiscard]] std::uint64_t next() override { return m_next++; }

private:
    std::uint64_t m_next;
};

inline std::string id_of(unsigned number) {
    std::string digits = std::to_string(number);
    return std::string(32 - digits.size(), '0') + digits;
}

inline progress::Event started(std::string project, int version = 1) {
    return {.type = progress::EventType::started, .project = std::move(project), .version = version};
}
inline progress::Event checked(std::string project, std::string milestone, bool passed, int version = 1) {
    return {.type = progress::EventType::checked,
            .project = std::move(project),
            .milestone = std::move(milestone),
            .version = version,
            .passed = passed};
}
inline progress::Event hinted(std::string project, std::string milestone, int step) {
    return {.type = progress::EventType::hinted,
            .project = std::move(project),
            .milestone = std::move(milestone),
            .step = step};
}
inline progress::Event said(std::string topic) {
    return {.type = progress::EventType::said, .topic = std::move(topic)};
}
inline progress::Event unsaid(std::string topic) {
    return {.type = progress::EventType::unsaid, .topic = std::move(topic)};
}

// One minute after the other, with ids that count.
inline std::vector<progress::Event> dated(std::vector<progress::Event> events) {
    unsigned number = 0;
    for (auto& event : events) {
        event.at = minute(static_cast<int>(number));
        event.id = id_of(++number);
    }
    return events;
}

inline library::IndexProject project(std::string id, std::vector<std::string> milestones,
                                     std::vector<std::string> requires_projects = {}) {
    library::IndexProject made;
    made.id = id;
    made.title = "The " + id;
    made.requires_projects = std::move(requires_projects);
    for (auto& milestone : milestones) {
        made.milestones.push_back({milestone, "Title of " + milestone, "Goal of " + milestone, 1});
    }
    return made;
}
inline library::IndexProject planned(std::string id) {
    auto made = project(std::move(id), {});
    made.status = library::ProjectStatus::planned;
    return made;
}
inline library::IndexTopic topic(std::string id, std::vector<std::string> requires_topics = {}) {
    library::IndexTopic made;
    made.title = "Topic " + id;
    made.id = std::move(id);
    made.requires_topics = std::move(requires_topics);
    return made;
}

// Runs `body` in a forked child and says how it ended: its exit status, or minus the signal. No test framework inside.
template <typename Body>
int in_child(Body&& body) {
    const pid_t child = ::fork();
    if (child == 0) {
        ::_exit(body());
    }
    int status = 0;
    ::waitpid(child, &status, 0);
    return WIFEXITED(status) ? WEXITSTATUS(status) : -WTERMSIG(status);
}

// In a child that may not write what root may: as nobody, where we are root. The exit status of `body`.
template <typename Body>
int unprivileged(Body&& body) {
    return in_child([&] {
        constexpr uid_t nobody = 65534;
        if (::geteuid() == 0 && (::setgid(nobody) != 0 || ::setuid(nobody) != 0)) {
            return 99;
        }
        return body();
    });
}

}  // namespace mlpath::test
