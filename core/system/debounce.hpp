// When to act on events that come in bursts: once they have been quiet for a while, or after some time where they never
// are. A state machine that is told the time.
#pragma once

#include <chrono>
#include <optional>

namespace mlpath::system {

class Debounce {
public:
    using Moment = std::chrono::steady_clock::time_point;

    explicit Debounce(std::chrono::milliseconds quiet = std::chrono::milliseconds(50),
                      std::chrono::milliseconds at_most = std::chrono::milliseconds(500))
        : m_quiet(quiet), m_at_most(at_most) {}

    void heard(Moment now);
    // When to ask `take` again; nothing while nothing was heard.
    [[nodiscard]] std::optional<Moment> due() const { return m_due; }
    // Whether the time to act has come: true once for a burst.
    [[nodiscard]] bool take(Moment now);

private:
    std::chrono::milliseconds m_quiet;
    std::chrono::milliseconds m_at_most;
    std::optional<Moment> m_first{};
    std::optional<Moment> m_due{};
};

}  // namespace mlpath::system
