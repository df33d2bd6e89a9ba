#include "app/learn/done.hpp"

#include <algorithm>

#include "app/learn/goal.hpp"
#include "library/library.hpp"

namespace mlpath::app {

Result<Done> done(const Context& context, const DoneRequest& request) {
    MLPATH_TRY(const auto here, in_workspace(context));
    const auto& renamed = context.index.renamed;
    Done result;
    const auto* const goal = find_goal(context.index, request.id).goal;
    if (const auto* const topic = context.index.topics.find(renamed.now(library::IdKind::topic, request.id))) {
        result.id = topic->id;
        result.title = topic->title;
    } else if (goal != nullptr && !goal->checks.empty() && request.say == Say::done) {
        return fail(ErrorKind::usage, "`" + goal->id + "` has checks: they say when it is reached",
                    "`mlpath check " + goal->id + "` runs them");
    } else if (goal != nullptr) {
        result.id = goal->id;
        result.title = goal->text;
        result.of = SaidOf::goal;
    } else if (const auto* const project =
                   context.index.projects.find(renamed.now(library::IdKind::project, request.id))) {
        return fail(ErrorKind::usage, "`" + project->id + "` is a project: its checks say when it is done",
                    "`mlpath check " + project->id + "` runs them");
    } else {
        return fail(library::no_such("topic", request.id, context.index.topics.ids()));
    }

    progress::Journal journal(here.workspace->folder);
    MLPATH_TRY(const auto history, journal.load(context.index.renamed));
    const auto& said = result.of == SaidOf::topic ? history.state.topics : history.state.goals;
    const auto& proved = result.of == SaidOf::topic ? history.state.quizzes : history.state.proved_goals;
    const auto known = said.find(result.id);
    const auto shown = proved.find(result.id);
    // What was proved is taken back together with what was said.
    result.already = request.say == Say::done ? known != said.end() : known == said.end() && shown == proved.end();
    if (result.already) {
        return result;
    }
    progress::Event event;
    event.type = request.say == Say::done ? progress::EventType::said : progress::EventType::unsaid;
    event.order = std::max(known == said.end() ? TimePoint{} : known->second.next(),
                           shown == proved.end() ? TimePoint{} : shown->second.next());
    (result.of == SaidOf::topic ? event.topic : event.goal) = result.id;
    MLPATH_TRY(const auto written, journal.append({std::move(event)}, context.clock, context.random));
    (void)written;
    return result;
}

}  // namespace mlpath::app
