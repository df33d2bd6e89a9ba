// Steps that never end: each of the learner's programs is waited for once in an evaluation, on whatever data it runs.
// Inside of core/checks.
#pragma once

#include <map>
#include <mutex>
#include <optional>
#include <stop_token>
#include <string>
#include <string_view>

#include "checks/hangs.hpp"
#include "checks/verdict.hpp"
#include "library/project.hpp"
#include "run/step.hpp"

namespace mlpath::checks {

// Whether it was waited for and did not come to an end.
[[nodiscard]] inline bool ran_out_of_time(const system::ProcessOutcome& outcome) {
    return outcome.ending == system::Ending::timed_out || outcome.ending == system::Ending::out_of_cpu_time;
}

// Whether a run is watched, which must not be what kept it from its end: a watched run says nothing of the others.
enum class Watched { no, yes };

// Safe to use from several threads.
class StepHangs {
public:
    StepHangs(const library::Project& project, Hangs& hangs) : m_project(project), m_hangs(hangs) {}

    // What a run of the step would come to, where that is known without trying.
    struct Foreseen {
        std::optional<run::StepOutcome>
            outcome{};  // of the run that did not end; none: `spared` says why it is not tried
        std::optional<Finding> spared{};
    };
    [[nodiscard]] std::optional<Foreseen> of(std::string_view step, Watched watched) const;
    // Ends when the step is given up: what waits for its turn need not begin, and what runs beside need not end.
    [[nodiscard]] std::stop_source giving_up(std::string_view step, Watched watched);
    // A run that ran out of time. A Finding where it had but a short one, since it comes to what hung elsewhere.
    std::optional<Finding> note(std::string_view step, Watched watched, const run::StepOutcome& outcome);

private:
    [[nodiscard]] std::vector<const library::Step*> steps_of(std::string_view step) const;

    const library::Project& m_project;
    Hangs& m_hangs;
    mutable std::mutex m_mutex{};                           // guards what follows
    std::map<std::string, run::StepOutcome> m_outcomes{};   // by command
    std::map<std::string, run::StepOutcome> m_watched{};    // likewise of watched runs
    std::map<std::string, std::stop_source> m_giving_up{};  // by step
};

}  // namespace mlpath::checks
