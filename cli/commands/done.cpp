#include "app/learn/done.hpp"

#include <memory>

#include "app/learn/goal.hpp"
#include "commands/all.hpp"
#include "commands/goal.hpp"

namespace mlpath::cli {

Action make_done(Options& options) {
    struct Input {
        std::string id{};
        bool undo = false;
    };
    auto input = std::make_shared<Input>();
    options.required("TOPIC", "a topic that you learned, or a goal that you reached", input->id, Values::learning);
    options.flag("--undo", "it is not done after all", input->undo);
    auto sandbox = std::make_shared<SandboxOption>();
    sandbox->declare(options);
    return [input, sandbox](Host& host) -> Result<Exit> {
        MLPATH_TRY(const auto context, host.context());
        const auto topic = context.index.renamed.now(library::IdKind::topic, input->id);
        if (!input->undo && !context.index.topics.contains(topic) && app::has_checks(context.index, input->id)) {
            return check_goal(host, context, input->id, sandbox->wish());
        }
        const auto say = input->undo ? app::Say::not_done : app::Say::done;
        MLPATH_TRY(const auto done, app::done(context, {input->id, say}));
        if (host.json()) {
            host.print(Json{{"id", done.id},
                            {"title", done.title},
                            {"of", done.of == app::SaidOf::topic ? "topic" : "goal"},
                            {"done", !input->undo},
                            {"already", done.already}});
            return Exit::done;
        }
        Page page(host.out_terminal());
        if (done.already) {
            page.line(done.title + (input->undo ? " was not marked as done." : " was marked as done before."));
        } else {
            page.line((input->undo ? "No longer marked as done: " : "Marked as done: ") + done.title);
            if (!input->undo) {
                page.line("Your word counts; it is shown as said, not as proved.");
            }
        }
        host.print(page);
        return Exit::done;
    };
}

}  // namespace mlpath::cli
