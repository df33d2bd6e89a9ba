#include "app/done.hpp"

#include "library/library.hpp"

namespace mlpath::app {

namespace {

const library::Goal* find_goal(const std::vector<library::Stage>& stages, std::string_view id) {
    for (const auto& stage : stages) {
        for (const auto& goal : stage.goals) {
            if (goal.id == id) {
                return &goal;
            }
        }
        if (const auto* const inside = find_goal(stage.stages, id)) {
            return inside;
        }
    }
    return nullptr;
}

}  // namespace

Result<Done> done(const Context& context, const DoneRequest& request) {
    MLPATH_TRY(const auto here, find_here(context));
    if (!here.workspace) {
        return fail(no_workspace(context));
    }
    Done result{.id = request.id};
    const library::Goal* goal = nullptr;
    for (const auto& curriculum : context.index.curricula) {
        goal = goal == nullptr ? find_goal(curriculum.stages, request.id) : goal;
    }
    if (const auto* const topic = context.index.topics.find(request.id)) {
        result.title = topic->title;
    } else if (goal != nullptr) {
        result.title = goal->text;
        result.of = SaidOf::goal;
    } else if (context.index.projects.contains(request.id)) {
        return fail(ErrorKind::usage, "`" + request.id + "` is a project: its checks say when it is done",
                    "`mlpath check " + request.id + "` runs them");
    } else {
        return fail(library::no_such("topic", request.id, context.index.topics.ids()));
    }

    progress::Journal journal(here.workspace->folder);
    MLPATH_TRY(const auto history, journal.load());
    const auto& said = result.of == SaidOf::topic ? history.state.topics : history.state.goals;
    const auto known = said.find(request.id);
    result.already = (known != said.end()) == (request.say == Say::done);
    if (result.already) {
        return result;
    }
    progress::Event event;
    event.type = request.say == Say::done ? progress::EventType::said : progress::EventType::unsaid;
    event.at = known == said.end() ? TimePoint{} : known->second + std::chrono::microseconds(1);
    (result.of == SaidOf::topic ? event.topic : event.goal) = request.id;
    MLPATH_TRY(const auto written, journal.append({std::move(event)}, context.clock, context.random));
    (void)written;
    return result;
}

}  // namespace mlpath::app
