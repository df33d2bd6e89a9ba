#include "checks/step_hangs.hpp"

#include <algorithm>

#include "checks/kind.hpp"
#include "checks/subject.hpp"
#include "library/brief_words.hpp"

namespace mlpath::checks {

namespace {

void add_steps(const library::Project& project, std::string_view id, std::vector<const library::Step*>& steps,
               std::size_t depth = 0) {
    const auto step = std::ranges::find(project.steps, id, &library::Step::id);
    if (step == project.steps.end() || depth > project.steps.size()) {
        return;
    }
    for (const auto& need : step->needs) {
        add_steps(project, need, steps, depth + 1);
    }
    steps.push_back(&*step);
}

std::string hang_key(std::string_view step, Watched watched) {
    return (watched == Watched::yes ? "watched " : "") + std::string(step);
}

}  // namespace

// With all that it needs, what is needed first.
std::vector<const library::Step*> StepHangs::steps_of(std::string_view step) const {
    std::vector<const library::Step*> steps;
    add_steps(m_project, step, steps);
    return steps;
}

std::optional<StepHangs::Foreseen> StepHangs::of(std::string_view step, Watched watched) const {
    const auto steps = steps_of(step);
    {
        const std::scoped_lock lock(m_mutex);
        for (const auto* each : steps) {
            const auto command = library::as_typed(each->run);
            if (const auto plain = m_outcomes.find(command); plain != m_outcomes.end()) {
                return Foreseen{.outcome = plain->second};
            }
            const auto seen = m_watched.find(command);
            if (watched == Watched::yes && seen != m_watched.end()) {
                return Foreseen{.outcome = seen->second};
            }
        }
    }
    for (const auto* each : steps) {
        if (const auto met = m_hangs.of(program_of(each->run))) {
            return Foreseen{.spared = not_tried_again(*met)};
        }
    }
    return std::nullopt;
}

std::stop_source StepHangs::giving_up(std::string_view step, Watched watched) {
    const std::scoped_lock lock(m_mutex);
    return m_giving_up[hang_key(step, watched)];
}

std::optional<Finding> StepHangs::note(std::string_view step, Watched watched, const run::StepOutcome& outcome) {
    const auto ended = std::ranges::find(m_project.steps, outcome.step, &library::Step::id);
    if (ended == m_project.steps.end()) {
        return std::nullopt;
    }
    const auto program = program_of(ended->run);
    if (const auto doubt = m_hangs.doubt(program)) {
        m_hangs.note_again(program, *doubt);
        giving_up(step, watched).request_stop();
        return not_waited_for_again(*doubt);
    }
    {
        const std::scoped_lock lock(m_mutex);
        (watched == Watched::yes ? m_watched : m_outcomes).emplace(library::as_typed(ended->run), outcome);
    }
    if (watched == Watched::no) {
        m_hangs.note(program, "step `" + outcome.step + "`");
    }
    giving_up(step, watched).request_stop();
    return std::nullopt;
}

}  // namespace mlpath::checks
