#include "app/learn/next.hpp"

#include "app/learn/goal.hpp"

namespace mlpath::app {

std::string command_for(const Context& context, const fs::path& workspace, const progress::NextThing& thing) {
    if (thing.kind == progress::NextKind::finished) {
        return {};
    }
    if (thing.kind == progress::NextKind::review) {
        return "mlpath review";
    }
    if (thing.kind == progress::NextKind::topic && context.index.quizzes.contains(thing.topic)) {
        return "mlpath quiz " + thing.topic;
    }
    if (thing.kind == progress::NextKind::goal && has_checks(context.index, thing.goal)) {
        return "mlpath check " + thing.goal;
    }
    if (thing.project.empty()) {
        return "mlpath done " + (thing.topic.empty() ? thing.goal : thing.topic);
    }
    // What the journal says and what lies in the folders may differ (a clone, a folder that was deleted): the folders
    // decide which command works.
    const auto folder = workspace::locate_project(workspace, thing.project, context.index.renamed);
    return folder ? command_in(context.folder, *folder, "mlpath check") : "mlpath new " + thing.project;
}

Result<Next> next(const Context& context) {
    MLPATH_TRY(const auto here, in_workspace(context));
    MLPATH_CHECK(must_follow_something(context, here));
    MLPATH_TRY(auto history, progress::Journal(here.workspace->folder, context.log).load(context.index.renamed));
    Next view;
    const auto followed = followed_by(context, here);
    view.advice = progress::next(followed, history.state);
    if (view.advice.next.kind == progress::NextKind::finished) {
        view.achieved = achieved(context, progress::overview(followed, history.state), history.state);
    }
    view.workspace = here.workspace->folder;
    view.command = command_for(context, view.workspace, view.advice.next);
    view.notes = std::move(history.notes);
    if (!here.workspace->note.empty()) {
        view.advice.notes.push_back(here.workspace->note);
    }
    return view;
}

Result<Frontier> frontier(const Context& context) {
    MLPATH_TRY(const auto here, in_workspace(context));
    MLPATH_CHECK(must_follow_something(context, here));
    MLPATH_TRY(auto history, progress::Journal(here.workspace->folder, context.log).load(context.index.renamed));
    Frontier view{.notes = std::move(history.notes)};
    const auto followed = followed_by(context, here);
    auto things = progress::frontier(followed, history.state);
    if (things.empty()) {
        view.achieved = achieved(context, progress::overview(followed, history.state), history.state);
    }
    for (auto& thing : things) {
        auto command = command_for(context, here.workspace->folder, thing);
        view.things.push_back({std::move(thing), std::move(command)});
    }
    return view;
}

}  // namespace mlpath::app
