#include "app/project/hint.hpp"

#include <algorithm>

#include "app/project/milestone.hpp"

namespace mlpath::app {

namespace {

constexpr std::size_t most_steps = 3;  // what the journal can say

// Null where all pass.
Result<const library::Milestone*> choose(const library::Project& project, const progress::State& state,
                                         const std::string& named) {
    if (!named.empty()) {
        MLPATH_TRY(const auto index, find_milestone(project, named));
        return &project.milestones[index];
    }
    const auto open = std::ranges::find_if(
        project.milestones, [&](const auto& milestone) { return !state.passes(project.id, milestone.id); });
    return open == project.milestones.end() ? nullptr : &*open;
}

}  // namespace

Result<Hint> hint(const Context& context, const HintRequest& request) {
    MLPATH_TRY(const auto place, find_project(context, request.project));
    MLPATH_TRY(const auto project, load_ready_project(context, place.project));
    MLPATH_TRY(auto history, progress::Journal(place.home, context.log).load(context.index.renamed));
    MLPATH_TRY(const auto* const milestone, choose(project, history.state, request.milestone));

    Hint result{.project = project.id};
    result.notes = std::move(history.notes);
    if (milestone == nullptr) {
        result.finished = true;
        return result;
    }
    const auto count = static_cast<int>(std::min(milestone->hints.size(), most_steps));
    if (count == 0) {
        return fail(ErrorKind::not_found, "the milestone `" + milestone->id + "` has no hints",
                    "`" + show_command(project.id, static_cast<std::size_t>(milestone - project.milestones.data())) +
                        "` tells what is checked");
    }
    const auto* const known = history.state.project(project.id);
    const auto* const taken = known == nullptr ? nullptr : known->milestone(milestone->id);
    const int position = taken == nullptr || request.from == HintFrom::start ? 0 : taken->hint_position;
    result.milestone = milestone->id;
    result.milestone_title = milestone->title;
    result.of = count;
    result.repeated = position >= count;
    result.step = std::min(position + 1, count);
    result.text = milestone->hints[static_cast<std::size_t>(result.step - 1)];
    result.last = result.step == count;
    result.solution_open = result.last || (taken != nullptr && taken->hints >= count);
    if (!result.repeated) {
        result.recorded = record(context, place.home,
                                 {{.order = history.state.after(project.id),
                                   .type = progress::EventType::hinted,
                                   .project = project.id,
                                   .milestone = milestone->id,
                                   .step = result.step}});
    }
    return result;
}

}  // namespace mlpath::app
